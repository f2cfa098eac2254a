"""Links and pictures in her text: written as plain paths, checked before anything is published.

`[text](how-therapy-ends.md)` and `![alt](../images/chairs.png)` are relative to the file, as
every Markdown editor understands them; Pelican's `{filename}` and `{static}` work as well.
A link to something that doesn't exist, to a draft, or out of content/ is a problem with its line.

Gives the context `PUBLISHED`, the paths of all that is published (without the leading slash).
"""

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator

from insession.common.html import Attributes, rewrite_tags, tags
from insession.common.problems import Problem, collected, shown_path
from insession.content.meant_file import did_you_mean, find_meant
from insession.content.text_file import body_line, name_on_disk, same_name

ATTRIBUTES = ("href", "src", "poster")
SCHEMES = {"http", "https", "mailto", "tel", "sms"}
MARKS = ("{filename}", "{static}")
PLAIN = re.compile(r"\{filename\}/(\w[\w./-]*)")  # as most links are written, to a text


def use_pelicans_links(content: Content) -> None:
    """Write paths the way Pelican resolves them, and site paths with the base.

    Each is written as an address, so that a name may have any sign in it. `written` keeps what
    stood there, in order: it is what can be found in the text again.
    """
    if isinstance(content, Article | Page):
        content.written = {}

        def change(_: str, attributes: Attributes) -> Attributes | None:
            if not attributes:
                return None
            changed = attributes | {
                name: _resolvable(content, str(attributes[name]))
                for name in ATTRIBUTES
                if attributes.get(name)
            }
            if attributes.get("srcset"):
                changed["srcset"] = _srcset(content, attributes)
            return changed if changed != attributes else None

        content._content = rewrite_tags(content._content, change)


def _resolvable(content: Content, value: str) -> str:
    if value.startswith(("#", "//")):
        return value
    mark = next((mark for mark in MARKS if value.startswith(mark)), "")
    written = value.removeprefix(mark)
    if written.startswith(("{", "#", "//")) or (_scheme(written) and not mark):
        return value
    if "\\" in written:  # Windows' sign, which the check of links speaks of
        return (mark or "{static}") + written
    try:
        parts = urlsplit(written)
    except ValueError:
        return value
    if parts.path.startswith("/") and not mark:
        path = content.settings["SITEURL"] + quote(unquote(parts.path))
    elif parts.path:
        mark = mark or ("{filename}" if parts.path.endswith(".md") else "{static}")
        path = quote(f"/{_file(content, parts.path)}")
    else:
        return value
    address = mark + parts._replace(path=path).geturl()
    content.written.setdefault(address, []).append(written)
    return address


def _file(content: Content, path: str) -> str:
    """Return the path of a file in content/, as it is named there."""
    folder = "" if path.startswith("/") else posixpath.dirname(content.relative_source_path)
    relative = posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/")))
    return name_on_disk(content.settings["PATH"], relative)


def _srcset(content: Content, attributes: Attributes) -> str:
    """Pelican resolves no links in a srcset, so each candidate becomes a path of the site."""
    candidates = [candidate.split() for candidate in str(attributes["srcset"]).split(",")]
    written = []
    for path, *size in filter(None, candidates):
        if not _scheme(path) and not path.startswith("//"):
            path = f"{content.settings['SITEURL']}/{quote(_file(content, path))}"
        written.append(" ".join([path, *size]))
    return ", ".join(written)


def check_links(generators: list[Generator]) -> None:
    """Report every link in a published or scheduled text that leads nowhere.

    Those of drafts stop nothing yet: they are kept in the context, as `problems_of_drafts`.
    """
    settings, context = generators[0].settings, generators[0].context
    context["PUBLISHED"] = _published(generators)
    of_drafts = context.setdefault("problems_of_drafts", [])
    for content in context["generated_content"].values():
        if content is not None:
            found = of_drafts if is_draft(content) else collected(settings)
            found.extend(problems_of(content, context))


def is_draft(content: Content) -> bool:
    """Whether she keeps it back herself."""
    return bool(content.metadata.get("status") == "draft")


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
    times: Counter[str] = Counter()
    texts = context["generated_content"]
    for thing, value in links_of(content):
        target = texts.get(plain[1]) if (plain := PLAIN.fullmatch(value)) else None
        if target and target.status != "draft":
            continue  # as nearly all links; another with the same address is right as well
        mark = next((mark for mark in MARKS if value.startswith(mark)), "")
        stood = content.written.get(value, [value.removeprefix(mark)])
        written = stood[min(times[value], len(stood) - 1)]
        times[value] += 1
        if mark:
            wrong = _wrong_file(content, value.removeprefix(mark), written, context, thing)
        elif value.startswith("{"):
            wrong = "the words in curly brackets are not known", "Write the path of the file."
        elif value.startswith("/") and not value.startswith("//"):
            wrong = _wrong_address(value, content.settings["SITEURL"], context["PUBLISHED"], thing)
            if wrong and (meant := _meant(content, written)):
                wrong = wrong[0], meant
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
    content: Content, address: str, written: str, context: dict[str, Any], thing: str
) -> tuple[str, str] | None:
    path = unquote(urlsplit(address).path)
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
        how = _meant(content, written) or f"Put the file into {home} and name it there."
        return "it leads out of content/", how
    if not file.is_file():
        whole = _file(content, written)
        if whole != relative and (root / whole).is_file():
            how = f"Write: {quote(unquote(written), safe='/')}"
            return "in an address, # and ? begin something else", how
        return _missing_file(content, root, relative, written)
    if same := [name for name in find_meant(root, relative) if _differs(name, relative)]:
        # On a Mac and in Windows the file is found all the same, but not on the web.
        return f"the file is named {same[0].rpartition('/')[2]}", _meant(content, written)
    if file.suffix != ".md" and relative.split("/")[0] not in content.settings["STATIC_PATHS"]:
        return "that file is not published", "Move it to content/images or content/downloads."
    return None


def _is_published_file(relative: str, context: dict[str, Any]) -> bool:
    """Whether it is copied as it is; Pelican's static_content also has links that lead nowhere."""
    if relative.split("/")[0] not in context["STATIC_PATHS"]:
        return False
    return relative in context["static_content"] and Path(context["PATH"], relative).is_file()


def _differs(name: str, relative: str) -> bool:
    """Whether two paths are the same but for capitals."""
    return name != relative and same_name(name) == same_name(relative)


def _meant(content: Content, written: str) -> str:
    """Ask for the file that may be meant; "" if none is like it."""
    root, folder = content.settings["PATH"], posixpath.dirname(content.relative_source_path)
    path = unquote(re.split(r"[?#]", written)[0]).replace("\\", "/")
    return did_you_mean(
        Path(root), posixpath.normpath(posixpath.join(folder, path.lstrip("/"))), folder
    )


def _missing_file(content: Content, root: Path, relative: str, written: str) -> tuple[str, str]:
    """Say what is missing, and what she may have meant."""
    if written.startswith("www."):
        return "there is no such file", f"For a website, write: https://{written}"
    if re.fullmatch(r"[^@/\s]+@[^@/\s]+", written):
        return "there is no such file", f"For an e-mail address, write: mailto:{written}"
    if (root / f"{relative}.md").is_file():
        return "there is no such file", f"Write it with its ending: {written}.md"
    how = _meant(content, written) or "Check the name, or remove it here."
    return f"there is no file content/{relative}", how


def _wrong_address(
    value: str, base: str, published: set[str], thing: str
) -> tuple[str, str] | None:
    path = unquote(urlsplit(value).path).removeprefix(base)
    if path.lstrip("/") in published:
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


def _published(generators: list[Generator]) -> set[str]:
    """Return the path of each page, list and file, without the leading slash."""
    settings, context = generators[0].settings, generators[0].context
    found = {"", settings["ARCHIVES_URL"], "search/", "contact.vcf", "feeds/all.opml"}
    found |= {f"feeds/all.{kind}" for kind in ("rss.xml", "atom.xml", "feed.json")}
    if settings["COMMENTS"] == "on":
        found.add("feeds/comments.atom.xml")
    if settings["GLOSSARY_URL"]:
        found.add(settings["GLOSSARY_URL"])
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            contents = [*generator.articles, *generator.hidden_articles]
            found |= {word.url for word, _ in generator.categories}
            found |= {word.url for word in generator.tags}
            words = [*(topic for topic, _ in generator.categories), *generator.tags]
            found |= {f"feeds/{word.url.rstrip('/')}.rss.xml" for word in words}
        elif isinstance(generator, PagesGenerator):
            contents = [*generator.pages, *generator.hidden_pages]
        else:
            continue
        found |= {content.url for content in contents}
    return found | set(context["static_content"])


def address_files(generator: StaticGenerator) -> None:
    """Give each file an address in which every sign of its name is itself."""
    for static in generator.context["staticfiles"]:
        static.override_url = quote(os.fsencode(static.save_as))  # in whatever encoding it is


def leave_files_to_their_folders(generator: PagesGenerator) -> None:
    """Have Pelican look for no file because of a link: it misreads some, and all are found."""
    generator.context["static_links"].clear()


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(use_pelicans_links)
    signals.page_generator_finalized.connect(leave_files_to_their_folders)
    signals.static_generator_finalized.connect(address_files)
    signals.all_generators_finalized.connect(check_links)
