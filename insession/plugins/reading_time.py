"""How long an article takes to read. Gives each Article: `minutes`, `is_long` and `word_count`.

Adults read non-fiction in English silently at about 238 words a minute: M. Brysbaert, "How many
words do we read per minute?", Journal of Memory and Language 109 (2019),
https://doi.org/10.1016/j.jml.2019.104047; other languages with spaces are close to it.

Where no spaces stand between words, letters are counted. Read aloud, Chinese has 255 and Japanese
357 of them a minute, English 228 words: S. Trauzettel-Klosinski, K. Dietz, "Standardized Assessment
of Reading Performance", Investigative Ophthalmology & Visual Science 53 (2012),
https://doi.org/10.1167/iovs.11-8284. Silently it is about 500 of Chinese and Japanese alike, as
web pages commonly reckon. Thai, Lao, Khmer and Burmese spell their words out, with about 4 letters
to each.
"""

import re
from unicodedata import category

from pelican import signals
from pelican.contents import Article, Content

from insession.content.languages import EAST_ASIAN, SPELLED_OUT
from insession.content.words import plain_text

WORDS_A_MINUTE = 238
LONG = 1200 / WORDS_A_MINUTE  # minutes, from which on contents stand above an article
ASCII = bytes(range(128))
LETTER = re.compile(r"[^\W_]")  # or digit; signs alone are no word
# How many are read in a minute where they stand without spaces.
LETTERS_A_MINUTE = {SPELLED_OUT: 4 * WORDS_A_MINUTE, EAST_ASIAN: 500}


def length(text: str) -> tuple[float, int]:
    """Return how many minutes it takes to read the text, and how many words it has.

    The words are 0 where it has others that no spaces divide.
    """
    # Most texts have few other signs than ASCII's, and bytes are quick to leave out.
    rest = text.encode("utf-8", "surrogatepass").translate(None, ASCII)
    total, others = 0.0, rest.decode("utf-8", "surrogatepass")
    for letters, a_minute in LETTERS_A_MINUTE.items():
        # Nothing is compiled before the first text that needs it.
        if others and re.search(letters, others):
            found = re.findall(letters, text)
            total += sum(category(letter)[0] != "M" for letter in found) / a_minute
            text = re.sub(letters, " ", text)
    words = text.split()
    signs = [word for word in {*words} if not word[0].isalnum() and not LETTER.search(word)]
    count = len(words) - sum(map(words.count, signs))
    return total + count / WORDS_A_MINUTE, 0 if total else count


def count_minutes(content: Content) -> None:
    """Set `minutes`, at least 1, `is_long` and `word_count`."""
    if isinstance(content, Article):
        text = plain_text(content._content)
        minutes, content.word_count = length(text)
        content.minutes, content.is_long = max(1, round(minutes)), minutes >= LONG


def register() -> None:
    """Connect to Pelican."""
    signals.content_object_init.connect(count_minutes)
