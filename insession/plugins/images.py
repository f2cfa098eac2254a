"""Pictures, made safe and calm: no metadata, upright, not larger than a page needs.

Gives each Article with a cover: `cover_picture` (`url`, `width`, `height`), each text
`pictures` (the paths in content/ whose sizes stand in it), and the templates `PORTRAIT`, the
same as a cover for the therapist's portrait. Every <img> gets width, height and lazy
loading; the first picture of an article is loaded at once.
"""

import posixpath
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, Generator

from insession.common.html import Attributes, rewrite_tags
from insession.common.problems import Problem, collected, shown_path
from insession.common.progress import progress
from insession.content.pictures import (
    FORMATS,
    OTHER_PICTURES,
    PictureCache,
    reason_refused,
    refusals,
    shown_size,
)
from insession.content.text_file import header_line, name_on_disk
from insession.output.writer import Writer


def size_images(content: Content) -> None:
    """Write width, height and loading into each <img>; take up the cover."""
    if not isinstance(content, Article | Page):
        return
    seen, content.pictures = 0, set()
    if isinstance(content, Article) and (cover := getattr(content, "cover", None)):
        content.pictures.add(name_on_disk(content.settings["PATH"], cover))
        content.cover_picture = _picture(content.settings, cover)
        seen = 1

    def change(tag: str, attributes: Attributes) -> Attributes | None:
        nonlocal seen
        if tag != "img" or not attributes.get("src"):
            return None
        seen += 1
        loading = {"decoding": "async", "loading": "lazy"} if seen > 1 else {"decoding": "async"}
        relative = _relative(content, str(attributes["src"]))
        content.pictures.add(relative)
        return attributes | loading | _size(content.settings, relative)

    content._content = rewrite_tags(content._content, change)


def _relative(content: Content, src: str) -> str:
    """Return an <img>'s path relative to content/, however it was written."""
    path = unquote(src.removeprefix("{static}"))
    folder = "" if path.startswith("/") else content.relative_dir
    relative = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    return name_on_disk(content.settings["PATH"], relative)


def _size(settings: dict[str, Any], relative: str) -> dict[str, str]:
    """Width and height attributes; none for a file that other checks will name."""
    path = Path(settings["PATH"]) / relative
    try:
        width, height = shown_size(path, path.stat().st_mtime)
    except refusals():
        return {}
    return {"width": str(width), "height": str(height)}


def _picture(settings: dict[str, Any], relative: str) -> dict[str, str]:
    relative = name_on_disk(settings["PATH"], relative)
    return {"url": f"{settings['SITEURL']}/{quote(relative)}"} | _size(settings, relative)


def take_up_portrait(generator: ArticlesGenerator) -> None:
    """Offer the portrait's address and size to the templates as `PORTRAIT`."""
    portrait = generator.settings["PRACTICE"].therapist.portrait
    generator.context["PORTRAIT"] = _picture(generator.settings, portrait) if portrait else None


def prepare(generators: list[Generator]) -> None:
    """Make the published form of every picture, or report the one that can't be read."""
    settings, context = generators[0].settings, generators[0].context
    _check_named(generators)
    context["pictures"], others = {}, []
    cache = PictureCache(Path(settings["PATH"]).parent / ".cache" / "pictures")
    with progress("Preparing the pictures", len(context["staticfiles"])) as advance:
        for static in context["staticfiles"]:
            path = Path(settings["PATH"]) / static.get_relative_source_path()
            suffix = path.suffix.lower()
            if suffix not in FORMATS and suffix not in OTHER_PICTURES:
                others.append(static)
            elif path.is_file() and path.resolve().is_relative_to(Path(settings["PATH"]).resolve()):
                try:
                    context["pictures"][static.save_as] = cache.published(path)
                except refusals() as error:
                    collected(settings).append(_unreadable(shown_path(path, settings), error))
            advance(1)
    cache.forget_others()
    context["staticfiles"] = others


def _unreadable(shown: str, error: Exception) -> Problem:
    how = "Open it in a picture program and save it again as JPEG or PNG, at most 6000 pixels wide."
    if isinstance(error, KeyError):
        return Problem(shown, 0, "this kind of picture can't be shown by every browser.", how)
    return Problem(shown, 0, f"this picture can't be used: {reason_refused(error)}.", how)


def _check_named(generators: list[Generator]) -> None:
    """A cover or portrait that is named must be there."""
    settings, context = generators[0].settings, generators[0].context
    how = "Check the name of the picture, or remove the line."
    root, portrait = Path(settings["PATH"]), settings["PRACTICE"].therapist.portrait
    if portrait and name_on_disk(root, portrait) not in context["static_content"]:
        path = Path(settings["PATH"]) / "practice.toml"
        line, what = header_line(path, "portrait"), f"there is no picture content/{portrait}."
        collected(settings).append(Problem(shown_path(path, settings), line, what, how))
    for article in context["generated_content"].values():
        cover = getattr(article, "cover", None)
        if cover and name_on_disk(root, cover) not in context["static_content"]:
            path = Path(article.source_path)
            line, what = header_line(path, "cover"), f"there is no picture content/{cover}."
            collected(settings).append(Problem(shown_path(path, settings), line, what, how))


def add_pictures(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand the prepared pictures to the writer."""
    for save_as, file in generator.context["pictures"].items():
        writer.add(save_as, file.read_bytes)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_init.connect(take_up_portrait)
    signals.content_object_init.connect(size_images)
    signals.all_generators_finalized.connect(prepare)
    signals.article_writer_finalized.connect(add_pictures)
