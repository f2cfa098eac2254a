"""Articles of every variety of Markdown, as people write it; the same number is always the same."""

import random
from collections.abc import Callable

WORDS = "silence sits with us and no one speaks 1986 isn't (yet) so, then: “well” über café".split()
ADDRESSES = (
    "how-therapy-ends.md",
    "https://www.example.org/a_b?c=d&e=f",
    "#part",
    "<a b.md>",
    "a(b).md",
)
MARKERS = ("- ", "* ", "+ ", "-   ", "1. ", "1) ", "7. ", "10. ", "123) ")
ODD = (
    "*",
    "_",
    "**",
    "`",
    "[",
    "]",
    "!",
    "\\",
    "&amp;",
    "&",
    "<",
    ">",
    "#",
    "+",
    "~",
    "|",
    "\\*",
    "—",
)


def write_article(seed: int) -> str:
    """Return an article of five to fifteen blocks."""
    chance = random.Random(seed)
    notes = [f"n{number}" for number in range(chance.randint(0, 3))]
    blocks = [_block(chance, 0) for _ in range(chance.randint(5, 15))]
    blocks += [[f"What is told here.[^{note}]"] for note in notes]
    blocks += [[f"[^{note}]: {_words(chance)}"] for note in notes]
    blocks.append(["[known]: https://www.example.org 'A title'"])
    return "\n".join(_join(chance, blocks))


def _join(chance: random.Random, blocks: list[list[str]]) -> list[str]:
    """Put blocks below each other, mostly with an empty line between them."""
    lines: list[str] = []
    for block in blocks:
        gap = chance.choices([0, 1, 2], [2, 6, 1])[0]
        lines += ([""] * gap if lines else []) + block
    return lines


def _words(chance: random.Random) -> str:
    """Return some words of a line, with marks among them."""
    return " ".join(_mark(chance, chance.choice(WORDS)) for _ in range(chance.randint(1, 9)))


def _mark(chance: random.Random, word: str) -> str:
    if chance.random() < 0.75:
        return word
    stars = chance.choice(["*", "**", "_", "__", "***", "`", "``"])
    return chance.choice(
        [
            f"{stars}{word} {word}{stars}",
            f"{word}{stars}{word}{stars}{word}",
            f"[{word}]({chance.choice(ADDRESSES)})",
            f'![{word} *{word}*](../images/a.png "{word}")',
            "[known]",
            f"[{word}][known]",
            f"*{word}**{word}*[{word}](d.md)",
            f"**{word} *{word}* {word}**",
            f"<https://www.example.org/{len(word)}>",
            f"<em>{word}</em>",
            f"{chance.choice(ODD)}{word}{chance.choice(ODD)}",
        ]
    )


def _block(chance: random.Random, depth: int) -> list[str]:
    kinds: list[Callable[[random.Random, int], list[str]]] = [
        *[_paragraph] * 4,
        *[_list] * 4,
        _quote,
        _heading,
        _table,
        _code,
        _rule,
        _terms,
    ]
    return chance.choice(kinds[: 8 if depth else None])(chance, depth)


def _paragraph(chance: random.Random, _: int) -> list[str]:
    lines = [_words(chance) for _ in range(chance.choice([1, 1, 2, 3]))]
    ends = ["", "", "", "  ", "\\"]
    starts = ["", "", "", "", " ", "  ", "    ", "\t"]
    rest = [chance.choice(starts) + line + chance.choice(ends) for line in lines[1:]]
    return [chance.choice(["", "", "", "", " ", "   ", "    ", "\t"]) + lines[0], *rest]


def _list(chance: random.Random, depth: int) -> list[str]:
    marker, tight = chance.choice(MARKERS), chance.random() < 0.6
    lines: list[str] = []
    for number in range(chance.randint(1, 4)):
        inner = [[_words(chance)]]
        if depth < 3 and chance.random() < 0.4:
            inner += [_block(chance, depth + 1) for _ in range(chance.randint(1, 2))]
        width = chance.choice([len(marker), len(marker), 2, 4])
        content = _join(chance, inner)
        lines += [""] if number and not tight else []
        lines.append(marker + content[0])
        lines += [" " * width + line if line else "" for line in content[1:]]
    return lines


def _quote(chance: random.Random, depth: int) -> list[str]:
    inner = _block(chance, depth + 1) if depth < 3 else [_words(chance)]
    is_lazy = chance.random() < 0.3
    return [
        f"> {line}" if number == 0 or not is_lazy else line for number, line in enumerate(inner)
    ]


def _heading(chance: random.Random, _: int) -> list[str]:
    words = _words(chance)
    level = "#" * chance.randint(2, 5)
    return chance.choice(
        [[f"{level} {words}"], [f"{level} {words} ##"], [words, "---"], [words, "==="]]
    )


def _table(chance: random.Random, _: int) -> list[str]:
    columns = chance.randint(1, 3)
    rows = [[chance.choice(WORDS) for _ in range(columns)] for _ in range(chance.randint(1, 4))]
    if chance.random() < 0.3:
        rows[-1] = rows[-1][1:] or ["more"]
    edge = chance.choice(["|", "| "])
    head, *body = [edge + " | ".join(row) + " |" for row in rows]
    above = [_words(chance)] if chance.random() < 0.3 else []
    return [*above, head, "|" + "|".join(["---", ":-:", "--:"][:columns]) + "|", *body]


def _code(chance: random.Random, _: int) -> list[str]:
    lines = ["first *line*", "", "  <b> & second"]
    fence = chance.choice(["```", "~~~", "````"])
    fenced = [fence + chance.choice(["", "sh", " python"]), *lines, fence]
    return chance.choice([fenced, fenced[:-1], ["    " + line if line else "" for line in lines]])


def _rule(chance: random.Random, _: int) -> list[str]:
    return [chance.choice(["---", "* * *", "_____", "***"])]


def _terms(chance: random.Random, _: int) -> list[str]:
    gap = [""] if chance.random() < 0.3 else []
    return [chance.choice(WORDS), *gap, f":   {_words(chance)}", *gap, f": {_words(chance)}"]
