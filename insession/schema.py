"""What pydantic finds wrong with a file, told in plain words.

Two files have a schema: content/practice.toml and the header of each article and page. Both
are checked by pydantic models that derive from `Strict`; `explain` turns what pydantic raises
into what and how.
"""

import difflib
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

Location = tuple[int | str, ...]


class Strict(BaseModel):
    """A model that refuses unknown keys and trims white space; read, never changed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


def example_of(model: type[BaseModel], location: Location) -> str:
    """Return the example that the field at `location` carries, written as in the file."""
    field = _field(model, location)
    examples = (field.examples if field else None) or [""]
    return str(examples[0])


def explain(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Location, str, str]]:
    """Yield, for each thing wrong: where (pydantic's location), what is wrong, how to write it.

    Validators that raise ValueError give both halves themselves, divided by " | ".
    """
    for detail in error.errors(include_url=False):
        location = detail["loc"]
        what, how = _words(detail, model)
        yield location, what, how


def _words(detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    location, kind, value = detail["loc"], detail["type"], detail["input"]
    key = str(next((part for part in reversed(location) if isinstance(part, str)), ""))
    example = example_of(model, location)
    write = f"Write: {example}" if example else f"Give {key} a value."
    if kind == "missing":
        return f"{key} is missing.", f"Add it. {write}"
    if kind == "extra_forbidden":
        known = _keys(model, location[:-1])
        near = difflib.get_close_matches(key, known, n=1)
        meant = f"Did you mean {near[0]}? " if near else ""
        return f"“{key}” is not a key I know.", f"{meant}The keys are: {', '.join(known)}."
    if kind == "literal_error":
        known = detail["ctx"]["expected"].replace("'", "")
        near = difflib.get_close_matches(str(value), known.replace(" or ", ", ").split(", "), n=1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        return f"{key}: “{_short(value)}” is not a word I know here.", f"Write {known}{meant}."
    if kind == "value_error":
        what, _, how = str(detail["ctx"]["error"]).partition(" | ")
        return f"{key}: {what}" if key else what, how or write
    if kind == "string_too_short":
        return f"{key} is empty.", write
    if kind in {"list_type", "tuple_type"}:
        return f"{key} must be a list, but “{_short(value)}” stands there.", write
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return f"{key} must have keys of its own, but “{_short(value)}” stands there.", write
    if kind in {"string_type", "bool_type", "bool_parsing", "int_type", "int_parsing"}:
        wanted = {"s": "text", "b": "true or false", "i": "a whole number"}[kind[0]]
        return f"{key} must be {wanted}, but “{_short(value)}” stands there.", write
    return f"{key}: {detail['msg']}.", write


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _field(model: type[BaseModel], location: Location) -> Any:
    """Walk down `location` to the field's FieldInfo (None for an unknown key)."""
    field = None
    for part in location:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        if field is None:
            return None
        model = _model_in(field.annotation) or model
    return field


def _keys(model: type[BaseModel], location: Location) -> list[str]:
    field = _field(model, location)
    return list((_model_in(field.annotation) if field else model).model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as `Offer | None` or `list[Line]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in get_args(annotation) if (m := _model_in(part))), None)
