"""Patterns put together from several, as all tables here write them.

They are written with straight apostrophes, and match without regard to capitals unless they say
`(?-i:…)`. What a remark quotes is the named group, if there is one.
"""

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    r"""Compile patterns into one that finds what any of them finds.

    Those that begin with `\b` are tried where words begin and nowhere else, which saves most of
    the time; all alternatives inside them have to begin there, too.
    """
    at_words = [pattern for pattern in patterns if pattern.startswith(r"\b")]
    others = [pattern for pattern in patterns if not pattern.startswith(r"\b")]
    together = [rf"\b(?:{'|'.join(at_words)})"] if at_words else []
    return re.compile("|".join([*together, *others]), re.I | re.M)


def words(text: str) -> str:
    """Return a pattern for any word of a list with spaces between; `_` stands for one inside."""
    return "(?:" + "|".join(word.replace("_", " ") for word in text.split()) + ")"
