"""Languages: which way each is written, and the attributes that say so (WCAG 2.2, 3.1.2).

The script of a language comes from Unicode's CLDR (its likely subtags), by way of langcodes.
"""

from langcodes import Language
from langcodes.tag_parser import LanguageTagError
from markupsafe import Markup

INTERFACE = "en"  # what the theme's own words are written in; they aren't translated yet

# The scripts of living languages whose letters run from right to left (Unicode, UAX #9 and #24).
RIGHT_TO_LEFT = frozenset(
    "Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Syre Syrj Thaa Yezi".split()
)


def direction(language: str) -> str:
    """Which way a language is written: "rtl" for "he", "yi" or "ar-EG", "ltr" for "ar-Latn"."""
    try:
        script = Language.get(language).maximize().script
    except LanguageTagError:
        return "ltr"
    return "rtl" if script in RIGHT_TO_LEFT else "ltr"


def is_english(language: str) -> bool:
    """Whether words in it stand beside the theme's own without a change of language."""
    return language.lower().split("-")[0] == INTERFACE


def attributes(language: str) -> Markup:
    """The attributes ` lang="he" dir="rtl"` of an element whose words are in the language."""
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))
