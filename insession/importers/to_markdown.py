"""From HTML to the Markdown that this site reads (insession/content/commonmark.py).

markdownify does the work. What it writes for other dialects is written here as ours wants it:
what belongs to a point is indented by four, what would be taken for a sign of Markdown is escaped.
"""

import re
from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from insession.importers.kept_html import needs_html, write_html
from insession.importers.normalize_html import BLOCKS
from insession.importers.parsing import unmarked
from insession.importers.todo_notes import MARK

SIGNS = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])")
STARTS = re.compile(r"^(\s*)([#>]|[+-](?=\s|$)|-+(?=\s*$))", re.M)
NUMBERS = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.M)
# Signs at the start of a line, or of HTML, that are read more easily without a backslash.
OTHERS = re.compile(r"^\s*(?:[:~](?=\s)|~~~|=+(?=\s*$))|<(?=[A-Za-z/!?])|&(?=#?\w+;)", re.M)
# Elements that Markdown can hold only some of, so that a whole one may stay HTML.
HOLDERS = {"table", "ul", "ol", "blockquote", "dl"}
URL_SIGNS = "/:?#@!$&'+,;=%~"


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

    def process_tag(self, node: Any, parent_tags: set[str] | None = None) -> str:
        written: str = super().process_tag(node, parent_tags)
        is_outermost = node.name in HOLDERS and not HOLDERS & (parent_tags or set())
        if is_outermost and needs_html(node, written):
            return f"\n\n{write_html(node)}\n\n"
        return written

    def escape(self, text: str, parent_tags: set[str]) -> str:
        text = SIGNS.sub(r"\\\g<0>", unmarked(text)).replace("{", r"\{").replace("}", r"\}")
        if parent_tags & {"td", "th"}:
            text = text.replace("|", r"\|")
        text = STARTS.sub(r"\1\\\2", NUMBERS.sub(r"\1\\\2", text))
        return OTHERS.sub(lambda found: _entity(found[0]), text)

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        href = el.get("href") or ""
        if not text.strip() or not href or "_noformat" in parent_tags:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if el.get_text().strip() == href and href.startswith("http"):
            return f"{before}<{quote(href, safe=URL_SIGNS + '()')}>{after}"
        return f"{before}[{text.strip()}]({quote(href, safe=URL_SIGNS)}){after}"

    def convert_b(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return _stress(el, text, super().convert_b(el, text, parent_tags), "strong")

    convert_strong = convert_b

    def convert_em(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return _stress(el, text, super().convert_em(el, text, parent_tags), "em")

    convert_i = convert_em

    def convert_blockquote(self, el: Any, text: str, parent_tags: set[str]) -> str:
        written: str = super().convert_blockquote(el, text, parent_tags)
        return written if "_inline" in parent_tags else _apart(el, written, {"blockquote"})

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
        # Two spaces at the end of a line mean the same, but nobody sees them in an editor.
        if parent_tags & {"td", "th"}:
            return "<br>"
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

    def convert_imported_anchor(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f'<span id="{el["id"]}"></span>'

    def convert_imported_footnote(self, el: Any, text: str, parent_tags: set[str]) -> str:
        rows = [f"    {row}" if row else "" for row in text.strip().split("\n")]
        return f"\n\n[^{el['number']}]: " + "\n".join(rows).strip() + "\n\n"

    def convert_list(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "\n\n" in text:  # if one point has more than a line, all stand apart
            text = re.sub(r"\n+(?=\S)", "\n\n", text)
        is_within = "li" in parent_tags and not _follows(el, {el.name})
        if is_within and not any(map(_is_block, el.previous_siblings)):
            after = "\n\n" if any(map(_is_content, el.next_siblings)) else ""
            return f"\n{text.rstrip()}{after}"
        return _apart(el, text, {el.name})

    def convert_dl(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return _apart(el, text, {"dl"}) if text.strip() else ""

    convert_ul = convert_list
    convert_ol = convert_list

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
        indent = " " * max(4, len(bullet) + 1)
        rest = [f"{indent}{row}" if row else "" for row in rows[1:]]
        # Code has its place by its first line.
        opening = bullet.ljust(len(indent)) if rows[0].startswith("```") else f"{bullet} "
        return "\n".join([opening + rows[0], *rest]) + "\n"

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
        code = el.get_text().strip("\n")
        if not code.strip():
            return ""
        longest = max(map(len, re.findall("`+", code)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"\n\n{fence}\n{code}\n{fence}\n\n"


def _stress(el: Any, text: str, written: str, tag: str) -> str:
    """Return what markdownify has written, or HTML where stars would stay stars.

    They do between a sign and a letter, as in **Note:**word, and beside other stars
    (https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run).
    """
    words, before, after = text.strip(), el.previous_sibling, el.next_sibling
    left = written[:1].strip() and str(before)[-1:] if isinstance(before, NavigableString) else ""
    right = written[-1:].strip() and str(after)[:1] if isinstance(after, NavigableString) else ""
    is_read = (words[:1].isalnum() or not left.isalnum()) and (
        words[-1:].isalnum() or not right.isalnum()
    )
    follows_stars = isinstance(before, Tag) and before.name in {"b", "strong", "i", "em"}
    if not words or (is_read and not follows_stars) or written == text:
        return written
    return (
        f"{written[: len(written) - len(written.lstrip())]}<{tag}>{words}</{tag}>"
        + (written[len(written.rstrip()) :])
    )


def _is_content(node: Any) -> bool:
    return isinstance(node, Tag) or bool(MARK.sub("", node).strip())


def _is_block(node: Any) -> bool:
    return isinstance(node, Tag) and node.name in BLOCKS


def _apart(element: Tag, written: str, names: set[str]) -> str:
    """A list or quotation; without anything between them, two of a kind would be one."""
    between = "<!-- -->\n\n" if written.strip() and _follows(element, names) else ""
    return f"\n\n{between}{written.strip(chr(10))}\n\n"


def _follows(element: Tag, names: set[str]) -> bool:
    """Whether what is shown before an element belongs to another one of these."""
    for before in element.previous_elements:
        is_shown = (
            bool(MARK.sub("", before).strip())
            if isinstance(before, NavigableString)
            else isinstance(before, Tag) and before.name in {"img", "hr"}
        )
        if is_shown:
            other = before.find_parent(names)
            return other is not None and all(other is not above for above in element.parents)
    return False


def _entity(text: str) -> str:
    """The text with its last sign (its first, for a fence of ~~~) as a character reference."""
    sign = text.lstrip()[0]
    return text.replace(sign, f"&#{ord(sign)};" if sign not in "<&" else f"&{_NAMES[sign]};", 1)


_NAMES = {"<": "lt", "&": "amp"}
