"""Which files of the last release stay for one more, beside those of the new one.

Whoever has opened a page a moment ago asks for its script or picture now. Those have a fingerprint
of their bytes in their name, such as `share.5f2b1c90aa31.js`, and the new release may have the same
under another. So what was replaced stays until the next release; what was taken down goes at once.
"""

import re
from collections.abc import Iterable

# A name, the fingerprint, and the ending, also of the compressed copy.
FINGERPRINTED = re.compile(r"(.+)\.[0-9a-f]{8,64}(\.\w+(?:\.(?:br|gz|zst))?)")


def replaced(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Return the paths in `before` in whose place `after` has the same with other bytes."""
    new = set(after)
    places = {place for path in new if (place := _place(path))}
    return sorted(path for path in before if path not in new and _place(path) in places)


def _place(path: str) -> tuple[str, str] | None:
    """The path without its fingerprint, None if it has none."""
    found = FINGERPRINTED.fullmatch(path)
    return (found[1], found[2]) if found else None
