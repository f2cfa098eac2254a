"""A folder of Markdown files, as Jekyll, Hugo, Eleventy, Zola and others keep a blog, as an Export.

From there on it goes the way of one from WordPress: names, old addresses, pictures, drafts and the
report are the same. Only files inside the folder are read, and no link is followed.
"""

import os
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

from insession.common.invisible import remove_invisible
from insession.common.problems import Problem, Problems
from insession.common.progress import progress
from insession.content.foreign_header import read_foreign
from insession.content.front_matter import ArticleHeader
from insession.content.header_values import Translation
from insession.content.translate_header import translate
from insession.importers.decode import GUESSED, decode
from insession.importers.markdown_html import render
from insession.importers.packed import pack
from insession.importers.parsing import attribute, parse
from insession.importers.permalinks import DATED, Program, address_in, find_program
from insession.importers.slugs import site_slug
from insession.importers.wxr import Export, Item

NOWHERE = "https://the-old-blog.invalid"  # where the settings don't say where the blog was
TEXTS = {".md", ".markdown", ".mdown", ".mkd"}
PASSED_OVER = {"node_modules", "_site", "vendor", "themes", "resources", "_includes", "_layouts"}
HOMES = ("", "static", "assets", "public", "src", "content", "src/static", "src/public")
POSTS = {"_posts", "posts", "post", "blog", "articles", "journal", "writing", "essays"}
LARGEST = 5_000_000  # bytes of one text
MORE = ("content_note", "series", "reviewed", "quick_exit")  # fields that come along as they are
AT_UPLOADS = "/wp-content/uploads/"  # where the import looks for files


@dataclass
class MarkdownFile:
    """A text in the folder, with its header read."""

    file: str
    header: Translation
    data: Mapping[str, Any]
    body: str
    link: str


def read_blog(folder: Path) -> Export:
    """Read a folder. Raises Problems if there is no text in it."""
    program = find_program(folder)
    home = program.home or NOWHERE
    files = find_files(folder)
    export = Export(home=home, language=_language(program), name=folder.name or str(folder))
    export.lists = ("categories", "tags")
    sources: list[MarkdownFile] = []
    for file in sorted(files):
        if Path(file).suffix.lower() not in TEXTS or _is_list(file):
            continue
        if source := _source(files[file], file, program, home, export):
            sources.append(source)
    if not sources:
        what = "there is no blog in this folder: no text with a header (title, date) between lines."
        how = "Name the folder that has the settings of your blog in it, or its posts."
        raise Problems([Problem(str(folder), 0, what, how)])
    links = {source.file: source.link for source in sources}
    with progress("Reading the texts", len(sources)) as advance:
        for source in sources:
            export.texts.append(_item(source, program, home, files, links, export))
            advance(1)
    return export


def find_files(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by their paths in it; none that is hidden, or a link."""
    found = {}
    for place, names, files in os.walk(folder):
        names[:] = [name for name in names if name[0] != "." and name not in PASSED_OVER]
        for name in files:
            path = Path(place) / name
            if name[0] != "." and not path.is_symlink():
                found[path.relative_to(folder).as_posix()] = path
    return found


def _is_list(file: str) -> bool:
    return Path(file).stem in {"_index", "README", "CHANGELOG", "LICENSE", "CONTRIBUTING"}


def _language(program: Program) -> str:
    keys = ("lang", "languagecode", "default_language", "locale")
    found = (program.settings.get(key) for key in keys)
    return next((text for text in found if text and isinstance(text, str)), "")


def _source(
    path: Path, file: str, program: Program, home: str, export: Export
) -> MarkdownFile | None:
    """Read one text; None if it has no header, which is said."""
    if path.stat().st_size > LARGEST:
        export.damaged.append(f"{file} is left out: it is too large for a text.")
        return None
    with path.open("rb") as opened:
        text = remove_invisible("".join(decode(opened)).replace(GUESSED, ""))
    header = read_foreign(text.removeprefix("\ufeff"))
    if header is None:
        export.damaged.append(f"{file} is left out: it has no header that can be read.")
        return None
    parent = Path(file).parent.name
    stem = parent if Path(file).stem == "index" and parent else Path(file).stem
    made = translate(header.data, ArticleHeader.model_fields, stem)
    if not made.fields.get("date") and (dated := DATED.fullmatch(stem)):
        made.fields["date"] = f"{dated[1]}-{int(dated[2]):02}-{int(dated[3]):02}"
    date = _date(made.fields.get("date", ""))
    own = str(header.data.get("slug") or "")
    link = home + quote(
        unquote(address_in(program, file, date, own, header.data)), safe="/.:@~+!$&'()*,;=-_"
    )
    return MarkdownFile(file, made, header.data, header.body, link)


def _date(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(str(written)).replace(tzinfo=None)
    except ValueError:
        return None


def _item(
    source: MarkdownFile,
    program: Program,
    home: str,
    files: Mapping[str, Path],
    links: Mapping[str, str],
    export: Export,
) -> Item:
    """Return a text as an entry of an export."""
    fields, made = source.header.fields, source.header

    def find(name: str) -> str:
        return _find_text(name, source.file, links)

    html, said = render(source.body, find)
    soup = parse(html)
    said += _settle(soup, source, home, files, links)
    said += [each for each in made.remarks if not each.startswith("Put its picture")]
    said += [
        f"Its header had “{key}: {value}”, which has no place here."
        for key, value in made.kept.items()
        if value != made.picture
    ]
    meta = {}
    if picture := _find_file(made.picture, source.file, files):
        meta["_thumbnail_id"] = picture
        export.attachments[picture] = make_item(
            kind="attachment",
            file_url=home + AT_UPLOADS + quote(picture),
            meta={"_wp_attachment_image_alt": made.picture_alt},
        )
    elif made.picture:
        said.append(f"Its picture {made.picture} is left out: it is not in this folder.")
    parts = Path(source.file).parts
    status = str(fields.get("status", "published"))
    is_draft = status == "draft" or "_drafts" in parts
    if status == "hidden" and not is_draft:
        said.append("It was listed nowhere; it is a draft now. With status: hidden it is so again.")
    is_post = bool(fields.get("date")) or bool(POSTS & set(parts[:-1])) or "_drafts" in parts
    title = " ".join(str(fields.get("title") or "").split())
    title = _heading(soup, title) or title or Path(source.file).stem
    topic, tags = str(fields.get("topic") or ""), fields.get("tags") or []
    tags = [tags] if isinstance(tags, str) else [str(tag) for tag in tags]
    return make_item(
        kind="post" if is_post else "page",
        status="draft" if is_draft or status == "hidden" else "publish",
        title=escape(title, quote=False),
        link=source.link,
        guid=f"{program.name or 'markdown'}:{source.file}",
        slug=str(fields.get("slug") or "") or _name(source.link),
        date=str(fields.get("date") or ""),
        modified=str(fields.get("modified") or ""),
        packed=pack(f"<!-- wp:html -->{str(soup).replace('[', '&#91;')}<!-- /wp:html -->"),
        excerpt=escape(str(fields.get("summary") or ""), quote=False),
        takes_comments=fields.get("comments") not in {"closed", "off"},
        categories=((site_slug(topic), topic),) if topic else (),
        tags=tuple((site_slug(tag), tag) for tag in tags),
        meta=meta,
        healed=tuple(dict.fromkeys(said)),
        aliases=tuple(urljoin(home, each) for each in made.old_addresses),
        file=source.file,
        language=str(fields.get("lang") or ""),
        more={key: str(fields[key]) for key in MORE if fields.get(key)},
    )


def make_item(**known: Any) -> Item:
    """Return an entry of which only some things are known."""
    texts = ("id", "kind", "status", "title", "link", "guid", "slug", "date", "modified")
    nothing: dict[str, Any] = dict.fromkeys((*texts, "excerpt", "parent", "file_url"), "")
    nothing |= {"packed": pack(""), "has_password": False, "takes_comments": True}
    nothing |= {"categories": (), "tags": (), "meta": {}}
    return Item(**(nothing | known))


def _heading(soup: BeautifulSoup, title: str) -> str:
    """Take the heading that stands for the title, or says it once more."""
    heading = soup.find("h1")
    words = " ".join(heading.get_text().split()) if heading else ""
    if heading is None or (title and words.casefold() != title.casefold()):
        return ""
    heading.decompose()
    return title or words


def _name(link: str) -> str:
    """Return the last word of an address."""
    path = unquote(urlsplit(link).path).rstrip("/")
    return re.sub(r"\.html?$", "", path.rpartition("/")[2])


def _settle(
    soup: BeautifulSoup,
    source: MarkdownFile,
    home: str,
    files: Mapping[str, Path],
    links: Mapping[str, str],
) -> list[str]:
    """Give links and pictures to what is in the folder the addresses that the import knows."""
    said, known = [], {urlsplit(link).path.rstrip("/") for link in links.values()}
    base = urlsplit(home).path  # the folder in which the blog lay
    for element in soup.find_all(["a", "img", "source", "video", "audio", "iframe", "embed"]):
        name = "href" if element.name == "a" else "src"
        address = attribute(element, name).strip()
        inside = address.removeprefix(home) if address.startswith(f"{home}/") else address
        if not inside or inside.startswith("#") or re.match(r"[a-z][a-z0-9+.-]*:|//", inside, re.I):
            continue
        inside = inside.removeprefix(base) if inside.startswith(f"{base}/") else inside
        path, _, rest = inside.partition("#")
        if text := _find_text(path.partition("?")[0], source.file, links):
            element[name] = text + (f"#{rest}" if rest else "")
        elif file := _find_file(path, source.file, files):
            element[name] = home + AT_UPLOADS + quote(file)
        elif element.name == "img":
            said.append(f"A picture is left out ({address}): it is not in this folder.")
            alt = attribute(element, "alt").strip()
            element.replace_with(f"(Picture: {alt})" if alt else "")
        elif home == NOWHERE and element.name == "a":
            target = urljoin(source.link, inside)
            element[name] = target
            if urlsplit(target).path.rstrip("/") not in known:
                said.append(f"The link to {address} is taken out: nothing came along from there.")
                element.unwrap()
        elif inside.startswith("/"):
            element[name] = home + inside
    return said


def _find_file(address: str, file: str, files: Mapping[str, Path]) -> str:
    """Return the path in the folder of a file that a text names, or ""."""
    if not address or re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.I):
        return ""
    path = unquote(address.partition("?")[0])
    beside = [] if path.startswith("/") else [posixpath.join(posixpath.dirname(file), path)]
    tried = beside + [posixpath.join(each, path.lstrip("/")) for each in HOMES]
    return next((name for each in tried if (name := posixpath.normpath(each)) in files), "")


def _find_text(name: str, file: str, links: Mapping[str, str]) -> str:
    """Return the address of the text that a link or a tag names by its file, or ""."""
    name, _, place = unquote(name).partition("#")
    name = name.removeprefix("@/").lstrip("/")
    if not name:
        return ""
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(file), name))
    inside = [posixpath.join(each, name) for each in ("", "content", "_posts", "src")]
    endings = ("", ".md", ".markdown", "/index.md")
    tried = (f"{each}{ending}" for each in (beside, *inside) for ending in endings)
    found = next((links[each] for each in tried if each in links), "")
    if not found and "." not in posixpath.basename(name).removesuffix(".md"):
        ends = [link for each, link in links.items() if Path(each).stem == Path(name).stem]
        is_sure = len(ends) == 1 and ("/" not in name or name.endswith(".md"))
        found = ends[0] if is_sure else ""
    return f"{found}#{place}" if found and place else found
