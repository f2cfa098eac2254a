"""The figures as bars in an SVG that is readable in the light and in the dark, and read aloud."""

from collections.abc import Iterator
from html import escape

from benchmarks.generators import OURS
from benchmarks.results import MEASUREMENTS, Figures, Measurement, middle, shown

DRAWN = ("clean", "changed", "unchanged", "words", "memory")
NAMES, COLUMN, MARGIN = 104, 212, 20  # widths
BAR, ROW, HEADING = 14, 21, 40  # heights
VALUE = 76  # the width that is kept for the figure after the longest bar
STYLE = """
  text { font: 14px system-ui, sans-serif; fill: #24292f; }
  .heading { font-weight: 600; }
  .paper { fill: #fff; }
  .bar { fill: #868e96; }
  .ours { fill: #0b6e69; font-weight: 600; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e8ea; }
    .paper { fill: #16191c; }
    .bar { fill: #7b848c; }
    .ours { fill: #55c4bb; }
  }
"""
TITLE = "How long In Session takes, beside other generators"


def plot(sizes: dict[int, Figures]) -> str:
    """Draw a group of bars for each measurement, with a column for each number of articles."""
    shapes = [*_shapes(sizes)]
    width = 2 * MARGIN + NAMES + COLUMN * len(sizes)
    height = HEADING + sum(HEADING + ROW * len(_names(sizes, each)) for each in _drawn(sizes))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height + MARGIN}"'
        f' width="{width}" height="{height + MARGIN}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{TITLE}</title>',
        f'<desc id="desc">{escape(describe(sizes))}</desc>',
        f"<style>{STYLE}</style>",
        '<rect class="paper" width="100%" height="100%" rx="8"/>',
        *shapes,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def describe(sizes: dict[int, Figures]) -> str:
    """Say in sentences what the bars show."""
    sentences = []
    for each in _drawn(sizes):
        for count, figures in sizes.items():
            said = [
                f"{name} {shown(each.key, value)}"
                for name in figures
                if (value := middle(figures, name, each.key)) is not None
            ]
            sentences.append(f"{each.label}, {count:,} articles: {', '.join(said)}.")
    return " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences)


def _drawn(sizes: dict[int, Figures]) -> list[Measurement]:
    drawn = [each for each in MEASUREMENTS if each.key in DRAWN]
    return [each for each in drawn if _names(sizes, each)]


def _names(sizes: dict[int, Figures], measurement: Measurement) -> list[str]:
    """Return the generators that have a figure, in their order."""
    names = dict.fromkeys(name for figures in sizes.values() for name in figures)
    return [
        name
        for name in names
        if any(middle(figures, name, measurement.key) is not None for figures in sizes.values())
    ]


def _shapes(sizes: dict[int, Figures]) -> Iterator[str]:
    yield f'<text x="{MARGIN}" y="{MARGIN + 8}">Less is better</text>'
    for at, count in enumerate(sizes):
        left = MARGIN + NAMES + at * COLUMN
        yield f'<text class="heading" x="{left}" y="{MARGIN + 8}">{count:,} articles</text>'
    top = HEADING
    for each in _drawn(sizes):
        label = each.label[0].upper() + each.label[1:]
        yield f'<text class="heading" x="{MARGIN}" y="{top + 24}">{escape(label)}</text>'
        top += HEADING - 6
        for name in _names(sizes, each):
            yield from _row(sizes, each, name, top)
            top += ROW
        top += 6


def _row(sizes: dict[int, Figures], measurement: Measurement, name: str, top: int) -> Iterator[str]:
    """Yield the name of a generator and its bar for each number of articles."""
    kind = ' class="ours"' if name == OURS else ""
    yield f'<text{kind} x="{MARGIN}" y="{top + BAR - 2}">{escape(name)}</text>'
    for at, figures in enumerate(sizes.values()):
        value = middle(figures, name, measurement.key)
        if value is None:
            continue
        found = [middle(figures, other, measurement.key) for other in figures]
        longest = max(other for other in found if other is not None)
        width = max(1.0, (COLUMN - VALUE) * value / longest)
        left = MARGIN + NAMES + at * COLUMN
        colour = "ours" if name == OURS else "bar"
        text = shown(measurement.key, value)
        yield (
            f'<rect class="{colour}" x="{left}" y="{top}" width="{width:.1f}" height="{BAR}"/>'
            f'<text{kind} x="{left + width + 6:.1f}" y="{top + BAR - 2}">{text}</text>'
        )
