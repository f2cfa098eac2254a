"""HTML of the old blog as a tree, and as plain words."""

import re

from bs4 import BeautifulSoup, Tag

BLOCK_END = re.compile(r"</(?:p|div|li|h\d)>|<br\s*/?>", re.I)
MARKER = re.compile(r"\{(?=[a-z_]+\.[a-z_]+\})")  # insession/plugins/placeholders.py


def parse(html: str) -> BeautifulSoup:
    """Return the tree."""
    # The empty comment keeps the parser from warning that plain words look like a file's name.
    return BeautifulSoup(f"<!---->{html}", "html.parser")


def attribute(element: Tag, name: str) -> str:
    """Return an attribute's value, or "" where there is none."""
    value = element.get(name) or ""
    return value if isinstance(value, str) else " ".join(value)


def words_of(html: str) -> str:
    """Return the words, with single spaces, entities and elements resolved."""
    return " ".join(parse(BLOCK_END.sub(r"\g<0> ", html)).get_text().split())


def unmarked(text: str) -> str:
    """Keep {words.like_these} from being taken for something in practice.toml."""
    return MARKER.sub("{\u2060", text)
