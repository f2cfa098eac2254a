"""Languages: which way each is written, and the attributes that say so (WCAG 2.2, 3.1.2).

Whichever way that is, numbers to dial, addresses and times run from left to right.

The script of a language comes from Unicode's CLDR (its likely subtags), by way of langcodes.
"""

import re
from functools import cache

import phonenumbers
from markupsafe import Markup

INTERFACE = "en"  # what the theme's own words are written in; they aren't translated yet

# The scripts of living languages whose letters run from right to left (Unicode, UAX #9 and #24).
RIGHT_TO_LEFT = frozenset(
    "Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Syre Syrj Thaa Yezi".split()
)

# Letters that stand without spaces between words, by Unicode's blocks.
SPELLED_OUT = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"  # Thai, Lao, Burmese, Khmer
EAST_ASIAN = (  # kana and Chinese signs
    r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
UNSPACED = f"{EAST_ASIAN[:-1]}{SPELLED_OUT[1:]}"

# What isn't running text in HTML: tags, and what has its direction already.
APART = re.compile(r"(<(a|code|pre|kbd|samp|bdi|bdo|svg|script|style)\b.*?</\2>|<[^>]*>)", re.S)
CLOCK = r"\d{1,2}:\d\d(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
# What runs from left to right beside telephone numbers that are valid.
RUN = re.compile(
    "\u2066[^\u2069]*\u2069"  # that is set apart already
    r"|[^\s@<>()\[\]\"',;:&]+@[^\s@<>()\[\]\"',;:&]+\.[a-z]{2,}"  # an e-mail address
    r"|\b(?:https?://|www\.)(?:[^\s<>&]|&amp;)*[^\s<>&.,;:!?()]"  # a web address
    r"|(?<![\w:.])(?:\d{1,2}\s?[-–]\s?)?"  # hours: 9–11 am, 9:00–18:00
    rf"(?:{CLOCK})(?:\s?[-–]\s?(?:{CLOCK}|\d{{1,2}}\b))?"
    r"|(?<![\w-])\d{2,3}-\d{3,4}(?:-\d{2,4})*(?![\w-])"  # a number without its area: 555-0142
    r"|(?<![\w*#&])[*#]\d{2,6}\b",  # a short number: *2345
    re.I | re.A,
)


@cache
def direction(language: str) -> str:
    """Which way a language is written: "rtl" for "he", "yi" or "ar-EG", "ltr" for "ar-Latn"."""
    if re.fullmatch("en(-[a-z]{2})?", language, re.I):  # langcodes takes long to load
        return "ltr"
    from langcodes import Language
    from langcodes.tag_parser import LanguageTagError

    try:
        script = Language.get(language).maximize().script
    except LanguageTagError:
        return "ltr"
    return "rtl" if script in RIGHT_TO_LEFT else "ltr"


def is_english(language: str) -> bool:
    """Whether words in it stand beside the theme's own without a change of language."""
    return language.lower().split("-")[0] == INTERFACE


@cache
def attributes(language: str) -> Markup:
    """The attributes ` lang="he" dir="rtl"` of an element whose words are in the language."""
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


def isolate_in_html(html: str, region: str | None) -> str:
    """Set apart what runs from left to right in the running text of HTML."""
    parts, end = [], 0
    for tag in APART.finditer(html):
        parts += [isolate(html[end : tag.start()], region, '<bdi dir="ltr">', "</bdi>"), tag[0]]
        end = tag.end()
    return "".join([*parts, isolate(html[end:], region, '<bdi dir="ltr">', "</bdi>")])


def isolate(text: str, region: str | None, start: str = "\u2066", stop: str = "\u2069") -> str:
    """Set apart the numbers, addresses and times in a text from right to left (UAX #9, 2.4).

    `region` is the country whose way of writing telephone numbers is understood.
    """
    numbers = ((each.start, each.end) for each in phonenumbers.PhoneNumberMatcher(text, region))
    others = (each.span() for each in RUN.finditer(text))
    parts, end = [], 0
    for first, last in sorted([*numbers, *others], key=lambda span: (span[0], -span[1])):
        if first < end:
            continue
        is_apart = text[first] == "\u2066"
        run = text[first:last] if is_apart else f"{start}{text[first:last]}{stop}"
        parts += [text[end:first], run]
        end = last
    return "".join([*parts, text[end:]])
