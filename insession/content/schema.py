"""What pydantic finds wrong with a file, told in plain words.

Two files have a schema: content/practice.toml and the header of each article and page. Both
are checked by pydantic models that derive from `Strict`; `explain` turns what pydantic raises
into what and how.
"""

import difflib
from collections.abc import Iterator
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails

from insession.common.invisible import HOW, INVISIBLE, describe

Location = tuple[int | str, ...]
KEY = "[key]"  # pydantic's word for the key itself, where it is the key that is wrong


class Strict(BaseModel):
    """A model that refuses unknown keys and trims white space; read, never changed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    # Keys that people write for one of ours, and what to write instead.
    other_words: ClassVar[dict[str, str]] = {}

    @field_validator("*", mode="before")
    @classmethod
    def _visible(cls, value: Any, info: ValidationInfo) -> Any:
        r"""Refuse what nobody sees, which can be written in quotes, too: "\x0b"."""
        texts = value if isinstance(value, list) else [value]
        if isinstance(value, dict) and not _model_in(
            cls.model_fields[str(info.field_name)].annotation
        ):
            texts = [*value.values()]  # a section's own fields say on which line it is
        for text in texts:
            if isinstance(text, str) and (found := INVISIBLE.search(text)):
                raise ValueError(f"{describe(found[0], text[: found.start()])} | {HOW}")
        return value


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
    parts = [part for part in location if isinstance(part, str) and part != KEY]
    key = parts[-1] if parts else ""
    example = example_of(model, location)
    write = f"Write: {example}" if example else f"Give {key} a value."
    if kind == "missing":
        return _missing(key, location, model, write)
    if kind == "extra_forbidden":
        return _unknown(key, location, model, value)
    empty = value in ([], None) or not str(value).strip()
    if empty and kind != "literal_error":
        return f"{key} is empty.", write
    if kind == "literal_error":
        known = detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        near = difflib.get_close_matches(str(value), known, n=1)
        meant = f" (did you mean {near[0]}?)" if near and len(known) > 1 else ""
        what = f"{key}: “{_short(value)}” is not a word I know here."
        what = f"{key} is empty." if empty else what
        return what, f"Write {_listed(known, 'or')}{meant}."
    if kind == "value_error":
        what, _, how = str(detail["ctx"]["error"]).partition(" | ")
        return f"{key}: {what}" if key and KEY not in location else what, how or write
    if kind in {"list_type", "tuple_type"}:
        return f"{key} must be a list, but “{_short(value)}” stands there.", write
    if kind in {"string_type", "bool_type", "bool_parsing", "int_type", "int_parsing"}:
        wanted = {"s": "text", "b": "true or false", "i": "a whole number"}[kind[0]]
        return f"{key} must be {wanted}, but “{_short(value)}” stands there.", write
    return f"{key} isn't written right: “{_short(value)}” stands there.", write


def _missing(key: str, location: Location, model: type[BaseModel], write: str) -> tuple[str, str]:
    field = _field(model, location)
    section = _model_in(field.annotation) if field else None
    if section:
        first = example_of(section, (next(iter(section.model_fields)),))
        return f"the section [{key}] is missing.", f"Add a line [{key}], and below it: {first}"
    if any(isinstance(part, int) for part in location):
        return f"{key} is missing from one of the {location[0]}.", f"Add it. {write}"
    return f"{key} is missing.", f"Add it. {write}"


def _unknown(key: str, location: Location, model: type[BaseModel], value: Any) -> tuple[str, str]:
    known = _keys(model, location[:-1])
    near = difflib.get_close_matches(key, known, n=1)
    other = model.other_words.get(key, "") if issubclass(model, Strict) else ""
    if (
        all(_model_in(field.annotation) for field in model.model_fields.values())
        and not location[1:]
    ):
        what, all_known = f"[{key}] is not a section I know.", [f"[{name}]" for name in known]
        meant = f"Did you mean [{near[0]}]? " if near else ""
        return what, f"{meant}The sections are {_listed(all_known)}."
    meant = f"Did you mean {near[0]}? " if near else ""
    meant = f"Write {other}. " if other else meant
    return f"“{key}” is not a key I know.", f"{meant}The keys are {_listed(known)}."


def _listed(words: list[str], last: str = "and") -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def _short(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _field(model: type[BaseModel], location: Location) -> Any:
    """Walk down `location` to the field's FieldInfo (None for an unknown key)."""
    field = None
    for part in location:
        if isinstance(part, int):
            continue
        if field is not None and not _model_in(field.annotation):
            return field  # the value belongs to a key of her own
        field = model.model_fields.get(part)
        if field is None:
            return None
        model = _model_in(field.annotation) or model
    return field


def _keys(model: type[BaseModel], location: Location) -> list[str]:
    field = _field(model, location)
    inner = _model_in(field.annotation) if field else model
    return list(inner.model_fields) if inner else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as `Offer | None` or `list[Line]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in get_args(annotation) if (m := _model_in(part))), None)
