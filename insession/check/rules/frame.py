"""What stands around each article already, and is said in its text a second time.

Byline, perspective, invitation, the request to share or to comment, and who wrote it come from
practice.toml (theme/templates/partials/article_end.html); articles that were written for another
place often bring their own.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import phonenumbers

from insession.check.remark import Remark, Weight
from insession.check.text.page import CheckedPage, CheckedSite
from insession.check.text.plain_text import Passage, running_text
from insession.content.field_types import Phone
from insession.content.front_matter import ArticleHeader
from insession.content.practice import PracticeFile, line_of

MARKER = re.compile(r"\{(site|therapist|practice|offer)\.([a-z_]+)\}")
_TEXT = r"(?:article|post|piece|blog(?: ?post)?|page|essay|text|entry)"
_OTHERS = (
    r"(?:an? \w+|friends?|someone|somebody|anyone|anybody|others|people|everyone|those|whoever"
    r"|(?:your|a|any) (?:\w+ )?(?:friends?|family|followers|network|loved ones?|colleagues?))"
)
_SEND = r"(?:share|sharing|forward|forwarding|pass|passing|send|sending)"
SHARE = re.compile(
    rf"\b{_SEND} (?:this|my|the) {_TEXT}\b(?! of yours)"
    rf"|\b{_SEND} this (?:on |along )?(?:with|to) {_OTHERS}\b"
    rf"|\b(?:if|did) (?:you )?[^.?!]{{0,40}}\b(?:this|my|the) (?:{_TEXT}\b)?[^.?!]{{0,60}}"
    rf"\b{_SEND} (?:it|this)\b"
    r"|\bshare (?:it |this )?on (?:facebook|twitter|linkedin|instagram|whatsapp|social media)\b"
    r"|\b(?:like and share|spread the word)\b|^please share\b[^.!?]{0,20}[.!]?$",
    re.I | re.M,
)
COMMENT = re.compile(
    r"\b(?:leave|write|post|add|drop)(?: me| us)? (?:an?|your|any)(?: \w+)? "
    r"(?:comments?|repl(?:y|ies))\b|\bcomment(?:ing)? (?:below|on this|underneath)\b"
    r"|\bin (?:the|a) comments?(?: section)?\b"
    r"(?=[^.]{0,20}(?:below|[.!?]|$))"
    r"|\b(?:tell me|let me know|share your \w+|what do you think|what are your thoughts)\b"
    r"[^.!]{0,60}\b(?:below|in the comments?)\b|\byour comments are welcome\b"
    r"|\b(?:i'd|i would|we'd) love to (?:hear|read) (?:from you|(?:your|what) [^.!?]{0,40}"
    r"(?:comments?|below|think|thoughts))",
    re.I,
)
PERSPECTIVE = re.compile(
    rf"\b(?:this(?: {_TEXT})?|the(?: above)? {_TEXT}|my {_TEXT}) (?:was|is|has been) (?:\w+ )?"
    r"(?:written|told|seen) from (?:the|an?|my)\b[^.!?]{0,50}?\b(?:perspective|point of view"
    r"|viewpoint|standpoint)",
    re.I,
)
REPORT = re.compile(
    r"\b(?:download|get|grab|request|claim|receive|read|order|ask for|sign up for)(?: a copy of)?"
    r" (?:my|your|our|the|this|an?)(?: \w+){0,2}? ?\b(?:free|complimentary)(?: [\w-]+){0,3}? "
    r"(?:report|guide|e-?book|check ?list|workbook|worksheet|pdf|handout|booklet)\b"
    r"|\b(?:my|our) free (?:[\w-]+ ){0,2}(?:report|guide|e-?book|check ?list|workbook|booklet)\b",
    re.I,
)
SELF = re.compile(
    r"^I(?:'m| am) an? (?:[\w-]+ )?(?:licen[sc]ed|registered|certified|chartered)\b"
    r"|^about (?:the author|me)\b",
    re.I,
)
CALL = re.compile(
    r"\b(?:call|calling|phone|ring|text|reach|contact|schedule|book|appointment|consult(?:ation)?"
    r"|session|dial|talk)\b",
    re.I,
)
MINE = re.compile(r"\b(?:me|my|us|our)\b", re.I)
WEBSITE = re.compile(
    r"\b(?:visit|see|check out|go to|head (?:over )?to|look at"
    r"|(?:find|learn|read) (?:me|us|(?:out )?more)[^.!?]{0,30}? (?:on|at))"
    r" (?:my|our) (?:\w+ )?(?:web ?site|web ?page|home ?page|site)\b",
    re.I,
)
ADDRESS = re.compile(
    r"\]\(|\]\[|href=|https?://|\bwww\.|\b[\w-]+\.(?:com|org|net|co|info|me|health)\b"
)
NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’.-]*){1,3}"
BYLINE = re.compile(
    rf"^(?:(?i:article|post|written|posted|published) )?[Bb]y:? {NAME}(?:,? .{{0,60}})?$"
)
EDGE = 3  # paragraphs from either end of an article, among which a byline or bio stands


class FramePart(NamedTuple):
    """A part of the frame: the name of its key, and where on the page it stands."""

    section: str
    key: str
    place: str


SAID = {
    "byline": FramePart("therapist", "name", "above each article"),
    "share": FramePart("articles", "share_request", "below each article"),
    "comment": FramePart("articles", "comments_request", "below each article"),
    "invitation": FramePart("practice", "invitation", "below each article"),
    "bio": FramePart("therapist", "bio", "below each article"),
    "report": FramePart("offer", "title", "below each article"),
    "perspective": FramePart("therapist", "approach", "below each article"),
}


def said_twice(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """What the page says around each article needn't stand in its text.

    Source: the templates article_header.html and article_end.html, which take it from
    practice.toml; what stands in a text besides isn't changed when that is.
    """
    practice = site.practice
    if (
        not practice
        or not isinstance(page.text.header, ArticleHeader)
        or not _is_english(page, site)
    ):
        return
    parts = [*_parts(page, practice)]
    for number, part in enumerate(parts):
        is_edge = number < EDGE or number >= len(parts) - EDGE
        for name, words in _found(part, is_edge, practice):
            frame = SAID[name]
            if getattr(practice, frame.section) is None:
                continue
            line = line_of(site.practice_words, (frame.section, frame.key))
            where = f"{frame.key}, line {line} of {site.practice_file}"
            why = f"The page says this {frame.place} by itself ({where})."
            instead = "nothing here, and there what you like to say in your own words"
            at = part.line + sum(place <= part.text.find(words) for place in part.breaks)
            yield page.remark(Weight.SMALL, at, f"twice-{name}", words, why, instead)


def website_nowhere(page: CheckedPage, site: CheckedSite) -> Iterator[Remark]:
    """“Visit my website:” needs an address, or the reader stands before a wall.

    Source: WCAG 2.2, 3.2.3 and 2.4.5, on ways to find one's way
    (https://www.w3.org/WAI/WCAG22/Understanding/multiple-ways).
    """
    practice = site.practice
    if not practice or not _is_english(page, site):
        return
    blocks = [*_blocks(page)]
    for number, (line, block) in enumerate(blocks):
        found = WEBSITE.search(block.replace("\n", " "))
        after = blocks[number + 1][1] if number + 1 < len(blocks) else ""
        leads_on = block.rstrip("*_ ").endswith(":") and ADDRESS.search(after)
        if found and not block.lstrip().startswith(">") and not (ADDRESS.search(block) or leads_on):
            where = line_of(site.practice_words, ("practice", "website"))
            why = "No address follows, so a reader who would like to go there can’t."
            instead = f"[my website]({{practice.website}}), which is line {where} of "
            instead += site.practice_file
            at = line + block.count("\n", 0, found.start())
            yield page.remark(Weight.BROKEN, at, "website", found[0], why, instead)


def _found(part: Passage, is_edge: bool, practice: PracticeFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each part of the frame that a paragraph repeats, and its words."""
    text, name = part.text.replace("’", "'").strip(), practice.therapist.name
    bio = re.compile(
        rf"\b{re.escape(name)}(?:,? [\w.,() -]{{0,80}}?)?,? (?:is|works|practices|practises|sees|"
        r"specializes|specialises|offers|helps|has been)\b"
    )
    if is_edge and BYLINE.match(text):
        yield "byline", text
    for kind, pattern in (("share", SHARE), ("comment", COMMENT), ("perspective", PERSPECTIVE)):
        if found := pattern.search(text):
            yield kind, found[0]
    if words := _invitation(text, practice):
        yield "invitation", words
    if found := bio.search(text) or (SELF.search(text) if is_edge else None):
        yield "bio", found[0]
    if found := REPORT.search(text):
        yield "report", found[0]


def _invitation(text: str, practice: PracticeFile) -> str:
    """Return the number in an invitation to call, whoever's it is; "" if there is none."""
    if not CALL.search(text):
        return ""
    helpers = {re.sub(r"\D", "", line.call or "") for line in practice.crisis.all_lines}
    for found in phonenumbers.PhoneNumberMatcher(text, practice.country):
        form = phonenumbers.PhoneNumberFormat.E164
        number = phonenumbers.format_number(found.number, form)
        is_hers = number == practice.practice.phone
        if is_hers or (MINE.search(text) and number.lstrip("+") not in helpers):
            return found.raw_string
    return ""


def _parts(page: CheckedPage, practice: PracticeFile) -> Iterator[Passage]:
    """Yield the paragraphs outside quotations, with the values of practice.toml filled in."""

    def value(marker: re.Match[str]) -> str:
        found = getattr(getattr(practice, marker[1]), marker[2], None)
        return found.local if isinstance(found, Phone) else str(found or "")

    body = MARKER.sub(value, page.text.body)
    kinds = {"text", "item", "heading"}
    for part in running_text(body, page.text.first_line):
        if part.kind in kinds and not part.is_quoted:
            yield part


def _blocks(page: CheckedPage) -> Iterator[tuple[int, str]]:
    """Yield each paragraph as she wrote it, code left out, with its line."""
    body = MARKER.sub("https://…", page.prose)
    for found in re.finditer(r"(?:^[^\n]*\S[^\n]*(?:\n|$))+", body, re.M):
        yield page.line_at(0) + body.count("\n", 0, found.start()), found[0].rstrip("\n")


def _is_english(page: CheckedPage, site: CheckedSite) -> bool:
    language = page.text.header.lang or (site.practice.site.language if site.practice else "")
    return language.lower().split("-")[0] == "en"
