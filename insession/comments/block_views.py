"""Her pages about blocks: each asks before it acts, by the signed link to what waits."""

import time
from datetime import datetime, tzinfo
from typing import Any

from werkzeug import exceptions as http
from werkzeug.wrappers import Response

from insession.comments import blocks, signed_links, store
from insession.comments.rate_limits import DAY
from insession.comments.service import Request, Service, refuse_strangers, sent_form

NUMBER_MOST = 15  # digits of an id


def on_queue(service: Service) -> dict[str, Any]:
    """Return what the page of all that wait shows of blocks."""
    found = blocks.active(service.connection, time.time())
    with store.turn:
        known = service.visits.origins
    zone = service.site.zone()
    return {"blocks": [_shown(block, zone) for block in found], "known": known}


def block(service: Service, request: Request) -> Response:
    """GET shows what a block would do and asks; POST sets it."""
    given = _given(service, request, ("s", "kind", "days"), ("comment", "word", "delete"))
    connection, at = service.connection, time.time()
    values = _word(service, given) if "word" in given else _place(service, given)
    found = values["found"]
    if request.method == "GET":
        return service.page("block", token=given["s"], days=blocks.DAYS, **values)
    kind, days = given["kind"], _number(given["days"])
    if kind not in found or days not in blocks.DAYS:
        raise http.BadRequest("What arrived isn’t the form of this page.")
    deleted = found[kind] if given.get("delete") else []
    with store.turn, store.transaction(connection):
        if "word" in given:
            blocks.block_word(connection, values["word"], days, at)
        else:
            number = values["comment"].id
            blocks.block_place(connection, service.visits, number, kind, days, at)
        for number in deleted:
            store.delete(connection, number)
    until = _day(at + days * DAY, service.site.zone())
    return service.page("blocked", token=given["s"], kind=kind, until=until, deleted=len(deleted))


def _word(service: Service, given: dict[str, str]) -> dict[str, Any]:
    """Return a word that could be blocked, and which comments hold it."""
    word = blocks.clean_word(given["word"])
    holding = blocks.holding(service.connection, word)
    return {"word": word, "holding": holding, "found": {"word": holding["pending"]}}


def _place(service: Service, given: dict[str, str]) -> dict[str, Any]:
    """Return a comment whose place could be blocked, and which that wait are from there."""
    comment = store.get(service.connection, _number(given.get("comment", "")))
    if not comment:
        raise http.NotFound("This comment was deleted, or its writer withdrew it.")
    with store.turn:
        if comment.id not in service.visits.origins:
            raise http.Conflict(blocks.FORGOTTEN)
        places = {
            kind: blocks.from_same_place(service.visits, comment.id, kind) for kind in blocks.PLACES
        }
    waiting = {each.id for each in store.pending(service.connection)}
    found = {kind: sorted(numbers & waiting) for kind, numbers in places.items()}
    return {"comment": comment, "thread": service.thread_of(comment), "found": found}


def unblock(service: Service, request: Request) -> Response:
    """GET asks, POST ends a block before its time."""
    given = _given(service, request, ("s", "block"))
    found = blocks.active(service.connection, time.time())
    one = next((each for each in found if each.id == _number(given["block"])), None)
    if not one:
        raise http.NotFound("This block is over already.")
    if request.method == "POST":
        blocks.lift(service.connection, one.id)
    done = request.method == "POST"
    shown = _shown(one, service.site.zone())
    return service.page("unblock", token=given["s"], block=shown, done=done)


def _given(
    service: Service, request: Request, needed: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, str]:
    """Return what was asked or sent, once it is clear that it is she."""
    given = dict(request.args)
    if request.method == "POST":
        refuse_strangers(request)
        sent_form(request, needed, optional)
        given = request.fields
    signed_links.read_desk(service.config.secret, given["s"])
    return given


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= NUMBER_MOST):
        raise http.BadRequest("What arrived isn’t the form of this page.")
    return int(text)


def _shown(block: blocks.Block, zone: tzinfo) -> dict[str, Any]:
    words = {"host": "an address", "network": "an address and the network around it"}
    name = f"the word “{block.value}”" if block.kind == "word" else words[block.kind]
    since, until = _day(block.since, zone), _day(block.until, zone)
    return {"id": block.id, "name": name, "since": since, "until": until}


def _day(at: float, zone: tzinfo) -> str:
    day = datetime.fromtimestamp(at, zone)
    return f"{day:%B} {day.day}"
