"""HTML of the old blog as a tree, and as plain words."""

import re

from bs4 import BeautifulSoup

BLOCK_END = re.compile(r"</(?:p|div|li|h\d)>|<br\s*/?>", re.I)


def parse(html: str) -> BeautifulSoup:
    """Return the tree."""
    # The empty comment keeps the parser from warning that plain words look like a file's name.
    return BeautifulSoup(f"<!---->{html}", "html.parser")


def words_of(html: str) -> str:
    """Return the words, with single spaces, entities and elements resolved."""
    return " ".join(parse(BLOCK_END.sub(r"\g<0> ", html)).get_text().split())
