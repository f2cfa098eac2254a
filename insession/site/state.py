"""The blog as it is shown: one value, made aside and put in place whole."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pelican.contents import Content, Page

from insession.common.problems import Problem, shown_path
from insession.content.leftovers import Leftover, Written, find_leftovers, text_fields
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

    def leftovers(self) -> list[Leftover]:
        """Return what is still the sample's."""
        if not self.practice:
            return []
        file = Path(self.settings["PATH"]) / PRACTICE
        contents = [text.content for _, text in sorted(self.texts.items()) if text.content]
        texts = [_written(content, self.settings) for content in contents]
        return find_leftovers(file, self.practice, texts, date.today())


def waiting(texts: dict[str, Text]) -> dict[str, datetime]:
    """Return the time from which each text is published that its date alone holds back."""
    return {
        path: text.content.date
        for path, text in texts.items()
        if text.content and not text.problems and is_waiting(text.content)
    }


def _written(content: Content, settings: dict[str, Any]) -> Written:
    path, said = Path(content.source_path), SimpleNamespace(**content.metadata)
    reviewed, is_page = content.metadata.get("reviewed"), isinstance(content, Page)
    fields, shown = text_fields(said), shown_path(path, settings)
    return Written(path, shown, is_page, is_draft(content), reviewed, fields, content.raw_body)
