"""The language of an imported text, if it isn't that of the site."""

import re
import unicodedata
from collections import Counter

LETTERS = 500  # how many are looked at to tell a text's script
LATIN = {"de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv"}
# A language written in each script, by the first word of its signs' names in Unicode. Japanese
# has Chinese signs as well, so its own stand first.
WRITTEN_IN = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru",
    "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "DEVANAGARI": "hi", "THAI": "th",
}  # fmt: skip
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def old_language(old: str, here: str) -> str:
    """Return the old blog's language, as its export says it, if it is another than here; or ""."""
    return old if CODE.fullmatch(old) and old[:2] != here[:2] else ""


def seems_foreign(words: str, here: str) -> str:
    """Return what to say about a text whose letters are not those of the site's language, or ""."""
    letters = [sign for sign in words if sign.isalpha()][:LETTERS]
    scripts = Counter(unicodedata.name(sign, "").partition(" ")[0] for sign in letters)
    if here[:2] not in LATIN or (len(letters) - scripts["LATIN"]) * 2 <= len(letters):
        return ""
    example = next((code for script, code in WRITTEN_IN.items() if scripts[script]), "ru")
    return (
        f"It seems to be in another language. Say which in its header, for instance "
        f"lang: {example}, so that it is read aloud and set rightly."
    )
