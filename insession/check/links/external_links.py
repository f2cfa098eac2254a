"""The links to other websites, in texts, their sources and practice.toml, asked one by one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

from pydantic import BaseModel

from insession.check.links.check_urls import Asking, ask_all
from insession.check.links.safe_request import Answer
from insession.check.remark import Remark, Weight
from insession.check.rules.csp import is_private
from insession.check.text.page import CheckedSite

CACHE = Path(".cache") / "links.json"


def external_links(site: CheckedSite) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and address of each link to another website."""
    for page in site.pages:
        found = [(link.attrs or {}).get("href") or "" for link in page.named("a", "area")]
        for address in dict.fromkeys(found):
            yield page.text.shown, page.line_of(address) or page.text.first_line, address
        for number, source in enumerate(page.text.header.sources):
            line = page.text.header_lines.get(("sources", number, "url"), 1)
            yield page.text.shown, line, source.url
    if site.practice:
        for address in dict.fromkeys(_addresses(site.practice)):
            yield site.practice_file, 0, address


def check_links(site: CheckedSite, how: Asking) -> tuple[list[Remark], dict[str, str]]:
    """Ask all of them. Returns the remarks, and why those that couldn't be checked could not."""
    links = [link for link in external_links(site) if _is_for_asking(link[2], site)]
    answers = ask_all((address for _, _, address in links), how)
    remarks = [
        remark
        for file, line, address in links
        if (remark := _remark(file, line, address, answers[address]))
    ]
    unsure = {a: answer.detail for a, answer in answers.items() if answer.kind == "unsure"}
    # Of an address on her own computer another rule has spoken.
    wanted = {address for _, _, address in links if not is_private(address)}
    return remarks, {address: why for address, why in unsure.items() if address in wanted}


def asking_for(site: CheckedSite, cache: Path = CACHE) -> Asking:
    """Return how to ask, by the name of this program and this blog."""
    own = f"; +{site.practice.site.url}" if site.practice else ""
    return Asking(agent=f"InSession-link-check/1.0 (a blog's own links{own})", cache=cache)


def _remark(file: str, line: int, address: str, answer: Answer) -> Remark | None:
    """What to say about an answer. Source: RFC 9110, 15.4.2, 15.4.9 and 15.5.5 (moved, gone)."""
    if answer.kind == "moved":
        why = "This address has moved for good; the old one may stop working."
        return Remark(file, Weight.SMALL, line, "link-moved", address, why, answer.detail)
    if answer.kind == "gone":
        why = f"This page is no longer there ({answer.detail})."
        instead = "look for its new address, or take the link away"
        return Remark(file, Weight.BROKEN, line, "link-broken", address, why, instead)
    if answer.kind == "no host":
        why = "There is no website of this name."
        instead = "look for a slip of the pen in the address, or take the link away"
        return Remark(file, Weight.BROKEN, line, "link-broken", address, why, instead)
    return None


def _is_for_asking(address: str, site: CheckedSite) -> bool:
    try:
        is_web = urlsplit(address).scheme in {"http", "https"} and urlsplit(address).hostname
    except ValueError:
        return False
    plain = urldefrag(address)[0]
    return bool(is_web) and site.is_foreign(plain)


def _addresses(model: Any) -> Iterator[str]:
    """Every web address in practice.toml."""
    if isinstance(model, BaseModel):
        for name in type(model).model_fields:
            yield from _addresses(getattr(model, name))
    elif isinstance(model, list):
        for item in model:
            yield from _addresses(item)
    elif isinstance(model, str) and model.startswith(("http://", "https://")):
        yield model
