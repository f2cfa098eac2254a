"""The import from the export to finished Markdown; nothing is written yet (writer.py does)."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from insession.common.problems import Problem, Problems
from insession.common.progress import progress
from insession.content.practice import PracticeFile, read_practice
from insession.content.text_file import find_texts
from insession.content.url_ledger import Ledger, read_ledger
from insession.importers.adapt_html import adapt
from insession.importers.front_matter_out import (
    TOPIC,
    header_of,
    summary_words,
    topic_and_tags,
)
from insession.importers.media import Media, NotUsableError
from insession.importers.old_urls import OldBlog
from insession.importers.packed import Packed, pack
from insession.importers.posts import (
    Post,
    addresses_of,
    choose,
    find_places,
    give_names,
    source_of,
)
from insession.importers.raw_html import whole_html
from insession.importers.redirect_map import kept, old_address, written_as
from insession.importers.report import Report, counted
from insession.importers.rewrite_links import Desk
from insession.importers.taxonomies import lists_of
from insession.importers.to_markdown import to_markdown
from insession.importers.todo_notes import Notes
from insession.importers.writer import RECORD, read_record
from insession.importers.wxr import Export, read_export

LETTERS = 500  # how many are looked at to tell a text's script
LATIN = {"de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv"}
# A language written in each script, by the first word of its signs' names in Unicode. Japanese
# has Chinese signs as well, so its own stand first.
WRITTEN_IN = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru",
    "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "DEVANAGARI": "hi", "THAI": "th",
}  # fmt: skip
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

# Entries that WordPress keeps for itself; nobody misses them.
ITS_OWN = {
    "custom_css", "customize_changeset", "nav_menu_item", "oembed_cache", "revision",
    "user_request", "wp_font_face", "wp_font_family", "wp_global_styles", "wp_navigation",
    "wp_template", "wp_template_part",
}  # fmt: skip


@dataclass
class Import:
    """All that is known while one export is brought in; `files` is what will be written."""

    root: Path
    practice: PracticeFile
    export: Export
    media: Media
    ledger: Ledger
    record: dict[str, str]
    texts: list[Post]
    old: OldBlog
    report: Report
    now: datetime
    files: dict[str, Packed] = field(default_factory=dict)


def prepare(root: Path, file: Path, media: Path | None) -> Import:
    """Read WordPress's export and make everything that is to be written. Raises Problems."""
    if media is not None and not media.is_dir():
        how = "Name the folder in which WordPress keeps pictures: wp-content/uploads"
        raise Problems([Problem(str(media), 0, "there is no such folder.", how)])
    export = read_export(file)
    export.name = export.home or file.name
    return prepare_texts(root, export, Media(media, root / "content"))


def prepare_texts(root: Path, export: Export, pictures: Media) -> Import:
    """Make everything that is to be written of a blog. Raises Problems."""
    content = root / "content"
    practice = read_practice(content / "practice.toml")
    ledger, record = read_ledger(root / "urls.json"), read_record(root / RECORD)
    base = practice.site.base_path
    now = datetime.now(ZoneInfo(practice.site.timezone)).replace(tzinfo=None)
    there = find_places(content, root / "urls.json")
    report = Report(export.name, remarks=export.damaged)
    texts = choose(export, record, report, now)
    work = Import(
        root, practice, export, pictures, ledger, record, texts, OldBlog(export.home), report, now
    )
    addresses = set(addresses_of(content, there).values())
    slugs = (address.strip("/") for address in addresses)
    names = {owner.partition(":")[2] for owner in there}
    old = {address: text for text in reversed(texts) if (address := old_address(text, base))}
    give_names(texts, {*slugs, *names, *_stems(content)}, ledger, old)
    _count_others(export.others, report.left_out)
    by_source = {source_of(item, export): item for item in export.texts}
    for source, owner in record.items():
        if source in by_source and owner in there:
            work.old.add(there[owner], written_as(by_source[source]))
    for text in texts:
        work.old.add(text.place, written_as(text.item))
    for attachment in export.attachments.values():
        work.old.add_file(attachment.file_url, written_as(attachment))
    lists = lists_of(export, texts, now)
    for address, owner in lists.items():
        work.old.add_list(address, f"/{owner.replace(':', '/')}/")
    work.ledger = kept(ledger, addresses, texts, lists, export, base)
    with progress("Importing the texts", len(texts)) as advance:
        for text in texts:
            _prepare_text(text, work)
            record[source_of(text.item, export)] = text.owner
            advance(1)
    _remark(work)
    return work


def _stems(content: Path) -> set[str]:
    return {path.stem for kind in ("articles", "pages") for path in find_texts(content, kind)}


def _count_others(kinds: list[str], left_out: Counter[str]) -> None:
    for kind, count in Counter(kinds).items():
        if kind not in ITS_OWN:
            left_out[f"of the kind “{kind}”, which a plugin or theme had made"] += count


def _prepare_text(text: Post, work: Import) -> None:
    """Turn one text into a file, and keep what is to be said about it."""
    shown = f"content/{text.place.file}"
    notes = Notes()
    desk = Desk(
        text.item, text.place, work.now, work.old, work.media, work.export.attachments, notes
    )
    try:
        soup = adapt(whole_html(text.item, work.export, notes), desk)
        words, body = summary_words(soup), to_markdown(soup)
    except RecursionError:
        what = f"“{text.title}” can't be imported: its elements are nested without end."
        raise Problems(
            [Problem(shown, 0, what, "Mend it in WordPress and export again.")]
        ) from None
    here = work.practice.site.language
    text.language = old_language(text.item.language or work.export.language, here)
    if not text.language:
        said = seems_foreign(f"{text.title} {words}", work.practice.site.language)
        text.said += [said] if said else []
    header = header_of(text, words, _cover(text, work))
    body, lines = notes.settle(body, header.count("\n") + 1)
    if not body:
        text.said.append("It has no text.")
    work.files[text.place.file] = pack(f"{header}{body}".rstrip("\n") + "\n")
    was = text.item.file or text.item.link or f"“{text.title}”"
    work.report.places.append((was, shown))
    work.report.came[text.kind] += 1
    work.report.came["draft"] += text.status == "draft"
    if noted := [*((0, words) for words in text.said), *lines]:
        work.report.lines[shown] = noted


def _cover(text: Post, work: Import) -> tuple[str, str] | None:
    """The featured image with its description."""
    attachment = work.export.attachments.get(text.item.meta.get("_thumbnail_id", ""))
    if attachment is None or text.kind != "article":
        return None
    name = attachment.file_url.rpartition("/")[2]
    try:
        picture = work.media.take(attachment.file_url)
    except NotUsableError as why:
        text.said.append(f"Its featured image {name} is left out: {why}.")
        return None
    alt = " ".join(attachment.meta.get("_wp_attachment_image_alt", "").split())
    if not alt:
        text.said.append(
            f"Its featured image has no description, so it isn't shown. Add to the header: "
            f"cover: {picture}, and on the next line cover_alt: and what one sees on it."
        )
        return None
    return (picture, alt) if picture.startswith("images/") else None


def _remark(work: Import) -> None:
    """Say what concerns many texts at once."""
    came = work.report.came
    came["image"] = sum(target.startswith("images/") for target in work.media.copies)
    came["download"] = len(work.media.copies) - came["image"]
    work.report.places += [
        (source.as_posix(), f"content/{target}") for target, source in work.media.copies.items()
    ]
    if work.media.missing and work.media.folder is None:
        work.report.remarks.append(
            f"{counted(len(work.media.missing), 'file').capitalize()} of the old blog "
            "stayed behind. To bring them along, get its folder wp-content/uploads, remove what "
            f"was imported now and {RECORD}, and import again with --media and the folder's name."
        )
    articles = [text for text in work.texts if text.kind == "article"]
    without = sum(not topic_and_tags(text)[0] for text in articles)
    if without:
        work.report.remarks.append(
            f"{counted(without, 'article').capitalize()} had no category. "
            f"They stand under the topic “{TOPIC}”; choose a better one in their headers."
        )


def old_language(old: str, here: str) -> str:
    """Return the old blog's language, as its export says it, if it is another than here; or ""."""
    return old if CODE.fullmatch(old) and old[:2] != here[:2] else ""


def seems_foreign(words: str, here: str) -> str:
    """Return what to say about a text whose letters are not those of the site's language, or ""."""
    letters = [sign for sign in words if sign.isalpha()][:LETTERS]
    scripts = Counter(unicodedata.name(sign, "").partition(" ")[0] for sign in letters)
    if here[:2] not in LATIN or (len(letters) - scripts["LATIN"]) * 2 <= len(letters):
        return ""
    example = next((code for script, code in WRITTEN_IN.items() if scripts[script]), "ru")
    return (
        f"It seems to be in another language. Say which in its header, for instance "
        f"lang: {example}, so that it is read aloud and set rightly."
    )
