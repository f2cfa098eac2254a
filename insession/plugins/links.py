"""Links and pictures in her text: written as plain paths, checked before anything is published.

`[text](how-therapy-ends.md)` and `![alt](../images/chairs.png)` are relative to the file, as
every Markdown editor understands them; Pelican's `{filename}` and `{static}` work as well.
A link to something that doesn't exist, to a draft, or out of content/ is a problem with its line.

Gives the context `ADDRESSES`, every address that is published (without the leading slash).
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from insession.files import body_line
from insession.markup import Attributes, rewrite_tags, tags
from insession.problems import Problem, collected, shown_path

ATTRIBUTES = ("href", "src", "poster")
SCHEMES = {"http", "https", "mailto", "tel", "sms"}
MARKS = ("{filename}", "{static}")


def use_pelicans_links(content: Content) -> None:
    """Write plain relative paths the way Pelican resolves them, and site paths with the base."""
    if isinstance(content, Article | Page):
        base = content.settings["SITEURL"]

        def change(_: str, attributes: Attributes) -> Attributes | None:
            marked = _marked(attributes, base)
            if attributes.get("srcset"):
                marked = (marked or attributes) | {"srcset": _srcset(content, base, attributes)}
            return marked

        content._content = rewrite_tags(content._content, change)


def _marked(attributes: Attributes, base: str) -> Attributes | None:
    changed = dict(attributes)
    for name in ATTRIBUTES:
        value = attributes.get(name)
        if not value or value.startswith(("{", "#", "//")) or _scheme(value):
            continue
        if value.startswith("/"):
            changed[name] = base + value
        else:
            is_text = urlsplit(value).path.endswith(".md")
            changed[name] = ("{filename}" if is_text else "{static}") + value
    return changed if changed != attributes else None


def _srcset(content: Content, base: str, attributes: Attributes) -> str:
    """Pelican resolves no links in a srcset, so each candidate becomes a path of the site."""
    candidates = [candidate.split() for candidate in str(attributes["srcset"]).split(",")]
    written = []
    for path, *size in filter(None, candidates):
        if not _scheme(path) and not path.startswith("//"):
            folder = "" if path.startswith("/") else content.relative_dir
            path = f"{base}/{posixpath.normpath(posixpath.join(folder, path.lstrip('/')))}"
        written.append(" ".join([path, *size]))
    return ", ".join(written)


def check_links(generators: list[Generator]) -> None:
    """Report every link in a published or scheduled text that leads nowhere.

    Those of drafts stop nothing yet: they are kept in the context, as `problems_of_drafts`.
    """
    settings, context = generators[0].settings, generators[0].context
    context["ADDRESSES"] = _addresses(generators)
    of_drafts = context.setdefault("problems_of_drafts", [])
    for content in context["generated_content"].values():
        if content is not None:
            found = of_drafts if is_draft(content) else collected(settings)
            found.extend(problems_of(content, context))


def is_draft(content: Content) -> bool:
    """Whether she keeps it back herself."""
    return content.metadata.get("status") == "draft"


def problems_of(content: Content, context: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each link of one text that leads nowhere."""
    times: Counter[str] = Counter()
    for written, what, how in _wrong_links(content, context):
        path = Path(content.source_path)
        times[written] += 1
        line = body_line(path, content.raw_body, written, times[written])
        yield Problem(shown_path(path, content.settings), line, what, how)


def _wrong_links(content: Content, context: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what is written in the link, what is wrong with it, how to write it."""
    for thing, value in links_of(content):
        mark = next((mark for mark in MARKS if value.startswith(mark)), "")
        written = value.removeprefix(mark)
        if mark:
            wrong = _wrong_file(content, written, context, thing)
        elif value.startswith("{"):
            wrong = "the words in curly brackets are not known", "Write the path of the file."
        elif value.startswith("/") and not value.startswith("//"):
            addresses = context["ADDRESSES"]
            wrong = _wrong_address(value, content.settings["SITEURL"], addresses, thing)
        else:
            wrong = _wrong_web_link(value)
        if wrong:
            yield written, f"the {thing} “{written}” doesn't work: {wrong[0]}.", wrong[1]


def links_of(content: Content) -> list[tuple[str, str]]:
    """Each address in a text with the thing that it leads to; found once for each text."""
    html, links = getattr(content, "_links", (None, []))
    if html is not content._content:
        links = [
            ("picture" if tag in {"img", "source"} else "link to", value)
            for tag, attributes in tags(content._content)
            for value in _named(attributes)
        ]
        content._links = content._content, links
    return links


def _named(attributes: Attributes) -> Iterator[str]:
    """Every address in a tag that could lead nowhere."""
    for name in ATTRIBUTES:
        value = attributes.get(name)
        if value and not value.startswith("#"):
            yield value
    for candidate in (attributes.get("srcset") or "").split(","):
        if candidate.strip():
            yield candidate.split()[0]


def _wrong_file(
    content: Content, written: str, context: dict[str, Any], thing: str
) -> tuple[str, str] | None:
    path = unquote(urlsplit(written).path)
    folder = "" if path.startswith("/") else posixpath.dirname(content.relative_source_path)
    relative = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    target = context["generated_content"].get(relative)
    if "\\" in written:
        return "it has a \\ in it", f"Write / in its place: {written.replace(chr(92), '/')}"
    if target is not None and target.status == "draft" and content.status != "draft":
        return "it is a draft or not yet published", "Publish it first, or remove the link."
    if target is not None or _is_published_file(relative, context):
        return None
    root = Path(content.settings["PATH"]).resolve()
    file = root / relative
    home = "content/images" if thing == "picture" else "content/downloads"
    if relative.startswith("../") or not file.resolve().is_relative_to(root):
        return "it leads out of content/", f"Put the file into {home} and name it there."
    if not file.is_file():
        return _missing_file(root, relative, written)
    if file.suffix != ".md" and relative.split("/")[0] not in content.settings["STATIC_PATHS"]:
        return "that file is not published", "Move it to content/images or content/downloads."
    return None


def _is_published_file(relative: str, context: dict[str, Any]) -> bool:
    """Whether it is copied as it is; Pelican's static_content also has links that lead nowhere."""
    if relative.split("/")[0] not in context["STATIC_PATHS"]:
        return False
    return relative in context["static_content"] and Path(context["PATH"], relative).is_file()


def _missing_file(root: Path, relative: str, written: str) -> tuple[str, str]:
    """Say what is missing, and what she may have meant."""
    if written.startswith("www."):
        return "there is no such file", f"For a website, write: https://{written}"
    if re.fullmatch(r"[^@/\s]+@[^@/\s]+", written):
        return "there is no such file", f"For an e-mail address, write: mailto:{written}"
    if (root / f"{relative}.md").is_file():
        return "there is no such file", f"Write it with its ending: {written}.md"
    return f"there is no file content/{relative}", "Check the name, or remove it here."


def _wrong_address(
    value: str, base: str, addresses: set[str], thing: str
) -> tuple[str, str] | None:
    path = unquote(urlsplit(value).path).removeprefix(base)
    if path.lstrip("/") in addresses:
        return None
    if thing == "picture":
        return "there is no such picture", "Name the file instead: ../images/window.jpg"
    return "this site has no such page", "Link to the file instead: how-therapy-ends.md"


def _wrong_web_link(value: str) -> tuple[str, str] | None:
    scheme = _scheme(value)
    if scheme in {"http", "https"} and not urlsplit(value).hostname:
        return "the address is not complete", "Write it whole: https://www.example.org"
    if scheme in SCHEMES:
        return None
    if scheme == "file" or len(scheme) == 1:
        how = "Put it into content/images or content/downloads and link to it there."
        return "this is a file on your own computer", how
    return "only https, mailto and tel links may be used", "Write: https://www.example.org"


def _scheme(value: str) -> str:
    try:
        return urlsplit(value).scheme
    except ValueError:
        return "invalid"


def _addresses(generators: list[Generator]) -> set[str]:
    """Every address that is published, as paths without the leading slash."""
    settings, context = generators[0].settings, generators[0].context
    found = {"", settings["ARCHIVES_URL"], "feeds/all.rss.xml", "feeds/all.atom.xml", "contact.vcf"}
    if settings["COMMENTS"] == "on":
        found.add("feeds/comments.atom.xml")
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            contents = [*generator.articles, *generator.hidden_articles]
            found |= {word.url for word, _ in generator.categories}
            found |= {word.url for word in generator.tags}
        elif isinstance(generator, PagesGenerator):
            contents = [*generator.pages, *generator.hidden_pages]
        else:
            continue
        found |= {content.url for content in contents}
    return found | set(context["static_content"])


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(use_pelicans_links)
    signals.all_generators_finalized.connect(check_links)
