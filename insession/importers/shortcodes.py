"""WordPress's shortcodes, [gallery ids="3,4"], as HTML; what is unknown is taken out and said.

Source: https://codex.wordpress.org/Shortcode_API. Square brackets that a writer put into a
sentence, such as [sic] or [she laughs], are words and stay.
"""

import re
from collections.abc import Callable
from html import escape, unescape

from insession.importers.media import is_picture, is_recording
from insession.importers.todo_notes import MARK, Notes
from insession.importers.wxr import Export, Item

CODE = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>)", re.S | re.I)
TAG = re.compile(r"<[^<>]*>|\[(\[?)(/?)([A-Za-z][\w-]*)((?:[\s=][^\[\]]*)?)\](\]?)")
CLOSED = re.compile(r"\[/([A-Za-z][\w-]*)\]")
ATTRIBUTE = re.compile(
    r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|[“”″]([^“”″]*)[“”″]|([^\s\"'“”″]+))|(\S+)"
)
OLD_AUDIO = re.compile(r"\[audio:\s*(http[^\]|\s]+)[^\]]*\]", re.I)  # of a plugin, before 2013
FOOTNOTES = {"efn_note", "fn", "footnote", "footnotes", "mfn", "note", "ref"}
MEDIA = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv", "mov")
ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|www\.)[^\s\"'“”″\[\]<>]+")
NOT_HERE = "are not in this export (“All content” holds all there are)."
LONGEST = 60  # signs of a shortcode that are quoted in a note


def replace(text: str, item: Item, export: Export, notes: Notes) -> str:
    """Return the text with its shortcodes as HTML, those in code excepted."""
    text = re.sub(r"\[(code|sourcecode)\b[^\]]*\](.*?)\[/\1\]", _code, text, flags=re.S | re.I)
    parts = CODE.split(OLD_AUDIO.sub(r"[audio \1]", text))
    return "".join(
        part if CODE.fullmatch(part) else _replace(part, item, export, notes) for part in parts
    )


def _code(found: re.Match[str]) -> str:
    return f"<pre><code>{found[2].strip(chr(10))}</code></pre>"


def _replace(text: str, item: Item, export: Export, notes: Notes) -> str:
    def pair(found: re.Match[str]) -> str:
        name, attributes, inner = found[1].lower(), attributes_of(found[2] or ""), found[3]
        if name in {"caption", "wp_caption"}:
            return _caption(attributes, inner)
        if name == "embed":
            return _shown(inner.strip())
        if name in FOOTNOTES:
            return f'<span class="imported-note">{inner.strip()}</span>'
        if name in {"audio", "video"}:
            return _media(attributes) or found[0]
        if name == "gallery":
            return f"[gallery{found[2] or ''}]"
        # What it holds is quoted where it is short, and nothing was taken out of it before.
        is_short = len(found[0]) <= LONGEST and not MARK.search(inner)
        tag = found[0] if is_short else f"[{found[1]}{found[2] or ''}]"
        return (
            notes.mark(
                _unknown(name, tag, "Its words stay." if inner.strip() else "It is left out.")
            )
            + inner
        )

    for name in sorted(set(CLOSED.findall(text))):
        opened = rf"(?<!\[)\[({name})(\s[^\[\]]*)?\]((?:(?!\[{name}[\s\]]).)*?)\[/{name}\]"
        before = None
        while before != text:  # from the inside out
            before, text = text, re.sub(opened, pair, text, flags=re.S)

    def single(found: re.Match[str]) -> str:
        if found[0].startswith("<"):
            return found[0]
        name, attributes = found[3].lower(), attributes_of(found[4].rstrip("/ "))
        if found[1] and found[5]:  # [[gallery]] is how one writes about a shortcode
            return found[0][1:-1]
        return found[1] + _single(found, name, attributes, item, export, notes) + found[5]

    return TAG.sub(single, text)


def _single(
    found: re.Match[str],
    name: str,
    attributes: dict[str, str],
    item: Item,
    export: Export,
    notes: Notes,
) -> str:
    tag = found[0].removeprefix(found[1]).removesuffix(found[5]) if found[1] else found[0]
    known: dict[str, Callable[[], str]] = {
        "gallery": lambda: _gallery(attributes, item, export, notes),
        "embed": lambda: _shown(attributes.get("src") or attributes.get("", "")),
        "youtube": lambda: _player("https://www.youtube.com/watch?v=", attributes),
        "vimeo": lambda: _player("https://vimeo.com/", attributes),
        "audio": lambda: _media(attributes),
        "playlist": lambda: _playlist(attributes, item, export, notes),
        "soundcloud": lambda: _player("https://soundcloud.com/", attributes),
        "dailymotion": lambda: _player("https://www.dailymotion.com/video/", attributes),
        "wpvideo": lambda: _player("https://videopress.com/v/", attributes),
        "videopress": lambda: _player("https://videopress.com/v/", attributes),
        "video": lambda: _media(attributes),
    }
    if name in known and (html := known[name]()):
        return html
    if "=" in found[4] or found[2] or re.search(r"[_-]", name) or name in known:
        return notes.mark(_unknown(name, tag, "It is left out."))
    if not found[4].strip() and name != "sic":
        said = f"“{tag}” stays in the text. If it was a shortcode, remove it."
        return notes.mark(said) + tag
    return tag


def attributes_of(text: str) -> dict[str, str]:
    """Return what follows a shortcode's name; the first value without a name is under ""."""
    found: dict[str, str] = {}
    written = (
        text if re.search("[\"']", text) else unescape(text)
    )  # some write &quot; around values
    for name, *values, bare in ATTRIBUTE.findall(written):
        found.setdefault(name.lower() if name else "", unescape(bare or "".join(values)))
    return found


def _caption(attributes: dict[str, str], inner: str) -> str:
    picture = re.match(r"\s*((?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)(.*)", inner, re.S | re.I)
    if not picture:
        return inner
    words = attributes.get("caption") or picture[2].strip()
    return f"\n\n<figure>{picture[1]}<figcaption>{words}</figcaption></figure>\n\n"


def _unknown(name: str, tag: str, done: str) -> str:
    """Say what a shortcode was, as far as its name tells, and what was done with it."""
    if re.search("form|contact", name):
        return f"“{_short(tag)}” was a form. {done} You can link to your contact page instead."
    return f"“{_short(tag)}” means something to WordPress alone. {done}"


def _gallery(attributes: dict[str, str], item: Item, export: Export, notes: Notes) -> str:
    """The pictures one after the other."""
    pictures, lost = _chosen(attributes, item, export, is_picture)
    figures = "".join(map(_figure, pictures))
    if not lost and pictures:
        return figures
    which = f"Pictures of a gallery ({', '.join(lost)})" if lost else "A gallery's pictures"
    return notes.mark(f"{which} {NOT_HERE}") + figures


def _playlist(attributes: dict[str, str], item: Item, export: Export, notes: Notes) -> str:
    """Links to the recordings, by their titles."""
    files, lost = _chosen(attributes, item, export, is_recording)
    links = "".join(
        f'\n\n<p><a href="{escape(file.file_url)}">{escape(file.title)}</a></p>\n\n'
        for file in files
    )
    if not lost and files:
        return links
    which = f"Recordings of a playlist ({', '.join(lost)})" if lost else "A playlist's recordings"
    return notes.mark(f"{which} {NOT_HERE}") + links


def _chosen(
    attributes: dict[str, str], item: Item, export: Export, fits: Callable[[str], bool]
) -> tuple[list[Item], list[str]]:
    """Return the files with its numbers, else those uploaded with the text; and lost numbers."""
    ids = re.findall(r"\d+", attributes.get("ids") or attributes.get("include", ""))
    found = [export.attachments[id_] for id_ in ids if id_ in export.attachments]
    if not ids:
        of_text = (a for a in export.attachments.values() if item.id and a.parent == item.id)
        found = [file for file in of_text if fits(file.file_url)]
    return found, sorted(set(ids) - {file.id for file in found})


def _figure(attachment: Item) -> str:
    """Return an attachment as a figure, with its words for those who can't see and its caption."""
    alt = escape(attachment.meta.get("_wp_attachment_image_alt", ""))
    caption = f"<figcaption>{attachment.excerpt}</figcaption>" if attachment.excerpt else ""
    return (
        f'\n\n<figure><img src="{escape(attachment.file_url)}" alt="{alt}">{caption}</figure>\n\n'
    )


def _player(start: str, attributes: dict[str, str]) -> str:
    value = attributes.get("") or attributes.get("url") or attributes.get("id") or ""
    value = value.lstrip("=")
    return _shown(value if value.startswith("http") or not value else start + value)


def _media(attributes: dict[str, str]) -> str:
    address = next((attributes[name] for name in ("", *MEDIA) if attributes.get(name)), "")
    return f'\n\n<audio src="{escape(address)}"></audio>\n\n' if address else ""


def _shown(address: str) -> str:
    """An address alone in its paragraph, which WordPress showed as a player or a card."""
    return f"\n\n<p>{escape(address)}</p>\n\n" if address else ""


def _short(text: str) -> str:
    """Return a shortcode on one line; of a long one its start, and each address in it."""
    text = " ".join(MARK.sub("", re.sub(r"<[^>]*>", "", text)).split())
    if len(text) <= LONGEST:
        return text
    start = text[: LONGEST - 1].rpartition(" ")[0] or text[: LONGEST - 1]
    rest = dict.fromkeys(each for each in ADDRESS.findall(text) if each not in start)
    return " … ".join([start, *rest]) + " …]"
