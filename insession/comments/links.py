"""Links that are their own permission: signed ones for her, one-time ones for who wrote."""

import hashlib
import secrets
from urllib.parse import urlencode

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from insession.comments import Refusal
from insession.comments.store import Comment

DAY = 86_400
MODERATE_DAYS, QUEUE_DAYS = 30, 14
ACTIONS = ("publish", "keep", "delete")


def _signer(secret: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        secret,
        salt=f"insession.comments.{purpose}",  # a link for one purpose is none for another
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )


def moderation_token(secret: str, comment: Comment, action: str) -> str:
    """Sign one action on one comment (and on no other that a restored backup gives its id)."""
    return _signer(secret, "moderate").dumps([comment.id, comment.created, action])


def read_moderation(secret: str, token: str) -> tuple[int, str, str]:
    """Return id, creation time and action of a signed link; raise Refusal if it isn't valid."""
    number, created, action = _read(secret, "moderate", token, MODERATE_DAYS)
    return int(number), str(created), str(action)


def queue_token(secret: str) -> str:
    """Sign the right to see what waits."""
    return _signer(secret, "queue").dumps("queue")


def read_queue(secret: str, token: str) -> None:
    """Raise Refusal if the link to the queue isn't valid (any more)."""
    _read(secret, "queue", token, QUEUE_DAYS)


def _read(secret: str, purpose: str, token: str, days: int) -> list[object]:
    try:
        return _signer(secret, purpose).loads(token, max_age=days * DAY)
    except SignatureExpired:
        raise Refusal(
            f"This link was good for {days} days, and they are over. "
            "“python3 tasks.py comments.queue” gives you a fresh one."
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
    try:
        given = _signer(secret, "form").loads(token, max_age=DAY)
    except BadSignature:  # or it has expired
        return False
    return given == _keyed(secret, address)


def _keyed(secret: str, address: str) -> str:
    key = hashlib.sha256(secret.encode()).digest()
    return hashlib.blake2b(address.encode(), key=key, digest_size=16).hexdigest()


def moderation_url(url: str, secret: str, comment: Comment, action: str, queue: str = "") -> str:
    """Return the address that asks her to confirm; `queue` leads back to the queue."""
    token = moderation_token(secret, comment, action)
    return f"{url}/comments/moderate?" + urlencode({"s": token} | ({"q": queue} if queue else {}))


def queue_url(url: str, secret: str) -> str:
    """Return a fresh address of the queue."""
    return f"{url}/comments/queue?" + urlencode({"s": queue_token(secret)})


def new_withdraw_token() -> str:
    """Return what only the writer of a comment will know."""
    return secrets.token_urlsafe(32)


def withdraw_hash(token: str) -> str:
    """Return what is stored of it."""
    return hashlib.sha256(token.encode()).hexdigest()
