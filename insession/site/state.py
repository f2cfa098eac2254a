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
AT_ONCE = 50  # texts that are looked through for what is the sample's


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
        """Return what is known to be still the sample's."""
        if not self.practice:
            return []
        texts = [text for _, text in sorted(self.texts.items())]
        return joined(self._of_practice, [each for text in texts for each in text.left or ()])

    def look_for_leftovers(self) -> bool:
        """Look through some of the texts in which nobody has looked for what is the sample's.

        Returns whether there are more. In thousands of texts it takes longer than a page may take.
        """
        today = date.today()
        unseen = [text for text in self.texts.values() if text.left is None]
        for text in unseen[:AT_ONCE]:
            text.left = _left_in(text.content, self.settings, today) if text.content else []
        return len(unseen) > AT_ONCE


def waiting(texts: dict[str, Text]) -> dict[str, datetime]:
    """Return the time from which each text is published that its date alone holds back."""
    return {
        path: text.content.date
        for path, text in texts.items()
        if text.content and not text.problems and is_waiting(text.content)
    }


def _left_in(content: Content, settings: dict[str, Any], today: date) -> list[Leftover]:
    return [] if is_draft(content) else [*leftovers_of(_written(content, settings), today)]


def _written(content: Content, settings: dict[str, Any]) -> Written:
    path, said = Path(content.source_path), SimpleNamespace(**content.metadata)
    reviewed, is_page = content.metadata.get("reviewed"), isinstance(content, Page)
    fields, shown = text_fields(said), shown_path(path, settings)
    return Written(path, shown, is_page, is_draft(content), reviewed, fields, content.raw_body)
