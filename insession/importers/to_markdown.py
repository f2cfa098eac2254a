"""From HTML to the Markdown that this site reads (Python-Markdown, with pelicanconf's extensions).

markdownify does the work. What it writes for other dialects is written here as ours wants it:
lists are indented by four, what would be taken for a sign of Markdown is escaped as ours escapes.
"""

import re
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from insession.importers.todo_notes import MARK

SIGNS = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])")
STARTS = re.compile(r"^(\s*)([#>]|[+-](?=\s|$)|-+(?=\s*$))", re.M)
NUMBERS = re.compile(r"^(\s*\d{1,9})\.(?=\s|$)", re.M)
# Signs at the start of a line, or of HTML, that ours can't escape by a backslash.
OTHERS = re.compile(r"^\s*(?::(?=\s)|~~~|=+(?=\s*$))|<(?=[A-Za-z/!?])|&(?=#?\w+;)", re.M)
MARKER = re.compile(r"\{(?=[a-z_]+\.[a-z_]+\})")  # insession/plugins/placeholders.py
URL_SIGNS = "/:?#@!$&'+,;=%~"


def unmarked(text: str) -> str:
    """Keep {words.like_these} from being taken for something in practice.toml."""
    return MARKER.sub("{\u2060", text)


def to_markdown(soup: BeautifulSoup) -> str:
    """Return the Markdown of a document whose elements have been adapted."""
    text = _Converter(heading_style="ATX", bullets="-", sub_symbol="<sub>", sup_symbol="<sup>")
    return unmarked(text.convert_soup(soup))


def plain_title(text: str) -> str:
    """Return words as they can stand between the quotation marks of a Markdown title."""
    text = " ".join(text.split()).replace("\\", "")
    return re.sub(r'"', "”", re.sub(r'(^|(?<=[\s(\[]))"', "“", text))


class _Converter(MarkdownConverter):
    """markdownify calls these methods by the names of the elements."""

    class Options(MarkdownConverter.DefaultOptions):
        keep_inline_images_in: Any = ("td", "th", "li", "a", "figure")
        table_infer_header = True

    def escape(self, text: str, parent_tags: set[str]) -> str:
        text = SIGNS.sub(r"\\\g<0>", unmarked(text)).replace("{", r"\{").replace("}", r"\}")
        if parent_tags & {"td", "th"}:
            text = text.replace("|", r"\|")
        text = STARTS.sub(r"\1\\\2", NUMBERS.sub(r"\1\\.", text))
        return OTHERS.sub(lambda found: _entity(found[0]), text)

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        href = el.get("href") or ""
        if not text.strip() or not href or "_noformat" in parent_tags:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if el.get_text().strip() == href and href.startswith("http"):
            return f"{before}<{quote(href, safe=URL_SIGNS + '()')}>{after}"
        return f"{before}[{text.strip()}]({quote(href, safe=URL_SIGNS)}){after}"

    def convert_blockquote(self, el: Any, text: str, parent_tags: set[str]) -> str:
        written = super().convert_blockquote(el, text, parent_tags)
        # Without anything between them, two quotations would be one.
        return f"\n<!-- -->\n{written}" if written.strip() and _follows_quote(el) else written

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
        # Two spaces at the end of a line mean the same, but nobody sees them in an editor.
        return " " if "_inline" in parent_tags else "<br>\n"

    def convert_del(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"<del>{text}</del>" if text.strip() else text

    convert_s = convert_del

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        alt = self.escape(" ".join((el.get("alt") or "").split()), parent_tags)
        title = plain_title(el.get("title") or "")
        caption = f' "{title}"' if title else ""
        return f"![{alt}]({quote(el['src'], safe=URL_SIGNS)}{caption})"

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        written = super().convert_hN(n, el, text, parent_tags)
        return f"{written.rstrip()} {{#{el['id']}}}\n\n" if el.get("id") else written

    def convert_imported_reference(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"[^{el['number']}]"

    def convert_imported_footnote(self, el: Any, text: str, parent_tags: set[str]) -> str:
        rows = [f"    {row}" if row else "" for row in text.strip().split("\n")]
        return f"\n\n[^{el['number']}]: " + "\n".join(rows).strip() + "\n\n"

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:
        text = text.strip()
        if not text:
            return "\n"
        bullet = "-"
        if el.parent is not None and el.parent.name == "ol":
            start = str(el.parent.get("start") or 1)
            first = int(start) if start.isdecimal() and len(start) < 5 else 1
            bullet = f"{first + len(el.find_previous_siblings('li'))}."
        rows = text.split("\n")
        rest = [f"    {row}" if row else "" for row in rows[1:]]
        return "\n".join([f"{bullet} {rows[0]}", *rest]) + "\n"

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
        code = el.get_text().strip("\n")
        if not code.strip():
            return ""
        if parent_tags & {"li", "blockquote", "dd"}:  # ours knows no fences in there
            indented = "\n".join(f"    {row}" for row in code.split("\n"))
            return f"\n\n{indented}\n\n"
        longest = max(map(len, re.findall("`+", code)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"\n\n{fence}\n{code}\n{fence}\n\n"


def _follows_quote(quote: Tag) -> bool:
    """Whether what is shown before a quotation belongs to another one."""
    for before in quote.previous_elements:
        is_shown = (
            bool(MARK.sub("", before).strip())
            if isinstance(before, NavigableString)
            else isinstance(before, Tag) and before.name in {"img", "hr"}
        )
        if is_shown:
            other = before.find_parent("blockquote")
            return other is not None and all(other is not above for above in quote.parents)
    return False


def _entity(text: str) -> str:
    """The text with its last sign (its first, for a fence of ~~~) as a character reference."""
    sign = text.lstrip()[0]
    return text.replace(sign, f"&#{ord(sign)};" if sign not in "<&" else f"&{_NAMES[sign]};", 1)


_NAMES = {"<": "lt", "&": "amp"}
