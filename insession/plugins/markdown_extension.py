"""What Markdown lacks for our pages: figures, scrolling tables, readable notes, section links.

A Markdown extension, named in pelicanconf's MARKDOWN. It changes the tree of elements that
`insession/content/commonmark.py` has made, with the ids of Python-Markdown's `toc`.
"""

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from insession.content.html_tables import HtmlTables

HEADINGS = ("h2", "h3", "h4")


class Prose(Treeprocessor):
    """Runs after Python-Markdown's own treeprocessors, which make the heading ids."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for parent in [element for element in root.iter() if len(element)]:
            for position, child in enumerate(list(parent)):
                if child.tag == "table":
                    parent[position] = _scrolling(child)
                elif child.tag == "p" and _is_picture(child):
                    parent[position] = _figure(child)
                elif child.tag == "div" and child.get("class") == "footnote":
                    parent[position] = _notes(child)
                elif child.tag == "h1":
                    child.tag = "h2"  # the page's title is the only h1
        for element in root.iter():
            if element.tag in HEADINGS:
                if element.get("id") and element.get("class") != "notes-title":
                    _add_section_link(element)
            elif element.get("class") == "footnote-ref":
                element.set("role", "doc-noteref")
                element.set("aria-label", f"Note {''.join(element.itertext())}")


def _scrolling(table: Element) -> Element:
    """A table wider than the window scrolls inside itself, by keyboard too (WCAG 1.4.10, 2.1.1)."""
    columns = [" ".join("".join(cell.itertext()).split()) for cell in table.iter("th")]
    for cell in table.iter("th"):
        cell.set("scope", "col")
    for cell in [*table.iter("th"), *table.iter("td")]:
        if alignment := cell.attrib.pop("style", "").removeprefix("text-align:"):
            cell.set("class", f"align-{alignment}")  # the site's policy allows no style attributes
    named = ", ".join(column for column in columns if column)
    name = f"Table: {named}" if named else "Table"
    attributes = {"class": "table-scroll", "role": "region", "aria-label": name, "tabindex": "0"}
    box = Element("div", attributes)
    box.tail, table.tail = table.tail, None
    box.append(table)
    return box


def _is_picture(element: Element) -> bool:
    """Whether there is nothing but a picture in a paragraph, or a link that is a picture."""
    if len(element) != 1 or ((element.text or "") + (element[0].tail or "")).strip():
        return False
    return element[0].tag == "img" or (element[0].tag == "a" and _is_picture(element[0]))


def _figure(paragraph: Element) -> Element:
    """A picture alone in its paragraph is a figure; its Markdown title is the caption."""
    figure, shown = Element("figure"), paragraph[0]
    figure.tail, shown.tail = paragraph.tail, None
    figure.append(shown)
    image = shown if shown.tag == "img" else shown[0]
    if caption := image.attrib.pop("title", ""):
        SubElement(figure, "figcaption").text = caption
    return figure


def _notes(box: Element) -> Element:
    """Footnotes as a section with a heading, whose links say what they do (DPUB-ARIA 1.1)."""
    attributes = {"class": "notes", "role": "doc-endnotes", "aria-labelledby": "notes-title"}
    section = Element("section", attributes)
    section.tail = box.tail
    SubElement(section, "h2", {"class": "notes-title", "id": "notes-title"}).text = "Notes"
    section.extend(box)
    return section


def _add_section_link(heading: Element) -> None:
    """A link to copy, named for screen readers; its sign is drawn by the stylesheet."""
    title = " ".join("".join(heading.itertext()).split())
    attributes = {
        "class": "section-link",
        "href": f"#{heading.get('id')}",
        "aria-label": f"Link to “{title}”",
    }
    SubElement(heading, "a", attributes)


class ProseExtension(Extension):
    """Registers `Prose`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Run after `toc` (priority 5), which gives headings their ids."""
        md.treeprocessors.register(Prose(md), "prose", 1)
        md.postprocessors.register(HtmlTables(md), "html_tables", 1)


def makeExtension(**options: object) -> ProseExtension:  # noqa: N802 (Python-Markdown's name)
    """Return the extension; Python-Markdown looks for this name."""
    return ProseExtension(**options)
