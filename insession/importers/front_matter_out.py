"""The header of an imported text: YAML as content/front_matter.py reads it, safely quoted."""

import re
from datetime import timedelta
from typing import Any

import yaml
from bs4 import BeautifulSoup, Tag

from insession.importers.adapt_html import ADDRESS
from insession.importers.parsing import unmarked, words_of
from insession.importers.posts import Post, date_of
from insession.importers.shortcodes import TAG
from insession.importers.slugs import slug_of
from insession.importers.todo_notes import MARK

SUMMARY = 160  # signs: what search engines show of it
TOPIC = "Other thoughts"  # for articles that had no category
ASIDE = ["blockquote", "dd", "li", "table"]  # what no summary begins with
NO_CATEGORY = {"uncategorized", "uncategorised"}
ADDRESSES = re.compile(r"^(?:\W*https?://\S+)+\s*")  # of a film, for instance
SENTENCE = re.compile(r".+?[.!?…。！？؟]+[”\"’')\]]*(?=\s|$)|.+?[。！？]|.+$", re.S)


def header_of(text: Post, shown: str, cover: tuple[str, str] | None) -> str:
    """Return the lines from --- to ---.

    `shown` is the text's words, for the summary; `cover` a picture and what one sees on it.
    """
    is_article = text.kind == "article"
    values: dict[str, Any] = {"title": unmarked(text.title)}
    if is_article:
        values["date"] = f"{text.date:%Y-%m-%d %H:%M}"
    modified = date_of(text.item.modified)
    if modified and modified - text.date >= timedelta(days=1) and text.status == "published":
        values["modified"] = f"{modified:%Y-%m-%d %H:%M}"
    values["summary"] = unmarked(summary_of(text.item.excerpt, shown) or text.title)
    if is_article:
        topic, tags = topic_and_tags(text)
        values["topic"] = topic or TOPIC
        values |= {"tags": tags} if tags else {}
    if text.status == "draft":
        values["status"] = "draft"
    if text.language:
        values["lang"] = text.language
    values |= text.item.more
    if is_article and not text.item.takes_comments:
        values["comments"] = "closed"
    if is_article and cover:
        values["cover"], values["cover_alt"] = cover
    rows = [f"{key}: {_written(value)}" for key, value in values.items()]
    return "\n".join(["---", *rows, "---", "", ""])


def topic_and_tags(text: Post) -> tuple[str, list[str]]:
    """Return the first category ("" if there is none), and the others with the tags."""
    named = [
        name
        for nicename, name in text.item.categories
        if nicename not in NO_CATEGORY and slug_of(name)
    ]
    topic = named[0] if named else ""
    tags = {
        slug_of(tag): tag for tag in reversed([*named[1:], *(name for _, name in text.item.tags)])
    }
    return topic, [tag for slug, tag in reversed(tags.items()) if slug and slug != slug_of(topic)]


def summary_of(excerpt: str, shown: str) -> str:
    """Return the excerpt that she wrote, or else the first sentences of the text; plain words."""
    if written := ADDRESSES.sub("", words_of(TAG.sub(_words, excerpt))):
        return written
    joined, summary = " ".join(MARK.sub("", shown).split()), ""
    joined = " ".join(ADDRESSES.sub("", joined).split()[:SUMMARY])
    for sentence in SENTENCE.findall(joined):
        longer = f"{summary} {sentence.strip()}".strip()
        if len(longer) > SUMMARY:
            break
        summary = longer
    if summary or not joined:
        return summary
    return f"{joined[: SUMMARY - 1].rpartition(' ')[0] or joined[: SUMMARY - 1]}…"


def summary_words(soup: BeautifulSoup) -> str:
    """Return the words of the paragraphs that are more than a link, or a line that is all bold."""
    return " ".join(
        ADDRESS.sub("", MARK.sub("", words_of(str(paragraph))))
        for paragraph in soup.find_all("p")
        if not paragraph.find_parent(ASIDE) and not _is_one(paragraph)
    )


def _is_one(paragraph: Tag) -> bool:
    found = paragraph.find_all(["a", "b", "strong"])
    words = MARK.sub("", paragraph.get_text()).strip()
    return len(found) == 1 and found[0].get_text().strip() == words


def _words(found: re.Match[str]) -> str:
    """A tag stays for the parser; a shortcode goes."""
    return found[0] if found[0].startswith("<") else ""


def _written(value: Any) -> str:
    """A value as YAML on one line, in quotes where YAML needs them."""
    is_list = isinstance(value, list)
    text: str = yaml.safe_dump(value, allow_unicode=True, width=10**9, default_flow_style=is_list)
    return text.removesuffix("\n").removesuffix("\n...")
