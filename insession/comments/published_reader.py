"""The comments that the therapist has published: read from approved.json, never changed.

The comments service writes that file; the build reads it from the disk, or over https with a
conditional request, keeping the last good copy for the day on which the service can't be reached.
"""

import hashlib
import json
import queue
import re
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from http.client import HTTPException
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from markupsafe import Markup, escape
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, ValidationError

from insession.common.atomic_file import replace_file
from insession.common.problems import Problem, Problems

TIMEOUT = 10  # seconds without a byte
DEADLINE = 30.0  # seconds for the whole answer, however it drips
CHUNK = 64 * 1024
LARGEST = 64 * 1024 * 1024  # bytes; more than that is not ours
REMOTE = re.compile(r"https://|http://(localhost|127\.0\.0\.1)[:/]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # for the feeds

# A year nearer to either end of the calendar can't be written in every time zone.
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)

Text = Annotated[str, AfterValidator(lambda text: NOT_IN_XML.sub("", text))]
Time = Annotated[AwareDatetime, AfterValidator(lambda at: max(EARLIEST, min(at, LATEST)))]


class PublishedComment(BaseModel):
    """One comment. A removed one has no text and stands for what its replies answered."""

    model_config = ConfigDict(defer_build=True)  # until there is one

    id: int
    parent: int | None = None
    name: Text = ""
    body: Text = ""
    created: Time
    by_author: bool = False
    replies: list["PublishedComment"] = []  # filled by `tree`

    @property
    def is_removed(self) -> bool:
        """Whether only its place is left."""
        return not self.body

    @cached_property
    def html(self) -> Markup:
        """Its text: blank lines make paragraphs, and nothing that is written is a tag."""
        paragraphs = re.split(r"\n\s*\n", str(escape(self.body.strip())))
        lines = (text.replace("\n", "<br>") for text in paragraphs)
        return Markup("\n".join(f'<p dir="auto">{text}</p>' for text in lines))  # noqa: S704


class Approved(BaseModel):
    """All of approved.json: the comments of each article by its id, and which take no more."""

    model_config = ConfigDict(defer_build=True)

    version: Literal[1]
    threads: dict[str, list[PublishedComment]]
    closed: list[str] = []
    digest: str = ""  # of the file, to know whether it is still the newest


class LoadedComments(NamedTuple):
    """The comments, what is to be said about them, and whether they are those of now."""

    approved: Approved
    said: str = ""
    is_current: bool = True


def tree(comments: list[PublishedComment]) -> list[PublishedComment]:
    """Return the comments in the order of their time, each with the replies to it."""
    in_order = sorted(comments, key=lambda comment: (comment.created, comment.id))
    top = {comment.id: comment for comment in in_order if comment.parent is None}
    for reply in in_order:
        if reply.parent is not None:
            gone = PublishedComment(id=reply.parent, created=reply.created)
            top.setdefault(reply.parent, gone).replies.append(reply)
    return sorted(top.values(), key=lambda comment: (comment.created, comment.id))


def read_approved(source: str, root: Path) -> LoadedComments:
    """Read approved.json at an address, or at a path below `root`.

    Raises Problems if they can't be had at all: a site without them is not to be published.
    """
    if REMOTE.match(source):
        return _fetched(source, root / ".comments-cache" / "approved.json")
    if "://" in source:
        what = f"COMMENTS_APPROVED is “{source}”, which isn't an https address."
        how = "Write it with https: https://comments.example.org/comments/approved.json"
        raise Problems([Problem("publishconf.py", 0, what, how)])
    try:
        return LoadedComments(_parsed((root / source).read_bytes()))
    except FileNotFoundError:
        chosen = Path(source).is_absolute()  # by her, and so perhaps mistyped
        said = f"No comments are shown: COMMENTS_APPROVED names no file, {source}."
        return LoadedComments(Approved(version=1, threads={}), said if chosen else "")
    except (OSError, ValueError) as error:
        what = f"the published comments can't be read ({_reason(error)})."
        how = "Make this file anew by starting the comments service, then build again."
        raise Problems([Problem(source, 0, what, how)]) from None


def _fetched(url: str, cache: Path) -> LoadedComments:
    copy = _copy_of(url, cache)
    headers = {"Accept": "application/json"}
    if copy and copy["etag"]:
        headers["If-None-Match"] = copy["etag"]
    try:
        text, etag = _within(DEADLINE, lambda: _answer(Request(url, headers=headers)))  # noqa: S310
        approved = _parsed(text)
    except (OSError, HTTPException, ValueError) as error:
        if copy and isinstance(error, HTTPError) and error.code == 304:
            return LoadedComments(_parsed(copy["text"]))
        return _last_good(url, copy, error)
    cache.parent.mkdir(exist_ok=True)
    kept = {"url": url, "etag": etag, "text": text.decode()}
    replace_file(cache, json.dumps(kept, ensure_ascii=False).encode())
    return LoadedComments(approved)


def _answer(request: Request) -> tuple[bytes, str]:
    """Ask, and return what was answered and its ETag."""
    end, text = time.monotonic() + DEADLINE, b""
    with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310  (https, or this computer)
        while len(text) < LARGEST and (part := answer.read1(CHUNK)):
            text += part
            if time.monotonic() > end:
                raise TimeoutError("it doesn't come to an end")
        return text, answer.headers.get("ETag", "")


def _within(seconds: float, work: Callable[[], tuple[bytes, str]]) -> tuple[bytes, str]:
    """Return what `work` returns, or raise what it raises; TimeoutError if it takes too long.

    What sends a byte now and then would keep a connection waiting for ever.
    """
    done: queue.Queue[tuple[tuple[bytes, str], Exception | None]] = queue.Queue()

    def run() -> None:
        try:
            done.put((work(), None))
        except Exception as error:
            done.put(((b"", ""), error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = done.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"no whole answer in {seconds:.0f} seconds") from None
    if error:
        raise error
    return result


def _last_good(url: str, copy: dict[str, str] | None, error: Exception) -> LoadedComments:
    if not copy:
        what = f"the comments can't be fetched ({_reason(error)}), and there is no earlier copy."
        how = "Nothing is published without them. Try again when the comments service answers."
        raise Problems([Problem(url, 0, what, how)]) from None
    said = f"The comments can't be fetched from {url} ({_reason(error)})."
    said += " Those of the last time are taken; some of them may have been withdrawn since."
    return LoadedComments(_parsed(copy["text"]), said, is_current=False)


def _copy_of(url: str, cache: Path) -> dict[str, str] | None:
    """Return what was last fetched from this address, if that is whole."""
    try:
        copy: dict[str, Any] = json.loads(cache.read_text(encoding="utf-8"))
        _parsed(copy["text"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return copy if copy.get("url") == url and isinstance(copy.get("etag"), str) else None


def _parsed(text: bytes | str) -> Approved:
    raw = text.encode() if isinstance(text, str) else text
    digest = hashlib.sha256(raw).hexdigest()
    return Approved.model_validate_json(raw).model_copy(update={"digest": digest})


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "it isn't a list of comments"
    return str(getattr(error, "reason", None) or getattr(error, "strerror", None) or error)
