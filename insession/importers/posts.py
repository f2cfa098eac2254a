"""Which entries of the export become texts here, and under which names."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from insession.common.problems import Problems
from insession.content.front_matter import ArticleHeader, read_file
from insession.content.ids import default_id, permanent_ids
from insession.content.text_file import find_texts
from insession.content.url_ledger import Ledger, is_reserved
from insession.importers.old_urls import Place
from insession.importers.parsing import words_of
from insession.importers.report import Report
from insession.importers.slugs import slug_of
from insession.importers.wxr import Export, Item

PUBLISHED = {"publish", "future"}
LEFT_OUT = {
    "trash": "in the bin",
    "auto-draft": "saved by WordPress before anything was written",
    "inherit": "earlier versions that WordPress kept",
}
TITLE_WORDS = 8


@dataclass
class Post:
    """One text that comes along. `said` is what she should know about it as a whole."""

    item: Item
    kind: str  # article or page
    id: str
    title: str
    status: str  # published or draft
    date: datetime
    said: list[str] = field(default_factory=list)
    language: str = ""  # if it isn't that of this site

    @property
    def owner(self) -> str:
        """The text as the ledger names it."""
        return f"{self.kind}:{self.id}"

    @property
    def place(self) -> Place:
        """Where it is, and from when on."""
        live = None if self.status == "draft" else self.date
        return Place(f"{self.kind}s/{self.id}.md", live)


def source_of(item: Item, export: Export) -> str:
    """Return what names an entry for ever: WordPress's own permanent identifier."""
    return item.guid or f"{export.home} {item.id}"


def find_places(content: Path, ledger: Path) -> dict[str, Place]:
    """Return the texts that are in content/ already, by kind and id.

    Raises Problems if the ledger can't be read.
    """
    found, ids = {}, permanent_ids(content, ledger).by_file
    for kind in ("article", "page"):
        for path in find_texts(content, f"{kind}s"):
            file = path.relative_to(content).as_posix()
            id_, live = ids.get(file, default_id(file)), None
            with suppress(Problems):  # the next build says what is wrong with it
                header, _ = read_file(path, path.name, kind == "page")
                id_ = header.id or id_
                date = datetime.min
                if isinstance(header, ArticleHeader):
                    date = header.date.replace(tzinfo=None)
                live = None if header.status == "draft" else date
            found[f"{kind}:{id_}"] = Place(file, live)
    return found


def addresses_of(content: Path, texts: Mapping[str, Place]) -> dict[str, str]:
    """Return the address of each text that is in content/ already, by kind and id."""
    found = {}
    for owner, place in texts.items():
        slug, is_page = "", owner.startswith("page")
        with suppress(Problems):
            slug = read_file(content / place.file, place.file, is_page)[0].slug or ""
        found[owner] = f"/{slug or slug_of(Path(place.file).stem)}/"
    return found


def choose(export: Export, known: Mapping[str, str], report: Report, now: datetime) -> list[Post]:
    """Return the texts that come along, still without their names, and tell of the others."""
    chosen = []
    for item in export.texts:
        if source_of(item, export) in known:
            report.leave_out("imported before; they stay as they are")
        elif item.status in LEFT_OUT:
            report.leave_out(LEFT_OUT[item.status], words_of(item.title))
        else:
            chosen.append(_text(item, now))
    return chosen


def _text(item: Item, now: datetime) -> Post:
    said = list(item.healed)
    title = words_of(item.title)
    if not title:
        words = words_of(item.body).split()[:TITLE_WORDS]
        title = " ".join(words)[:60].rstrip(" .,;:") or f"Untitled {item.id}".strip()
        said.append(f"It had no title; it is called “{title}” now.")
    status = "published" if item.status in PUBLISHED else "draft"
    if item.has_password and status == "published":
        status = "draft"
        said.append("It was protected by a password, which this site can't do; it is a draft now.")
    elif item.status == "private":
        said.append("It was private, for you alone; it is a draft now.")
    date = date_of(item.date) or date_of(item.modified)
    kind = "page" if item.kind == "page" else "article"
    if date is None and kind == "page":
        date = datetime.min  # pages show no date, so none is made up
    elif date is None:
        date = now.replace(second=0, microsecond=0)
        is_none = not item.date.strip("0-: ")
        was = "It had no date" if is_none else f"Its date “{item.date}” can't be read"
        said.append(f"{was}; it has today's.")
    if item.status == "future" and status == "published" and (kind == "page" or date <= now):
        status = "draft"
        why = "Pages can't wait" if kind == "page" else "Whether it did, the export can't know"
        said.append(f"It was to appear on {date:%Y-%m-%d}. {why}; it is a draft now.")
    return Post(item, kind, "", title, status, date, said)


def date_of(text: str) -> datetime | None:
    """Return a date as WordPress writes it; it writes 0000-00-00 where there is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def give_names(texts: list[Post], taken: set[str], ledger: Ledger, old: Mapping[str, Post]) -> None:
    """Give each text a name that no file, id, slug or other text's old address has.

    `taken` are files, ids and slugs that are there, `old` the texts by their old addresses.
    """
    taken = {name.casefold() for name in taken}
    for text in texts:
        first = slug_of(text.item.slug) or slug_of(text.title) or f"{text.kind}-{text.item.id}"
        name, count = first, 1
        while (
            name in taken
            or is_reserved(f"/{name}/")
            or old.get(f"/{name}/", text) is not text
            or ledger.get(f"/{name}/", f"{text.kind}:{name}") != f"{text.kind}:{name}"
        ):
            count += 1
            name = f"{first}-{count}"
        if count > 1 and first in taken:
            text.said.append(f"The name “{first}” was taken, so it is “{name}” here.")
        text.id = name
        taken.add(name)
