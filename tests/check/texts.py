"""Small texts for the check's rules, and what they say of them."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from insession.check.registry import DATED_RULES, TEXT_RULES
from insession.check.remark import Remark
from insession.check.text.text import CheckedText, RuleContext, text_from
from insession.content.practice import read_practice
from tests.support import ROOT, article

KNOWN = RuleContext(read_practice(ROOT / "content" / "practice.toml"), frozenset())
TODAY = date(2026, 11, 25)
SHOWN = "content/articles/x.md"


def text(body: str, more: str = "") -> CheckedText:
    """An article with this body; `more` are further lines of its header."""
    return text_from(article(more=more, body=body), Path(SHOWN), SHOWN, is_page=False)


def remarks(found: CheckedText, known: RuleContext = KNOWN, today: date = TODAY) -> list[Remark]:
    """What all rules of this half say of a text."""
    dated = [remark for rule in DATED_RULES for remark in rule(found, known, today)]
    return [remark for rule in TEXT_RULES for remark in rule(found, known)] + dated


def corpus(name: str) -> dict[str, Any]:
    """The good and bad sentences of a file in corpus/."""
    path = Path(__file__).parent / "corpus" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
