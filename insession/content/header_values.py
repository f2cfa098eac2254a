"""The parts of a header's translation (translate_header.py), each from its keys."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from insession.content import header_keys as names
from insession.content.field_types import DATE
from insession.content.header_keys import HeaderEntry, entries, same_key
from insession.content.url_ledger import address_of
from insession.content.written_dates import read_date

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SUBSTITUTIONS = [(r"[^\w\s-]", " "), (r"^[\s_-]+|[\s_-]+$", ""), (r"[\s_-]+", "-")]
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
COVER = re.compile(r"images/.+|none")
YES, NO = {"true", "yes", "on", "1", "y"}, {"false", "no", "off", "0", "n", ""}
STATUSES = {"published", "draft", "hidden"}
NO_TOPIC = {"uncategorized", "uncategorised"}
NO_TAG = {"post", "posts"}  # by which Eleventy finds all texts


@dataclass
class Translation:
    """A header in our words.

    `fields` are our keys with texts and lists, as a header of ours has them; `origin` tells of
    each which key it comes from ("": the file's name). `kept` is what has no place here, by its
    key; `gone` are keys that told the other program what to do, or said something twice.
    `old_addresses` are those at which the text was found, as the ledger has them. `picture` is the
    address of the picture above the text, as it was written, and `picture_alt` what one sees on it.
    """

    is_foreign: bool = False  # whether anything in it is another program's
    fields: dict[str, Any] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    old_addresses: list[str] = field(default_factory=list)
    picture: str = ""
    picture_alt: str = ""

    def put(self, ours: str, value: Any, key: str) -> None:
        """Give a field its value, and note the key that it comes from."""
        self.fields[ours], self.origin[ours] = value, key

    def keep(self, entry: HeaderEntry) -> None:
        """Keep a key's value, on one line; there is nothing to keep of an empty one."""
        if value := one_line(entry.value):
            self.kept[entry.key] = value
        else:
            self.gone.append(entry.key)


class HeaderKeys:
    """The keys of a header that nothing was made of yet."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.left = [*entries(data)]

    def take(self, *wanted: str) -> list[HeaderEntry]:
        """Return the entries of these names, in the order of the names."""
        found = [entry for entry in self.left if entry.name in wanted]
        self.left = [entry for entry in self.left if entry.name not in wanted]
        return sorted(found, key=lambda entry: wanted.index(entry.name))


def translate_status(made: Translation, keys: HeaderKeys) -> None:
    """Find out whether the text was shown: whatever it is that says no, it wasn't."""
    found = {"draft": "", "hidden": ""}
    for entry in [*keys.left]:
        value = str(entry.value).strip().lower()
        meant = names.SAYS_NO.get(entry.name)
        if entry.name == "published" and DATE.match(read_date(value)):
            continue  # the day
        if meant:
            word, answer = meant
            says_yes = value not in NO if answer else value in YES or bool(read_date(value))
            if says_yes == answer:
                found[word] = found[word] or entry.key
        elif entry.name == "build" and isinstance(entry.value, dict):
            if entry.value.get("render", "always") not in {"always", "true"}:
                found["draft"] = entry.key
            elif entry.value.get("list", "always") not in {"always", "true"}:
                found["hidden"] = found["hidden"] or entry.key
        elif entry.name == "permalink" and value == "false":
            found["draft"] = entry.key
        elif entry.name == "visibility":
            found["draft"] = found["draft"] if value in {"", "public"} else entry.key
        elif entry.name in {"password", "expirydate", "unpublishdate"} and value:
            found["draft"] = entry.key
            why = (
                "was protected by a password"
                if entry.name == "password"
                else (f"was to be taken off the blog again ({entry.key}: {value})")
            )
            made.remarks.append(f"It {why}, which this site can't do; it is a draft now.")
        else:
            continue
        keys.left.remove(entry)
        made.gone.append(entry.key)
    own = next(iter(keys.take("status")), None)
    word = next((word for word, key in found.items() if key), "")
    if own and (not word or str(own.value).lower() == "draft"):
        said = str(own.value).strip().lower()
        said = {"publish": "published", "public": "published", "private": "draft"}.get(said, said)
        made.put("status", said if said in STATUSES else own.value, own.key)
    elif word:
        made.put("status", word, found[word])


def translate_text(made: Translation, ours: str, found: list[HeaderEntry]) -> None:
    """Put the first that says something into one of our fields."""
    values = [(entry, _value(ours, entry)) for entry in found]
    chosen = next((pair for pair in values if pair[1]), None)
    if ours == "date":  # until the day of `publishDate` Hugo shows nothing
        later = next((pair for pair in values if pair[0].name == "publishdate"), None)
        chosen = later if later and chosen and later[1] > chosen[1] else chosen
    if chosen is None and found:
        chosen = (found[0], found[0].value)
        if ours != same_key(found[0].key) and ours in {"slug", "lang"}:
            chosen = None
    if chosen:
        made.put(ours, chosen[1], chosen[0].key)
    for entry in found:
        if chosen and entry is chosen[0]:
            continue
        is_said = chosen and entry.value == chosen[1]
        if is_said or ours in {"date", "modified"}:
            made.gone.append(entry.key)
        else:
            made.keep(entry)


def _value(ours: str, entry: HeaderEntry) -> Any:
    """Return a value as ours is written, "" if it can't be one of ours."""
    value = entry.value
    if not isinstance(value, str):
        return "" if ours in {"slug", "lang"} else value
    if ours in {"date", "modified"}:
        return value if DATE.fullmatch(value) else read_date(value)
    if ours == "slug":
        return value if SLUG.fullmatch(value) else slug_of(value)
    if ours == "lang":
        code = value.replace("_", "-")
        return code if LANGUAGE.fullmatch(code) else ""
    return value if entry.key == ours else " ".join(value.split())


def slug_of(address: str) -> str:
    """Return the last part of an address as a slug of ours, or ""."""
    from pelican.utils import slugify  # which loads half of Pelican, and is rarely needed

    parts = [part for part in address.split("?")[0].split("/") if part]
    if parts and re.fullmatch(r"index\.\w+", parts[-1]):
        parts.pop()
    name = re.sub(r"\.(html?|php|aspx?)$", "", parts[-1]) if parts else ""
    slug: str = slugify(name, regex_subs=SUBSTITUTIONS)
    return slug if SLUG.fullmatch(slug) else ""


def translate_topic_and_tags(made: Translation, keys: HeaderKeys, is_jekyll: bool) -> None:
    """Make the first category the topic, and tags of all others."""
    topics, tags = keys.take(*names.TOPICS), keys.take(*names.TAGS)
    if topics and topics[0].key == "topic":
        own = topics.pop(0)
        made.put("topic", own.value, own.key)
    more: list[str] = []
    for entry in topics:
        words = _words(entry.value, is_jekyll and entry.name == "categories")
        words = [word for word in words if word.lower() not in NO_TOPIC]
        if words and "topic" not in made.fields:
            made.put("topic", words.pop(0), entry.key)
        else:
            made.gone += [] if words else [entry.key]
        more += words
    is_own = (
        tags and tags[0].key == "tags" and (isinstance(tags[0].value, list) or not tags[0].value)
    )
    if is_own and not more and len(tags) == 1 and not is_jekyll:
        made.put("tags", tags[0].value, "tags")
        return
    for entry in tags:
        more += _words(entry.value, is_jekyll and entry.name == "tags")
    topic = str(made.fields.get("topic", "")).casefold()
    unlike = {tag.casefold(): tag for tag in reversed(more)}
    left_out = {topic, *(NO_TAG if is_jekyll else ())}
    if kept := [tag for name, tag in reversed(unlike.items()) if name not in left_out]:
        made.put("tags", kept, (tags or topics)[0].key)
    made.gone += [entry.key for entry in tags if entry.key != made.origin.get("tags")]


def _words(value: Any, by_spaces: bool) -> list[str]:
    """Return the words of a list, or of a text with commas (to Jekyll: with spaces) in between."""
    if isinstance(value, list):
        return [text for each in value for text in [one_line(each)] if text]
    text = one_line(value)
    found = text.split() if by_spaces and "," not in text else text.split(",")
    return [word.strip() for word in found if word.strip()]


def translate_picture(made: Translation, keys: HeaderKeys) -> None:
    """Find the picture above the text, and what one sees on it."""
    pictures, alts = keys.take(*names.PICTURES), keys.take(*names.ALTS)
    for entry in pictures[:1]:
        first = entry.value[0] if isinstance(entry.value, list) and entry.value else entry.value
        if entry.key == "cover" and (not isinstance(first, str) or COVER.fullmatch(first)):
            made.put("cover", first, entry.key)
        elif same_key(str(first)) in YES | NO:
            made.gone.append(entry.key)
            continue
        else:
            made.picture = one_line(first)
        for alt in alts[:1]:
            made.picture_alt = one_line(alt.value)
    name = PurePosixPath(made.picture.partition("?")[0]).name
    if made.picture and made.picture_alt:
        made.put("cover", f"images/{name}", pictures[0].key)
    elif made.picture:
        made.keep(pictures[0])
        made.remarks.append(
            f"Put its picture, {name}, into content/images, and add to the header: "
            f"cover: images/{name} and cover_alt: what one sees on it."
        )
    if alts and ("cover" in made.fields or alts[0].key == "cover_alt"):
        made.put("cover_alt", alts[0].value, alts[0].key)
        alts = alts[1:]
    for entry in [*pictures[1:], *alts]:
        made.keep(entry)


def translate_addresses(made: Translation, keys: HeaderKeys) -> None:
    """Find the addresses at which the text was, and in its own one the slug."""
    for entry in keys.take(*names.ADDRESSES):
        made.gone.append(entry.key)
        values = entry.value if isinstance(entry.value, list) else [entry.value]
        for value in map(one_line, values):
            is_own = entry.name in names.OWN_ADDRESS
            if re.search(r":(?!//)|\{\{", value) or not value:
                continue  # a pattern
            if not is_own and "/" not in value and not re.search(r"\.\w+$", value):
                made.remarks.append(f"{entry.key}: “{value}” is no address; it is left out.")
                continue
            path = value if "://" in value else "/" + value.lstrip("/")
            last = path.rpartition("/")[2]
            path += "/" if last and "." not in last and "?" not in last else ""
            if (address := address_of(path)) and address not in made.old_addresses:
                made.old_addresses.append(address)
            if is_own and "slug" not in made.fields and (slug := slug_of(value)):
                made.put("slug", slug, entry.key)
                made.gone.remove(entry.key)


def one_line(value: Any) -> str:
    """Return a value on one line, as YAML writes it."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict) and "name" in value:
        return one_line(value["name"])
    if isinstance(value, list) and all(isinstance(each, (str, dict)) for each in value):
        return ", ".join(filter(None, map(one_line, value)))
    text: str = yaml.safe_dump(value, allow_unicode=True, width=10**9, default_flow_style=True)
    return " ".join(text.split())
