"""What an import did, told to her: what came, what stayed behind, and what to look at."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field


@dataclass
class Report:
    """Filled while importing; `str` is what is printed."""

    home: str
    came: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    remarks: list[str] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)  # what came, and its file here
    stayed: list[tuple[str, str]] = field(default_factory=list)  # titles, and why

    def leave_out(self, why: str, title: str = "") -> None:
        """Count something that doesn't come along, and keep its title."""
        self.left_out[why] += 1
        if title:
            self.stayed.append((title, why))

    @property
    def whole(self) -> str:
        """What is printed, and where each thing went: too long for a screen."""
        rows = [str(self)]
        if self.places:
            rows += ["", "Where each thing went:", ""]
            rows += [f"  {old}\n    {here}" for old, here in self.places]
        if self.stayed:
            rows += ["", "What stayed behind:", ""]
            rows += [f"  “{title}”: {why}" for title, why in self.stayed]
        return "\n".join(rows)

    def __str__(self) -> str:
        rows = [self._first()]
        if self.left_out:
            rows += ["", "Left out:"]
            rows += [f"  {count} {why}" for why, count in sorted(self.left_out.items())]
        rows += ["", *self.remarks] if self.remarks else []
        if self.lines:
            rows += ["", "Please look at these places:"]
        for file in sorted(self.lines):
            rows += ["", file]
            rows += [f"  {f'line {n}: ' if n else ''}{words}" for n, words in self.lines[file]]
        return "\n".join(rows)

    def _first(self) -> str:
        """One sentence with the numbers."""
        drafts = self.came["draft"]
        among = f" ({drafts} of them {'a draft' if drafts == 1 else 'drafts'})" if drafts else ""
        texts = (
            f"{counted(self.came['article'], 'article')} and {counted(self.came['page'], 'page')}"
        )
        files = [
            counted(self.came[kind], word)
            for kind, word in (("image", "picture"), ("download", "other file"))
            if self.came[kind]
        ]
        return f"From {self.home}: {', '.join([f'{texts}{among}', *files])}."


def counted(number: int, word: str) -> str:
    """Return "1 picture" or "2 pictures"."""
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"
