"""Pictures, made safe and calm: no metadata, upright, and no larger than a page needs.

Gives each Article with a cover: `cover_picture` (`url`, `width`, `height`) and `cover_photo`, what
is known of it; each text `pictures` (the paths in content/ whose sizes stand in it), and the
templates `PORTRAIT`, the same as a cover for the therapist's portrait. Every <img> gets width,
height and lazy loading; the first of a text without a cover is loaded at once, before others.

Gives the templates two filters. `pictures` cuts a text into words and pictures (`Shown`); `forms`
says in which forms the picture at an address is offered, if it is one of ours (`Forms`), so that
partials/picture.html can draw it. None of them is made before it is asked for.
"""

import posixpath
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from markupsafe import Markup
from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, Generator

from insession.common.html import Attributes, rewrite_tags, split_at
from insession.common.problems import Problem, collected, shown_path
from insession.content.meant_file import did_you_mean
from insession.content.picture_forms import RECIPE, form_names, is_further_form
from insession.content.picture_store import FOLDER, PictureStore
from insession.content.pictures import (
    FORMATS,
    OTHER_PICTURES,
    reason_refused,
    refusals,
    shown_size,
)
from insession.content.text_file import header_line, name_on_disk
from insession.output.digest import digest
from insession.output.writer import Writer

AS_JPEG = (
    "Save it as JPEG: on a Mac open it in Preview and choose File, Export; in Windows open it in "
    "Photos and choose Save as; on the iPhone mail it to yourself. (It takes JPEGs once you choose "
    "Settings, Camera, Formats, Most Compatible.)"
)


class Forms(NamedTuple):
    """In which forms a picture is offered: lists for `srcset`, its still form, its tone."""

    avif: str
    own: str
    still: str
    tone: str


class Shown(NamedTuple):
    """A picture in a text: what its <img> has, and in which forms it is offered."""

    image: Attributes
    forms: Forms


def size_images(content: Content) -> None:
    """Write width, height and loading into each <img>; take up the cover."""
    if not isinstance(content, Article | Page):
        return
    content.pictures = set()
    # Above an article's text stands her cover, or a drawn one, unless she left it out.
    seen = int(isinstance(content, Article) and bool(getattr(content, "cover", "drawn")))
    if isinstance(content, Article) and (cover := getattr(content, "cover", None)):
        content.pictures.add(name_on_disk(content.settings["PATH"], cover))
        content.cover_picture = _picture(content.settings, cover)

    def change(tag: str, attributes: Attributes) -> Attributes | None:
        nonlocal seen
        if tag != "img" or not attributes.get("src"):
            return None
        seen += 1
        loading = {"loading": "lazy"} if seen > 1 else {"fetchpriority": "high"}
        relative = _relative(content, str(attributes["src"]))
        content.pictures.add(relative)
        return attributes | {"decoding": "async"} | loading | _size(content.settings, relative)

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


def _picture(settings: dict[str, Any], relative: str) -> dict[str, Any]:
    relative = name_on_disk(settings["PATH"], relative)
    return {"url": f"{settings['SITEURL']}/{quote(relative)}"} | _size(settings, relative)


def offer_filters(generator: Generator) -> None:
    """Give the templates of a generator `pictures` and `forms`."""
    generator.env.filters["pictures"] = partial(cut, generator.context)
    generator.env.filters["forms"] = partial(_forms, generator.context)


def cut(context: dict[str, Any], html: str) -> Iterator[Markup | Shown]:
    """Yield the text, and in its place each picture that is offered in other forms, or has a tone.

    What says itself in which forms it is offered stays as it is: in a <picture>, or with `srcset`.
    """
    if "<img" not in html:
        yield Markup(html)  # noqa: S704  (a text of hers, which may have HTML)
        return
    lower, at, kept = html.lower(), 0, ""
    for before, source, attributes in split_at(html, "img"):
        at += len(before)
        is_inside = lower.rfind("<picture", 0, at) > lower.rfind("</picture", 0, at)
        at += len(source)
        kept += before
        is_free = source and not is_inside and "srcset" not in attributes
        if is_free and (forms := _forms(context, attributes.get("src") or "")):
            yield Markup(kept)  # noqa: S704
            yield Shown(attributes, forms)
            kept = ""
        else:
            kept += source
    yield Markup(kept)  # noqa: S704


def _forms(context: dict[str, Any], address: str) -> Forms | None:
    """Return in which forms the picture at an address of the site is offered."""
    base = f"{context['SITEURL']}/"
    name = unquote(address.removeprefix(base))
    picture = context["pictures"].get(name) if address.startswith(base) else None
    if picture is None:
        return None
    groups = form_names(picture, Path(name).suffix.lower())

    def srcset(which: int) -> str:
        pairs = zip(picture.widths, groups, strict=True)
        return ", ".join(f"{address}{group[which]} {width}w" for width, group in pairs)

    if picture.kind == "photo":
        return Forms(srcset(0), srcset(1), "", picture.tone)
    still = f"{address}{groups[1][0]}" if picture.kind == "moving" else ""
    return Forms("", "", still, picture.tone)


def take_up_portrait(generator: ArticlesGenerator) -> None:
    """Offer the portrait's address and size to the templates as `PORTRAIT`."""
    portrait = generator.settings["PRACTICE"].therapist.portrait
    generator.context["PORTRAIT"] = _picture(generator.settings, portrait) if portrait else None


def prepare(generators: list[Generator]) -> None:
    """Look at each picture, and report the one that can't be used."""
    settings, context = generators[0].settings, generators[0].context
    _check_named(generators)
    root, names, others = Path(settings["PATH"]), [], []
    store = PictureStore(root, root.parent / FOLDER)
    for static in context["staticfiles"]:
        name = static.get_relative_source_path()
        suffix = Path(name).suffix.lower()
        if suffix not in FORMATS and suffix not in OTHER_PICTURES:
            others.append(static)
        elif (root / name).is_file() and (root / name).resolve().is_relative_to(root.resolve()):
            names.append(name)
    found = store.look(names)
    context["pictures"] = {}
    for name, facts in sorted(found.items()):
        if isinstance(facts, Exception):
            collected(settings).append(_unreadable(shown_path(root / name, settings), facts))
        elif is_further_form(name):
            collected(settings).append(_named_like_a_form(shown_path(root / name, settings)))
        else:
            context["pictures"][name] = facts
    store.forget_others(context["pictures"])
    context["staticfiles"] = others
    _tell_of_covers(context, root)


def _tell_of_covers(context: dict[str, Any], root: Path) -> None:
    """Other pages show a cover, and all the portrait: what is known of it goes into their keys."""
    for content in context["generated_content"].values():
        if cover := getattr(content, "cover", None):
            content.cover_photo = context["pictures"].get(name_on_disk(root, cover))
    if context.get("PORTRAIT"):
        portrait = name_on_disk(root, context["PRACTICE"].therapist.portrait)
        context["PORTRAIT"] |= {"photo": context["pictures"].get(portrait)}


def _named_like_a_form(shown: str) -> Problem:
    what = "a smaller form of another picture would have this name."
    return Problem(shown, 0, what, "Give it a name with one dot, such as photo-480.jpg.")


def _unreadable(shown: str, error: Exception) -> Problem:
    how = "Open it in a picture program and save it again as JPEG or PNG, at most 6000 pixels wide."
    if Path(shown).suffix.lower() in {".heic", ".heif"} or "HEIC" in str(error):
        what = "this photo is a HEIC, as iPhones make them, which few browsers show."
        return Problem(shown, 0, what, AS_JPEG)
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
        how = did_you_mean(root, portrait) or how
        collected(settings).append(Problem(shown_path(path, settings), line, what, how))
    for article in context["generated_content"].values():
        cover = getattr(article, "cover", None)
        if cover and name_on_disk(root, cover) not in context["static_content"]:
            path = Path(article.source_path)
            line, what = header_line(path, "cover"), f"there is no picture content/{cover}."
            asked = did_you_mean(root, cover) or how
            collected(settings).append(Problem(shown_path(path, settings), line, what, asked))


def add_pictures(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand the forms of each picture to the writer: of one that no page shows, only itself."""
    context, root = generator.context, Path(generator.settings["PATH"])
    store, shown = PictureStore(root, root.parent / FOLDER), _shown(context, root)
    for name, picture in context["pictures"].items():
        make_all = partial(store.make_all, name, picture)
        for group in form_names(picture, Path(name).suffix.lower()):
            for form in group:
                if form == "" or name in shown or generator.settings.get("DRAWS_ON_REQUEST"):
                    writer.add_slow(
                        f"{name}{form}",
                        partial(store.get, name, picture, form),
                        digest(picture.digest, RECIPE, form),
                        make_all,
                    )


def _shown(context: dict[str, Any], root: Path) -> set[str]:
    """Return the pictures that a published text shows, or the portrait."""
    texts = [text for text in context["generated_content"].values() if text is not None]
    shown = {name for text in texts if text.status != "draft" for name in text.pictures}
    if context.get("PORTRAIT"):
        shown.add(name_on_disk(root, context["PRACTICE"].therapist.portrait))
    return shown


def register() -> None:
    """Connect to Pelican."""
    signals.generator_init.connect(offer_filters)
    signals.article_generator_init.connect(take_up_portrait)
    signals.content_object_init.connect(size_images)
    signals.all_generators_finalized.connect(prepare)
    signals.article_writer_finalized.connect(add_pictures)
