"""Words that are explained: content/glossary.toml, a section for each.

["transference"]
meaning = "Old feelings that find a new person: what one has learned to expect of others."
forms = ["transferential"]
source = { title = "APA Dictionary of Psychology, transference", url = "https://…" }
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.utils import slugify
from pydantic import Field, ValidationError

from insession.common.problems import Problem, Problems
from insession.content.field_types import Text
from insession.content.front_matter import Source
from insession.content.schema import Strict, explain
from insession.content.text_file import read_text
from insession.content.toml_file import key_line, parse_toml

FILE = "glossary.toml"
HOW = (
    'Each word stands in quotes and brackets: ["working alliance"]\n'
    '    Below it: meaning = "What it means, in a sentence or two."'
)
TAKEN = {"main"}  # ids that every page has


class Explanation(Strict):
    """What stands below a word."""

    meaning: Text = Field(examples=['meaning = "What it means, in a sentence or two."'])
    forms: list[Text] = Field([], examples=['forms = ["boundaries"]'])
    source: Source | None = Field(
        None, examples=['source = { title = "Whose words", url = "https://www.example.org" }']
    )


@dataclass(frozen=True)
class Term:
    """A word, or several that belong together, with its other forms and what it means.

    `id` is where it stands on its page.
    """

    name: str
    id: str
    meaning: str
    forms: tuple[str, ...]
    source: Source | None

    @property
    def initial(self) -> str:
        """The letter under which it is found."""
        return self.name[0].upper()


def read_glossary(path: Path, shown: str, substitutions: Any = ()) -> tuple[Term, ...]:
    """Return the words in the order of their letters; none where there is no such file.

    `substitutions` are those of SLUG_REGEX_SUBSTITUTIONS. Raises Problems.
    """
    if not path.exists():
        return ()
    text = read_text(path, shown, HOW)
    data = parse_toml(text, shown, HOW)
    if found := [*_problems(data, text, shown)]:
        raise Problems(found)
    terms, taken = list[Term](), set(TAKEN)
    for name, value in sorted(data.items(), key=lambda each: (slugify(each[0]), each[0])):
        entry = Explanation.model_validate(value)
        slug = slugify(name, regex_subs=substitutions) or "word"
        number = next(n for n in range(1, len(data) + 9) if _id(slug, n) not in taken)
        taken.add(_id(slug, number))
        forms = (name, *entry.forms)
        terms.append(Term(name, _id(slug, number), entry.meaning, forms, entry.source))
    return tuple(terms)


def _id(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"


def _problems(data: dict[str, Any], text: str, shown: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, value in data.items():
        if not isinstance(value, dict):
            what = f"“{name}” must stand in brackets, with its meaning below it."
            yield Problem(shown, key_line(text, name), what, HOW)
            continue
        if not name.strip():
            yield Problem(shown, key_line(text, name), "a word is missing in the brackets.", HOW)
        try:
            entry = Explanation.model_validate(value)
        except ValidationError as error:
            for location, what, how in explain(error, Explanation):
                line = key_line(text, str(location[0]), section=name)
                yield Problem(shown, line, f"“{name}”: {what}", how)
            continue
        for form in (name, *entry.forms):
            other = first.setdefault(form.casefold(), name)
            if other != name or (form != name and form.casefold() == name.casefold()):
                what = f"“{form}” stands here twice, for “{other}” and for “{name}”."
                yield Problem(shown, key_line(text, name), what, "Remove one of the two.")
