"""What of a text's words is compared with those of others: their beginnings."""

import re

from insession.content.languages import UNSPACED

SHORTEST = 5  # letters of a word that says something
LETTERS = 7  # of a word that are compared: they are the same in most of its forms
SIGNS = """.,;:!?…()[]*_"'“”‘’«»„"""
PAIR = re.compile(f"(?=({UNSPACED}{{2}}))")  # where no spaces stand between words


def key_words(text: str) -> str:
    """Return the beginnings of the words in Markdown, each once, with spaces around each."""
    text = text.casefold().replace("-", " ").replace("—", " ")
    # Whatever has a sign within, as addresses and marks of Markdown have, is none.
    found = {
        word
        for token in set(text.split())
        if len(token) >= SHORTEST
        and len(word := token.strip(SIGNS)[:LETTERS]) >= SHORTEST
        and word.isalnum()
    }
    if not text.isascii():
        found.update(PAIR.findall(text))
    return f" {' '.join(found)} "
