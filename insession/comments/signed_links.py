"""Links that are their own permission: signed ones for her, one-time ones for who wrote."""

import hashlib
import secrets
import time
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from insession.comments import Refusal
from insession.comments.store import Comment

DAY, MINUTE = 86_400, 60
MODERATE_DAYS, QUEUE_DAYS = 30, 14
ACTIONS = ("publish", "keep", "delete")
ALL_ACTIONS = frozenset({*ACTIONS, "strike", "answer"})


class Right(NamedTuple):
    """What a signed link lets her do: `actions` on one comment; `action` is what it proposes."""

    number: int
    created: str
    action: str
    actions: frozenset[str]


@cache
def _signer(secret: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        secret,
        salt=f"insession.comments.{purpose}",  # a link for one purpose is none for another
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )


def moderation_token(secret: str, comment: Comment, action: str, all_actions: bool = True) -> str:
    """Sign one action, or all, on one comment (and on no other that a backup gives its id).

    `action` is what the link proposes.
    """
    right = [comment.id, comment.created, action, *(["all"] if all_actions else [])]
    return _signer(secret, "moderate").dumps(right)


def read_moderation(secret: str, token: str) -> Right:
    """Return what a signed link is good for; raise Refusal if it isn't valid.

    A link of an earlier version was signed for its one action, and is good for no other.
    """
    number, created, action, *more = _read(secret, "moderate", token, MODERATE_DAYS)
    actions = ALL_ACTIONS if more == ["all"] else frozenset({str(action)})
    return Right(int(number), str(created), str(action), actions)


def queue_token(secret: str) -> str:
    """Sign the right to see and decide all: what waits, what is published, which are closed."""
    return _queue_token(secret, int(time.time()) // MINUTE)


@lru_cache(maxsize=1)  # many mails at once have the same: to sign takes as long as to store
def _queue_token(secret: str, minute: int) -> str:
    return _signer(secret, "queue").dumps("desk")


def read_queue(secret: str, token: str) -> bool:
    """Return whether the link is good for all; one of an earlier version is for what waits only.

    Raises Refusal if it isn't valid (any more).
    """
    return bool(_read(secret, "queue", token, QUEUE_DAYS) == "desk")


def read_desk(secret: str, token: str) -> None:
    """Raise Refusal if the link isn't good for all."""
    if not read_queue(secret, token):
        raise Refusal(
            "This link, from an older e-mail, shows only what waits. Please open one from a newer "
            "e-mail; in a terminal “comments.queue” prints one."
        )


def chosen_token(secret: str, action: str, comments: list[Comment]) -> str:
    """Sign one action on the comments that a page has shown."""
    shown = [[comment.id, comment.created] for comment in comments]
    return _signer(secret, "several").dumps([action, shown])


def read_chosen(secret: str, token: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the action, and id and creation time of each comment."""
    action, shown = _read(secret, "several", token, 1)
    return str(action), [(int(number), str(created)) for number, created in shown]


def _read(secret: str, purpose: str, token: str, days: int) -> Any:
    try:
        return _signer(secret, purpose).loads(token, max_age=days * DAY)
    except SignatureExpired:
        raise Refusal(
            f"This link was good for {days} days, and they are over. A newer e-mail has a fresh "
            "one; in a terminal “comments.queue” prints one."
            if days > 1
            else "What you have chosen here is older than a day. Please choose once more."
        ) from None
    except BadSignature:
        raise Refusal(
            "This link isn’t complete, or isn’t one of ours. Please copy all of it from the e-mail."
        ) from None


def form_token(secret: str, address: str) -> str:
    """Sign that a form was given to the visitor at this address; it doesn't tell the address."""
    return _signer(secret, "form").dumps(_keyed(secret, address))


def is_own_form(secret: str, token: str, address: str) -> bool:
    """Whether the form was given to this visitor, no longer than a day ago."""
    if not token:
        return False
    try:
        given = _signer(secret, "form").loads(token, max_age=DAY)
    except BadSignature:  # or it has expired
        return False
    return bool(given == _keyed(secret, address))


def _keyed(secret: str, address: str) -> str:
    key = hashlib.sha256(secret.encode()).digest()
    return hashlib.blake2b(address.encode(), key=key, digest_size=16).hexdigest()


def moderation_url(
    url: str,
    secret: str,
    comment: Comment,
    action: str,
    queue: str = "",
    all_actions: bool = True,
) -> str:
    """Return the address that asks her to confirm; `queue` leads back to the queue."""
    token = moderation_token(secret, comment, action, all_actions)
    return f"{url}/comments/moderate?" + urlencode({"s": token} | ({"q": queue} if queue else {}))


def mail_urls(url: str, secret: str, comment: Comment) -> dict[str, str]:
    """Return for each action the address that asks her to confirm it; one signature is for all."""
    first = moderation_url(url, secret, comment, ACTIONS[0])
    return {ACTIONS[0]: first} | {action: f"{first}&do={action}" for action in ACTIONS[1:]}


def queue_url(url: str, secret: str) -> str:
    """Return a fresh address of the queue."""
    return f"{url}/comments/queue?" + urlencode({"s": queue_token(secret)})


def new_withdraw_token() -> str:
    """Return what only the writer of a comment will know."""
    return secrets.token_urlsafe(32)


def withdraw_hash(token: str) -> str:
    """Return what is stored of it."""
    return hashlib.sha256(token.encode()).hexdigest()
