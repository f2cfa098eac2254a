"""Which files and remarks are meant by what she types: `x.md`, `articles/x.md`; harm, spelling."""

import difflib
from collections.abc import Sequence
from pathlib import PurePosixPath

from insession.check.remark import Weight
from insession.content.remark_names import REMARKS


class UnknownFile(Exception):
    """No file is meant by a word; says so, with the nearest name."""


class UnknownRemark(Exception):
    """No remark has this name; says so, with the nearest one."""


def named_remarks(typed: str) -> list[str]:
    """Return the names in “harm,spelling”: of weights, or of remarks. Raises UnknownRemark."""
    names = [name for name in typed.replace(",", " ").casefold().split() if name]
    names = ["harm" if name == Weight.HURTS.name.casefold() else name for name in names]
    weights = [weight.label for weight in Weight]
    for name in names:
        if name not in {*weights, *REMARKS}:
            near = difflib.get_close_matches(name, [*weights, *REMARKS], n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            listed = f"{', '.join(weights[:-1])} and {weights[-1]}"
            raise UnknownRemark(
                f"There are no remarks named “{name}”.{meant}\n"
                f"By weight they are {listed};\n"
                "each also has a name of its own, which stands at its right in the report."
            )
    return names


def named_files(words: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the paths in `known` that are meant by the words. Raises UnknownFile."""
    found: list[str] = []
    for word in words:
        meant = _meant(word, known)
        if not meant:
            raise UnknownFile(_unknown(word, known))
        found += meant
    return list(dict.fromkeys(found))


def _meant(word: str, known: Sequence[str]) -> list[str]:
    typed = word.replace("\\", "/").rstrip("/").removeprefix("./").casefold()
    for name in (typed, f"{typed}.md"):
        exact = [path for path in known if path.casefold() == name]
        ending = [path for path in known if f"/{path}".casefold().endswith(f"/{name}")]
        # A path from the root of the disk ends in one that is known.
        longer = [path for path in known if name.endswith(f"/{path}".casefold())]
        if found := exact or ending or longer:
            return found
    return [path for path in known if typed and f"/{path}".casefold().rfind(f"/{typed}/") >= 0]


def _unknown(word: str, known: Sequence[str]) -> str:
    name = PurePosixPath(word.replace("\\", "/")).name.casefold()
    names = {PurePosixPath(path).name.casefold(): path for path in known}
    stems = {PurePosixPath(path).stem.casefold(): path for path in known}
    near = difflib.get_close_matches(name, [*names, *stems], n=1, cutoff=0.7)
    hint = f" Did you mean {(names | stems)[near[0]]}?" if near else ""
    return f"There is no text “{word}” in content/.{hint}"
