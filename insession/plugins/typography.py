"""Real quotation marks, apostrophes, dashes and ellipses, in text written in English.

The rules are those of SmartyPants (https://daringfireball.net/projects/smartypants/), besides
apostrophes that it takes for opening quotation marks: <a>Ann</a>'s, the '90s, in '68, rock 'n'
roll, 'tis, 5'10".

Gives the templates the filters `typeset`, for her words in practice.toml, and `phrases`, the parts
of a sentence between which a line may break at sense.
"""

import re
from collections.abc import Sequence
from functools import cache

from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.generators import Generator

from insession.common.html import Attributes, rewrite_tags

# Both begin with a < that is the same in capitals: it is quick to find.
TAG = re.compile(r"(<(?:!--.*?--\s*|[^>]*)>)", re.S)
CODE = re.compile(r"<(/)?((?i:pre|samp|code|tt|kbd|script|style|math))")
# Without any of these there is nothing to set.
SIGNS = ("'", '"', "\\", "--", "..", ". .", "&#")
CUT = "\0"  # stands where a tag stood: a rule never looks across

WRITTEN_OUT = {f"&#{ord(sign)};": sign for sign in "–—‘’“”…"}
ESCAPED = re.compile(r"""\\([\\"'.\-`])""")

# A pattern begins with its quotation mark, which is quick to find, and looks back over it.
OPENING = r"{0}(?:(?<=\s{0})|(?<=&nbsp;{0})|(?<=&[mn]dash;{0}))(?=\w)"
CLOSING = r"{0}(?<=[^ \t\r\n\[{{(\-\0]{0})"
OF_A_DECADE = re.compile(r"'(?<!\S')(?=\d\ds\b)")
OF_A_LINK = re.compile(r"(</(?:a|abbr|b|cite|em|i|span|strong)>)'(?=(?:s|d|m|t|ll|re|ve)\b)")
DOUBLE_IN_SINGLE = re.compile(r"'\"(?=\w)")
SINGLE_IN_DOUBLE = re.compile(r"\"'(?=\w)")
WITHIN_A_NUMBER = re.compile(r"'(?<=\w')(?=\d)")
# A year, unless a quotation that begins with it ends further on; s' is rather what is the clients'.
OF_A_YEAR = re.compile(r"'(?<![^\s(\[—–\0]')(?=\d\d\b(?!'|[^']*[^\s's]'(?!\w)))")
ELISION = re.compile(r"'(?<!\w')(n|tis|twas|twere|twill|twould|til|em)('?)(?!\w)", re.I)
OPENING_SINGLE = re.compile(OPENING.format("'"))
CLOSING_SINGLE = re.compile(CLOSING.format("'") + r"(?!\s|s\b|\d)")
CLOSING_BEFORE_S = re.compile(CLOSING.format("'") + r"(?=\s|s\b)")
OPENING_DOUBLE = re.compile(OPENING.format('"'))
CLOSING_BEFORE_SPACE = re.compile(r'"(?=\s)')
CLOSING_AT_START = re.compile(r'"(?<![^\0]")(?=[!-%\'-/:-@\[-`{-~])')
CLOSING_DOUBLE = re.compile(CLOSING.format('"'))
BETWEEN_PHRASES = re.compile(r"(?<=[,;:.!?–—])\s+|\s+(?=(?:and|but|or)\s)")


def set_type(content: Content) -> None:
    """Set the title, the summary, the note and the text as a book would."""
    if not isinstance(content, Article | Page) or not content.lang.startswith("en"):
        return
    content._content = typeset(content._content)
    content.title = typeset(content.title)
    content.metadata["summary"] = typeset(content.metadata["summary"])
    if hasattr(content, "content_note"):
        content.content_note = typeset(content.content_note)
    content.sources = [s | {"title": typeset(s["title"])} for s in content.sources]


def typeset(text: str) -> str:
    """Return the text or HTML with typographic signs."""
    if "<" not in text and not any(sign in text for sign in SIGNS):
        return text
    text = rewrite_tags(text, _without_brackets)
    text = OF_A_DECADE.sub("’", OF_A_LINK.sub(r"\1’", text))
    parts = TAG.split(text)  # what stands before a tag, the tag, and so on
    words = CUT.join(parts[::2])
    if not any(sign in words for sign in SIGNS):
        return text
    running = _running(parts) if CODE.search(text) else range(0, len(parts), 2)
    for place in running:
        if parts[place] in {"'", '"'}:
            parts[place] = _alone(parts[place], "".join(parts[:place:2]))
    changed = _with_signs(CUT.join([parts[place] for place in running])).split(CUT)
    for place, part in zip(running, changed, strict=True):
        parts[place] = part
    return "".join(parts)


def _without_brackets(_: str, attributes: Attributes) -> Attributes | None:
    """A tag is taken to end at the first >, so none may stand in an attribute."""
    found = attributes and any(">" in (value or "") for value in attributes.values())
    return attributes if found else None


def _running(parts: list[str]) -> Sequence[int]:
    """Return the places of all texts that don't stand in code."""
    inside: list[str] = []
    running = []
    for place, part in enumerate(parts):
        if place % 2 == 0:
            if not inside:
                running.append(place)
        elif found := CODE.match(part):
            name = found[2].lower()
            if not found[1]:
                inside.append(name)
            elif inside[-1:] == [name]:
                inside.pop()
    return running


def _alone(mark: str, before: str) -> str:
    """Close a quotation that ends just behind a tag, or open one."""
    opening, closing = "“”" if mark == '"' else "‘’"
    return closing if before[-1:].strip() else opening


def _with_signs(text: str) -> str:
    """Return a text without tags with the signs of a book, rule by rule, in this order."""
    if "&#" in text:
        for reference, sign in WRITTEN_OUT.items():
            text = text.replace(reference, sign)
    if "\\" in text:
        text = ESCAPED.sub(lambda found: f"&#{ord(found[1])};", text)
    text = text.replace("--", "—").replace("...", "…").replace(". . .", "…")
    text = OF_A_YEAR.sub("’", ELISION.sub(_elided, text))
    text = DOUBLE_IN_SINGLE.sub("‘“", SINGLE_IN_DOUBLE.sub("“‘", text))
    text = OPENING_SINGLE.sub("‘", WITHIN_A_NUMBER.sub("’", text))
    text = _close(CLOSING_SINGLE, "’", text)
    text = _close(CLOSING_BEFORE_S, "’", text, 2)
    text = OPENING_DOUBLE.sub("“", text.replace("'", "‘"))
    text = CLOSING_AT_START.sub("”", CLOSING_BEFORE_SPACE.sub("”", text))
    return _close(CLOSING_DOUBLE, "”", text).replace('"', "“")


def _elided(found: re.Match[str]) -> str:
    """Write 'n' and 'tis with apostrophes; 'til' between two marks is a word that is quoted."""
    is_quoted = found[2] and found[1].lower() != "n"
    return found[0] if is_quoted else f"’{found[1]}{found[2].replace(chr(39), '’')}"


def _close(closing: re.Pattern[str], sign: str, text: str, length: int = 1) -> str:
    """Put the sign for each mark that doesn't follow directly upon one that was changed.

    `length` is how much of the text belongs to a change, from the mark on.
    """
    end = 0

    def change(found: re.Match[str]) -> str:
        nonlocal end
        if found.start() - 1 < end:
            return found[0]
        end = found.start() + length
        return sign

    return closing.sub(change, text)


def phrases(sentence: str) -> list[str]:
    """Return the parts of a sentence: they end at a comma and the like, or before an “and”."""
    return BETWEEN_PHRASES.split(sentence)


def offer_filters(generator: Generator) -> None:
    """Let templates typeset what comes from practice.toml."""
    english = generator.settings["DEFAULT_LANG"].startswith("en")
    generator.env.filters["typeset"] = cache(typeset) if english else str
    generator.env.filters["phrases"] = phrases


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(set_type)
    signals.generator_init.connect(offer_filters)
