"""Which of her topics a new text is nearest to, by the words that it shares with their texts."""

import math
import re
from collections import Counter
from typing import Any

from pelican.utils import slugify

from insession.content.inventory import readable

WORD = re.compile(r"[^\W\d_]{4,}")


def nearest_topic(words: str, topics: list[str], settings: dict[str, Any]) -> str:
    """Return the topic whose texts share most rare words with these, "" if none does."""
    substitutions = settings["SLUG_REGEX_SUBSTITUTIONS"]
    by_slug = {slugify(topic, regex_subs=substitutions): topic for topic in topics}
    texts: list[tuple[str, set[str]]] = []
    for entry, _, header, body in readable(settings):
        topic = by_slug.get(slugify(entry.topic, regex_subs=substitutions) if entry.topic else "")
        if topic:
            texts.append((topic, _words(f"{topic} {header.title} {header.summary} {body}")))
    spread = Counter(word for _, known in texts for word in known)
    here, best = _words(words), Counter[str]()
    for topic, known in texts:
        shared = sum(math.log(1 + len(texts) / spread[word]) for word in here & known)
        # Long texts share more with any other.
        best[topic] = max(best[topic], round(1000 * shared / math.sqrt(len(known) + 50)))
    first = max(topics, key=lambda topic: best[topic], default="")
    return first if best[first] > 0 else ""


def _words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text)}
