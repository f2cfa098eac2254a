"""`import wordpress FILE.xml`: what is typed, what is answered, and the comments, if wanted."""

import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from insession.comments import Refusal, published_writer, store
from insession.comments.cli_support import on_any_machine, perform
from insession.comments.config import Config
from insession.common.problems import Problem, Problems, listed
from insession.importers import comments as importer
from insession.importers.comment_formats import Imported, read
from insession.importers.ghost import read_ghost
from insession.importers.markdown_blog import read_blog
from insession.importers.media import Media
from insession.importers.posts import addresses_of, find_places, source_of
from insession.importers.wordpress import Import, prepare, prepare_texts
from insession.importers.writer import write

REPORT = "import-report.txt"
MARKDOWN = {"markdown", "jekyll", "hugo", "eleventy", "zola", "ghost"}
UNKNOWN = """\
From “{kind}” nothing can be imported yet, only from WordPress and from Markdown files
(of Jekyll, Hugo, Eleventy, Zola, Ghost):
    python3 tasks.py import wordpress export.xml
    python3 tasks.py import markdown folder"""
NO_COMMENTS = (
    "There are no comments in Markdown files. “comments.import” brings them from elsewhere."
)
NEXT = """\
Type “python3 tasks.py preview” to read it all. This report is kept in {report}.
Keep urls.json and imported.json with your blog: they know the old addresses, and what has come."""


def bring_in(
    kind: str,
    file: str,
    with_comments: bool,
    media: str,
    root: Path = Path(),
    pages: Iterable[str] = (),
) -> int:
    """Import an export and say what happened. Returns the exit code.

    `pages` are old addresses with the articles that they are now, for comments.
    """
    if kind.lower() not in {"wordpress", *MARKDOWN}:
        print(UNKNOWN.format(kind=kind), file=sys.stderr)
        return 1
    if with_comments and kind.lower() != "wordpress":
        print(NO_COMMENTS, file=sys.stderr)
        return 1
    try:
        if kind.lower() == "wordpress":
            work = prepare(root, Path(file), Path(media) if media else None)
        else:
            work = _prepare_markdown(root, Path(file), Path(media) if media else None)
        comments = read(Path(file)) if with_comments else []
        write(root, work.files, work.media.copies, work.record, work.ledger)
    except Problems as found:
        print(f"{listed(found.problems)}\n\nNothing was imported.", file=sys.stderr)
        return 1
    except Refusal as why:
        print(f"{why}\n\nNothing was imported.", file=sys.stderr)
        return 1
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"{place}{error.strerror or error}.\n\nNothing was imported.", file=sys.stderr)
        return 1
    print(work.report)
    if work.texts:
        (root / REPORT).write_text(f"{work.report.whole}\n", encoding="utf-8", newline="\n")
        print(f"\n{NEXT.format(report=REPORT)}")
    if with_comments:
        return perform(_comments, comments, work, pages, setup=on_any_machine)
    return 0


def _prepare_markdown(root: Path, place: Path, media: Path | None) -> Import:
    """Read a folder of Markdown files, or the file that Ghost exports. Raises Problems."""
    content = root / "content"
    if place.is_file():
        return prepare_texts(root, read_ghost(place), Media(media, content))
    if not place.is_dir():
        how = "Name the folder of your blog, the one with its settings in it."
        raise Problems([Problem(str(place), 0, "there is no such folder.", how)])
    if place.resolve().is_relative_to(root.resolve()) and content.resolve() in (
        place.resolve(),
        *place.resolve().parents,
    ):
        how = "Name the folder of the other blog. “check --fix” mends headers of texts in content/."
        raise Problems([Problem(str(place), 0, "this is your content here.", how)])
    return prepare_texts(root, read_blog(place), Media(place, content, is_blog=True))


def _comments(config: Config, comments: list[Imported], work: Import, pages: Iterable[str]) -> None:
    """Bring the comments to the articles that came, now or before."""
    content = work.root / "content"
    there = find_places(content, work.root / "urls.json")
    addresses = {
        owner.removeprefix("article:"): address
        for owner, address in addresses_of(content, there).items()
        if owner.startswith("article:")
    }
    named = [*_named(work, addresses), *pages]
    articles = importer.ArticleFinder(addresses, config.site_url, named)
    drafts = {owner.removeprefix("article:") for owner, at in there.items() if at.live is None}
    config.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(store.connect(config.database)) as connection:
        report = importer.bring_in(connection, comments, articles, drafts)
        published_writer.write(connection, config)
    print(f"\n{report}")


def _named(work: Import, addresses: Mapping[str, str]) -> list[str]:
    """Which article each old address, and each name in the old blog, means now."""
    pairs = []
    for item in work.export.texts:
        kind, _, id_ = work.record.get(source_of(item, work.export), "").partition(":")
        if kind == "article" and id_ in addresses:
            pairs += [f"{page}={id_}" for page in (item.link, item.slug) if page]
    return pairs
