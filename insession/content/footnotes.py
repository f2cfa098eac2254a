"""The footnotes of a text: numbered in the order in which they are written down, at its end."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

ARROW = "&#8617;"
SPACE = "&#160;"


@dataclass
class Footnotes:
    """What the notes say, by their labels, and how often the text refers to each.

    `labels` are all that are written down, in this order.
    """

    labels: list[str]
    notes: dict[str, Element] = field(default_factory=dict)
    references: dict[str, int] = field(default_factory=dict)

    def define(self, label: str) -> Element:
        """Return an element for what the note says; the last one with this label counts."""
        self.notes[label] = Element("li", {"id": f"fn:{label}"})
        return self.notes[label]

    def refer(self, label: str) -> Element:
        """Return the number that leads from the text to the note."""
        self.references[label] = times = self.references.get(label, 0) + 1
        number = str(self.labels.index(label) + 1)
        box = Element("sup", {"id": _place(label, times)})
        SubElement(box, "a", {"class": "footnote-ref", "href": f"#fn:{label}"}).text = number
        return box

    def append_to(self, root: Element) -> None:
        """Append the notes in the order of their numbers."""
        if not self.labels:
            return
        items = SubElement(SubElement(root, "div", {"class": "footnote"}), "ol")
        for number, label in enumerate(self.labels, 1):
            note = self.notes[label]
            items.append(note)
            if not len(note) or note[-1].tag != "p":
                SubElement(note, "p")
            elif len(note[-1]):
                note[-1][-1].tail = (note[-1][-1].tail or "") + SPACE
            else:
                note[-1].text = (note[-1].text or "") + SPACE
            for times in range(1, self.references.get(label, 1) + 1):
                attributes = {
                    "aria-label": f"Back to note {number} in the text",
                    "class": "footnote-backref",
                    "href": f"#{_place(label, times)}",
                    "role": "doc-backlink",
                }
                SubElement(note[-1], "a", attributes).text = ARROW


def _place(label: str, times: int) -> str:
    return f"fnref{times if times > 1 else ''}:{label}"
