"""Pages and small sites for testing one rule, without building anything."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican.settings import read_settings

from insession.check.remark import Remark
from insession.check.text.page import CheckedPage, CheckedSite, card_of
from insession.check.text.text import text_from
from insession.content.practice import read_practice
from tests.support import ROOT, article

LINES_BEFORE = 8  # the header, and an empty line


@cache
def settings() -> dict[str, Any]:
    """Pelican's settings of this project."""
    return read_settings(str(ROOT / "publishconf.py"))


def page(
    body: str, *, relative: str = "articles/a.md", title: str = "A title", more: str = ""
) -> CheckedPage:
    """Return an article as a page; its built page holds the text and nothing else."""
    text = text_from(article(title, more, body), Path(relative), f"content/{relative}", False)
    html = Markdown(**settings()["MARKDOWN"]).convert(text.body)
    built = f"<!doctype html><title>A</title><body><main>{html}</main><footer></footer></body>"
    address = f"{Path(relative).stem}/"
    return CheckedPage(
        text.shown,
        relative,
        text.body,
        lambda: text,
        lambda: built,
        settings()["MARKDOWN"],
        address,
    )


def site(*pages: CheckedPage) -> CheckedSite:
    """Return a blog with these pages and the sample's practice.toml."""
    practice = read_practice(ROOT / "content" / "practice.toml")
    cards = tuple(card_of(each.text) for each in pages)
    return CheckedSite(pages, practice=practice, cards=cards)


def said(
    rule: Callable[[CheckedPage, CheckedSite], Iterator[Remark]], body: str
) -> list[tuple[int, str]]:
    """Return line (1 is the first of the body) and words of each remark of a rule on a text."""
    one = page(body)
    return [(remark.line - LINES_BEFORE, remark.words) for remark in rule(one, site(one))]
