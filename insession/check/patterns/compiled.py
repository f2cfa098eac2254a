"""Patterns put together from several, as all tables here write them.

They are written with straight apostrophes, and match without regard to capitals unless they say
`(?-i:…)`. What a remark quotes is the named group, if there is one.
"""

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    """Compile patterns into one that finds what any of them finds."""
    return re.compile("|".join(patterns), re.I | re.M)


def words(text: str) -> str:
    """Return a pattern for any word of a list with spaces between; `_` stands for one inside."""
    return "(?:" + "|".join(word.replace("_", " ") for word in text.split()) + ")"
