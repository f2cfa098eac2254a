"""Recordings of articles, for feeds and the article's page.

Gives each Article with `audio` in its header `recording`: its `path` in the site, its `length` in
bytes and its media `type`.
"""

from pathlib import Path, PurePosixPath
from urllib.parse import quote

from pelican import signals
from pelican.contents import Article
from pelican.generators import Generator

from insession.common.problems import Problem, collected, shown_path
from insession.content.field_types import AUDIO
from insession.content.meant_file import did_you_mean
from insession.content.text_file import header_line, name_on_disk


def find_recordings(generators: list[Generator]) -> None:
    """Set `recording`, or report the file that isn't there."""
    context = generators[0].context
    for content in context["generated_content"].values():
        if isinstance(content, Article) and hasattr(content, "audio"):
            name = name_on_disk(Path(content.settings["PATH"]), content.audio)
            if name in context["static_content"]:
                content.recording = {
                    "path": quote(name),
                    "length": Path(content.settings["PATH"], name).stat().st_size,
                    "type": AUDIO[PurePosixPath(name).suffix.lower()],
                }
            else:
                collected(content.settings).append(_missing(content))


def _missing(article: Article) -> Problem:
    path = Path(article.source_path)
    return Problem(
        shown_path(path, article.settings),
        header_line(path, "audio"),
        f"there is no recording content/{article.audio}.",
        did_you_mean(Path(article.settings["PATH"]), article.audio)
        or "Put it into content/downloads, check its name, or remove the line: "
        "audio: downloads/my-voice.mp3",
    )


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(find_recordings)
