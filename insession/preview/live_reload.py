"""Tells open pages what has changed, by server-sent events.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import json
import secrets
import threading
from collections.abc import Iterator

STILL_HERE = 15  # seconds after which a silent stream says so, to notice pages that have gone
RETRY = "retry: 300\n\n"  # milliseconds after which a page asks again when the stream breaks


class LiveVersion:
    """The version of what is shown, and a way to wait for the next one.

    Versions differ from those of an earlier start, so that pages from then are told to reload.
    """

    def __init__(self) -> None:
        self._start = secrets.token_hex(4)
        self._count, self._kind = 0, ""
        self._told = threading.Condition()

    @property
    def version(self) -> str:
        """What a page is marked with when it is drawn."""
        return f"{self._start}-{self._count}"

    def tell(self, kind: str) -> None:
        """Say that something is new: the whole page ("reload") or its look alone ("style")."""
        with self._told:
            self._count, self._kind = self._count + 1, kind
            self._told.notify_all()

    def follow(self, seen: str) -> Iterator[str]:
        """Yield the events for a page of the version `seen`, from what it missed on."""
        yield RETRY
        while True:
            kind, version = self._next(seen)
            if version == seen:
                yield ": still here\n\n"
            else:
                yield f"data: {json.dumps({'kind': kind, 'version': version})}\n\n"
            seen = version

    def _next(self, seen: str) -> tuple[str, str]:
        """Wait for another version than `seen`. Of several that were missed all is new."""
        with self._told:
            self._told.wait_for(lambda: self.version != seen, STILL_HERE)
            is_next = seen == f"{self._start}-{self._count - 1}"
            return self._kind if is_next else "reload", self.version
