"""The comments that the therapist has published: read from approved.json, never changed.

The comments service writes that file; the build reads it from the disk, or over https with a
conditional request, keeping the last good copy for the day on which the service can't be reached.
"""

import hashlib
import json
import re
from functools import cached_property
from http.client import HTTPException
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from markupsafe import Markup, escape
from pydantic import AfterValidator, AwareDatetime, BaseModel, ValidationError

from insession.problems import Problem, Problems

TIMEOUT = 10  # seconds
LARGEST = 64 * 1024 * 1024  # bytes; more than that is not ours
REMOTE = re.compile(r"https://|http://(localhost|127\.0\.0\.1)[:/]")
NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for the feeds

Text = Annotated[str, AfterValidator(lambda text: NOT_IN_XML.sub("", text))]


class Comment(BaseModel):
    """One comment. A removed one has no text and stands for what its replies answered."""

    id: int
    parent: int | None = None
    name: Text = ""
    body: Text = ""
    created: AwareDatetime
    by_author: bool = False
    replies: list["Comment"] = []  # filled by `tree`

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

    version: Literal[1]
    threads: dict[str, list[Comment]]
    closed: list[str] = []
    digest: str = ""  # of the file, to know whether it is still the newest


def tree(comments: list[Comment]) -> list[Comment]:
    """Return the comments in the order of their time, each with the replies to it."""
    in_order = sorted(comments, key=lambda comment: (comment.created, comment.id))
    top = {comment.id: comment for comment in in_order if comment.parent is None}
    for reply in in_order:
        if reply.parent is not None:
            gone = Comment(id=reply.parent, created=reply.created)
            top.setdefault(reply.parent, gone).replies.append(reply)
    return sorted(top.values(), key=lambda comment: (comment.created, comment.id))


def read_approved(source: str, root: Path) -> tuple[Approved, str]:
    """Read approved.json at an address, or at a path below `root`.

    Returns the comments, and a sentence for the terminal where there is something to say.
    Raises Problems if they can't be had at all: a site without them is not to be published.
    """
    if REMOTE.match(source):
        return _fetched(source, root / ".comments-cache" / "approved.json")
    if "://" in source:
        what = f"COMMENTS_APPROVED is “{source}”, which isn't an https address."
        how = "Write it with https: https://comments.example.org/comments/approved.json"
        raise Problems([Problem("publishconf.py", 0, what, how)])
    try:
        return _parsed((root / source).read_bytes()), ""
    except FileNotFoundError:
        chosen = Path(source).is_absolute()  # by her, and so perhaps mistyped
        said = f"No comments are shown: COMMENTS_APPROVED names no file, {source}."
        return Approved(version=1, threads={}), said if chosen else ""
    except (OSError, ValueError) as error:
        what = f"the published comments can't be read ({_reason(error)})."
        how = "Make this file anew by starting the comments service, then build again."
        raise Problems([Problem(source, 0, what, how)]) from None


def _fetched(url: str, cache: Path) -> tuple[Approved, str]:
    copy = _copy_of(url, cache)
    headers = {"Accept": "application/json"}
    if copy and copy["etag"]:
        headers["If-None-Match"] = copy["etag"]
    try:
        with urlopen(Request(url, headers=headers), timeout=TIMEOUT) as answer:  # noqa: S310
            text, etag = answer.read(LARGEST), answer.headers.get("ETag", "")
        approved = _parsed(text)
    except (OSError, HTTPException, ValueError) as error:
        if copy and isinstance(error, HTTPError) and error.code == 304:
            return _parsed(copy["text"]), ""
        return _last_good(url, copy, error)
    cache.parent.mkdir(exist_ok=True)
    fresh = cache.with_suffix(".new")
    kept = {"url": url, "etag": etag, "text": text.decode()}
    fresh.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    fresh.replace(cache)
    return approved, ""


def _last_good(url: str, copy: dict[str, str] | None, error: Exception) -> tuple[Approved, str]:
    if not copy:
        what = f"the comments can't be fetched ({_reason(error)}), and there is no earlier copy."
        how = "Nothing is published without them. Try again when the comments service answers."
        raise Problems([Problem(url, 0, what, how)]) from None
    said = f"The comments can't be fetched from {url} ({_reason(error)})."
    return _parsed(copy["text"]), f"{said} Those of the last time are shown."


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
