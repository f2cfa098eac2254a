"""The blog as it is shown: one value, made aside and put in place whole."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pelican.contents import Content, Page

from insession.common.problems import Problem, shown_path
from insession.content.leftovers import (
    Leftover,
    Written,
    joined,
    leftovers_of,
    leftovers_of_practice,
    text_fields,
)
from insession.content.practice import PracticeFile
from insession.output.writer import Writer
from insession.plugins.internal_links import is_draft
from insession.site.sources import Text, is_waiting

PRACTICE = "practice.toml"


@dataclass(frozen=True)
class SiteState:
    """What was read last, and how it was arranged when that could be drawn last.

    `texts` are all texts by their path in content/; `problems` are those of now. `settings`,
    `context` and `writer` stay those of before while the texts can't be arranged or drawn.
    """

    settings: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    writer: Writer | None = None
    texts: dict[str, Text] = field(default_factory=dict)
    facts: tuple[str, ...] = ()  # what stood in practice.toml when they were read
    problems: tuple[Problem, ...] = ()
    waiting: dict[str, datetime] = field(default_factory=dict)  # texts that become due, and when

    @property
    def practice(self) -> PracticeFile | None:
        """Who she is, as last read without a mistake."""
        return self.settings.get("PRACTICE")

    @property
    def base(self) -> str:
        """Where the blog lies on its host: "" or, for instance, "/blog"."""
        return self.practice.site.base_path if self.practice else ""

    def due(self) -> set[str]:
        """Return the texts whose day has come since they were read."""
        now = datetime.now(UTC)
        return {path for path, day in self.waiting.items() if day <= now}

    def unpublished(self) -> list[Content]:
        """Return the texts that nobody can find: drafts, those that wait, and hidden ones."""
        kinds = ("drafts", "draft_pages", "hidden_articles", "hidden_pages")
        return [content for kind in kinds for content in self.context.get(kind, ())]

    @cached_property
    def _of_practice(self) -> list[Leftover]:
        if not self.practice:
            return []
        return leftovers_of_practice(Path(self.settings["PATH"]) / PRACTICE, self.practice)

    def leftovers(self) -> list[Leftover]:
        """Return what is still the sample's. Each page asks, so it is kept."""
        today = date.today()
        texts = [text for _, text in sorted(self.texts.items())]
        found = (left for text in texts for left in _left_in(text, self.settings, today))
        return joined(self._of_practice, found) if self.practice else []


def waiting(texts: dict[str, Text]) -> dict[str, datetime]:
    """Return the time from which each text is published that its date alone holds back."""
    return {
        path: text.content.date
        for path, text in texts.items()
        if text.content and not text.problems and is_waiting(text.content)
    }


def _left_in(text: Text, settings: dict[str, Any], today: date) -> list[Leftover]:
    """Return what is still the sample's in a text, found once a day."""
    if text.content is None or is_draft(text.content):
        return []
    if text.left is None or text.left[0] != today:
        text.left = today, [*leftovers_of(_written(text.content, settings), today)]
    return text.left[1]


def _written(content: Content, settings: dict[str, Any]) -> Written:
    path, said = Path(content.source_path), SimpleNamespace(**content.metadata)
    reviewed, is_page = content.metadata.get("reviewed"), isinstance(content, Page)
    fields, shown = text_fields(said), shown_path(path, settings)
    return Written(path, shown, is_page, is_draft(content), reviewed, fields, content.raw_body)
