"""Whether a text holds for this practice: what its header says it depends on, and practice.toml."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from insession.check.remark import Remark, Weight
from insession.check.text.text import CheckedText, RuleContext
from insession.content.practice import PracticeFile

RULE = "depends-on"
# https://pe.usps.com/text/pub28/28apb.htm
STATES = """
AK Alaska, AL Alabama, AR Arkansas, AZ Arizona, CA California, CO Colorado, CT Connecticut,
DC District of Columbia, DE Delaware, FL Florida, GA Georgia, HI Hawaii, IA Iowa, ID Idaho,
IL Illinois, IN Indiana, KS Kansas, KY Kentucky, LA Louisiana, MA Massachusetts, MD Maryland,
ME Maine, MI Michigan, MN Minnesota, MO Missouri, MS Mississippi, MT Montana, NC North Carolina,
ND North Dakota, NE Nebraska, NH New Hampshire, NJ New Jersey, NM New Mexico, NV Nevada,
NY New York, OH Ohio, OK Oklahoma, OR Oregon, PA Pennsylvania, PR Puerto Rico, RI Rhode Island,
SC South Carolina, SD South Dakota, TN Tennessee, TX Texas, UT Utah, VA Virginia, VT Vermont,
WA Washington, WI Wisconsin, WV West Virginia, WY Wyoming
"""
CODES = dict(re.findall(r"([A-Z]{2}) ([A-Za-z ]+)", STATES.replace("\n", " ")))


# Where practice.toml says what a text may depend on.
KEYS = {
    "country": "region in [crisis]",
    "state": "licence_state in [therapist]",
    "licence": "credentials in [therapist]",
    "approach": "approach in [therapist]",
}


def written_for_another(text: CheckedText, known: RuleContext, today: date) -> Iterator[Remark]:
    """A text that depends on a state, a licence, a country or an approach holds only there.

    Source: what a licence allows is made by each state, and changes; New York's privilege to
    diagnose, for one, began on June 24, 2024:
    https://www.op.nysed.gov/mental-health-practitioners/Diagnostic-Privilege-for-Certain-Mental-Health-Practitioners
    """
    assumed = text.header.depends_on.model_dump(exclude_none=True)
    actual = _circumstances(known.practice)
    differing = [key for key in assumed if not _holds(key, assumed[key], actual[key])]
    if not differing:
        return
    silent = [key for key in differing if not actual[key]]
    says = [actual[key] or f"no {key}" for key in differing]
    why = f"Your practice.toml says {_listed(says)}; this was written for another practice."
    day = f"reviewed: {today:%Y-%m-%d}"
    instead = "change what isn’t so with you, then the lines under depends_on, and write "
    instead += f"“{day}”; until then, “status: draft”"
    if silent:
        keys = _listed([KEYS[key] for key in silent])
        instead += f"; if it does hold with you, fill in {keys}"
    words = ", ".join(f"{key}: {assumed[key]}" for key in differing)
    line = text.header_lines.get(("depends_on", differing[0]), 1)
    weight = Weight.SMALL if text.header.status == "draft" else Weight.MISLEADS
    yield Remark(text.shown, weight, line, RULE, words, why, instead)


def summary(remarks: Iterable[Remark]) -> list[str]:
    """What `publish` says of the texts that readers would take for true of this practice."""
    found = [r for r in remarks if r.rule == RULE and r.weight == Weight.MISLEADS]
    if not found:
        return []
    who, them = ("One text was", "it") if len(found) == 1 else (f"{len(found)} texts were", "them")
    rows = [f"{who} written for another practice; readers may take {them} for true of yours:"]
    return [*rows, *(f"  {a.file}, line {a.line}: {a.words}" for a in found)]


def _circumstances(practice: PracticeFile) -> dict[str, str]:
    """What practice.toml says of all that a text may depend on; "" where it says nothing."""
    therapist = practice.therapist
    return {
        "country": practice.country or "",
        "state": therapist.licence_state or "",
        "licence": f"{therapist.credentials} ({therapist.credentials_spelled_out})",
        "approach": therapist.approach,
    }


def _holds(key: str, assumed: str, actual: str) -> bool:
    """Whether what a text assumes is, or is among, what practice.toml says."""
    if key == "state":  # "Virginia" is no part of "West Virginia"
        licensed_in = re.split(r"[,;/&+]|\band\b", actual)
        return _state(assumed) in [_state(name) for name in licensed_in]
    return f" {_plain(assumed)} " in f" {_plain(actual)} "


def _state(name: str) -> str:
    return _plain(CODES.get(name.strip().upper(), name))


def _plain(value: str) -> str:
    """The words alone: "L.M.H.C., PhD" is "lmhc phd"."""
    return " ".join(re.findall(r"\w+", value.replace(".", "").casefold()))


def _listed(names: list[str]) -> str:
    *some, last = names
    return f"{', '.join(some)} and {last}" if some else last
