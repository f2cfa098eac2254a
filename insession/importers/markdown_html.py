"""From the Markdown of another program to HTML: its own tags turned or taken out, and named.

Jekyll's are Liquid's ({% post_url … %}), Eleventy's Liquid's or Nunjucks', Hugo's {{< figure … >}},
Zola's {{ youtube(id="…") }}. In code they are what is meant, and stay.
"""

import re
from collections.abc import Callable
from html import escape
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt

from insession.importers.shortcodes import attributes_of
from insession.importers.slugs import site_slug
from insession.importers.to_markdown import URL_SIGNS

FENCED = re.compile(
    r"(^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\2[`~]*[ \t]*$|\Z)|`+[^`\n]+`+)", re.S | re.M
)
RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.S)
# What nobody was shown: Liquid's comments, Nunjucks' and Hugo's are taken out as tags are.
COMMENT = re.compile(r"\{%-?\s*comment\b.*?\bendcomment\s*-?%\}|\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.S)
HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\b[^%]*%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}"
    r"|\{\{[<%]\s*highlight\b[^>%]*[>%]\}\}\n?(.*?)\{\{[<%]\s*/highlight\s*[>%]\}\}",
    re.S,
)
# No tag is longer: whoever writes {{ ten thousand times waits no longer for it.
TAG = re.compile(
    r"\{\{([<%])\s*(.{0,2000}?)\s*/?[>%]\}\}|\{%-?\s*(.{0,2000}?)\s*-?%\}"
    r"|\{\{-?\s*(.{0,2000}?)\s*-?\}\}|\{#(?![\w:.-]+\}).{0,2000}?#\}",
    re.S,
)
CALL = re.compile(r"([\w.:-]+)\s*\((.*)\)", re.S)
# Between attributes, as Nunjucks, Liquid and Zola write them: src: "a.jpg", alt="One"
COLON = re.compile(r"(?<![\w\"'])([\w-]+):\s*(?=[\"'])")
COMMA = re.compile(r",(?=\s*[\w-]+\s*(?:=|:\s*[\"'])|\s*$)")
ATTRIBUTE_LIST = re.compile(r"^[ \t]*\{:[^}\n]*\}[ \t]*$\n?|(?<=\S)\{:[^}\n]*\}", re.M)
FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+.*|(?=\n[ \t]{2,}\S)))*)", re.M)
REFERENCE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
HEADING = re.compile(r"<h([1-6])>(.{0,1000}?)(?:\s*\{#([\w:.-]+)\})?</h\1>", re.S)
BASES = {"site.baseurl", "site.url", "baseurl", "url", "site.base_url", "config.base_url"}
FIGURES = {"figure", "image", "img", "picture"}
SOURCES = ("src", "image_path", "url", "path", "image", "")  # of a figure
NAMED = ("page", "src", "path", "link", "url")
PLAYERS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
Find = Callable[[str], str]  # the address of the text that a tag names, or ""


def render(text: str, find: Find) -> tuple[str, list[str]]:
    """Return the text's HTML, and sentences on what was taken out of it."""
    said: list[str] = []
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"\ue100{len(kept) - 1}\ue101"

    text = HIGHLIGHT.sub(lambda m: f"\n~~~~\n{(m[1] or m[2] or '').strip(chr(10))}\n~~~~\n", text)
    text = COMMENT.sub("", text)
    text = RAW.sub(lambda m: keep(m[1]), text)
    parts = FENCED.split(text)
    for at in range(0, len(parts), 3):  # between them: a piece of code, and its fence
        part = TAG.sub(lambda found: _tag(found, find, said), parts[at])
        parts[at] = ATTRIBUTE_LIST.sub("", part)
    text = "".join(part for at, part in enumerate(parts) if at % 3 != 2)
    text = re.sub("\ue100(\\d+)\ue101", lambda m: kept[int(m[1])], text)
    html = _with_footnotes(text)
    return HEADING.sub(_heading, html), said


def _with_footnotes(text: str) -> str:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    notes: dict[str, str] = {}

    def note(found: re.Match[str]) -> str:
        words = re.sub(r"\n[ \t]+", "\n", found[2]).strip()
        notes[found[1]] = markdown.renderInline(" ".join(words.split("\n")))
        return ""

    parts = FENCED.split(text)
    for at in range(0, len(parts), 3):
        parts[at] = FOOTNOTE.sub(note, parts[at])
    for at in range(0, len(parts), 3):
        parts[at] = REFERENCE.sub(
            lambda m: (
                f'<span class="imported-note">{notes[m[1]]}</span>' if m[1] in notes else m[0]
            ),
            parts[at],
        )
    html: str = markdown.render("".join(part for at, part in enumerate(parts) if at % 3 != 2))
    return html


def _heading(found: re.Match[str]) -> str:
    """Give a heading the name by which links in the text know it."""
    name = found[3] or site_slug(re.sub("<[^>]*>", "", found[2]))
    return f'<h{found[1]} id="{escape(name)}">{found[2].strip()}</h{found[1]}>'


def _tag(found: re.Match[str], find: Find, said: list[str]) -> str:
    """Return what a tag of the other program becomes."""
    inner = next((part for part in found.groups()[1:] if part), "").strip()
    if not inner:
        return ""
    if found[4] is not None and (address := _expression(inner)) is not None:
        return address
    call = CALL.fullmatch(inner)
    name, rest = (call[1], call[2]) if call else _split(inner)
    if name in {"include", "include_cached", "include_relative", "render"}:
        name, rest = _split(rest.strip())
        name = name.strip("\"',").rpartition("/")[2].removesuffix(".html")
    attributes = attributes_of(COMMA.sub(" ", COLON.sub(r"\1=", rest)))
    bare = attributes.get("", "").strip("\"'") or next(
        (attributes[key] for key in ("id", *NAMED) if attributes.get(key)), ""
    )
    if name in {"post_url", "link", "ref", "relref", "get_url"}:
        target = find(rest.strip().strip("\"'") if name in {"post_url", "link"} else bare)
        if not target:
            said.append(f"“{found[0].strip()}” names a text that isn't here; remove its link.")
        is_link = found.string[: found.start()].endswith(("(", '"', "'", "="))
        return target or ("#nowhere" if is_link else "")
    if name in FIGURES and (source := next(filter(None, map(attributes.get, SOURCES)), "")):
        return _figure(source.strip("\"'"), attributes)
    kind = next((kind for kind in PLAYERS if kind in name.lower()), "")
    if kind and (which := attributes.get("id") or bare):
        address = which if which.startswith("http") else PLAYERS[kind] + which
        return f"\n\n<p>{escape(address)}</p>\n\n"
    if inner.startswith("/") or name.startswith("end"):
        return ""
    whole = " ".join(found[0].split())
    is_closed = re.search(rf"[<%]\s*/\s*{re.escape(name)}\b|\bend{re.escape(name)}\b", found.string)
    done = "Its words stay." if is_closed else "It is left out."
    said.append(f"“{whole}” means something to the old program alone. {done}")
    return ""


def _expression(inner: str) -> str | None:
    """Return the address that {{ "/a.jpg" | relative_url }} and the like stand for."""
    start, *filters = (part.strip() for part in inner.split("|"))
    if start in BASES and not filters:
        return ""
    quoted = re.fullmatch(r"""["']([^"']*)["']""", start)
    is_address = all(
        re.match(r"(?:relative_url|absolute_url|url|prepend|absURL|relURL)\b", f) for f in filters
    )
    return quote(unquote(quoted[1]), safe=URL_SIGNS) if quoted and is_address else None


def _split(inner: str) -> tuple[str, str]:
    name, _, rest = inner.partition(" ")
    return name, rest


def _figure(source: str, attributes: dict[str, str]) -> str:
    words = [attributes.get(name, "") for name in ("title", "caption", "attr")]
    caption = " ".join(filter(None, words))
    image = f'<img src="{escape(source)}" alt="{escape(attributes.get("alt", ""))}">'
    if link := attributes.get("link"):
        image = f'<a href="{escape(link)}">{image}</a>'
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"\n\n<figure>{image}{below}</figure>\n\n"
