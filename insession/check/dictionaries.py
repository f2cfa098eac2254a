"""What the dictionaries say of each word: they are loaded for a word that nobody has asked for yet.

To load them takes longer than to check a text. What they have said is kept between runs, for each
edition of them and of the code that asks.
"""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from insession.site.memory import Memory, code_digest

Answer = TypeVar("Answer")
Answers = dict[str, dict[str, Any]]  # by what was asked, then by word
KIND = "words"  # what they are called in the memory

_known: Answers = {}
_new: Answers = {}  # what was asked since `take_new`


def asked_once(ask: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """Let a function that asks a dictionary for a word do so once for each word."""
    name = ask.__name__

    def answer(word: str) -> Answer:
        known: dict[str, Answer] = _known.setdefault(name, {})
        if word not in known:
            known[word] = _new.setdefault(name, {})[word] = ask(word)
        return known[word]

    return answer


def take_new() -> Answers:
    """Return what was asked since the last time, in this process."""
    new = dict(_new)
    _new.clear()
    return new


def recall(memory: Memory, theme: Path) -> None:
    """Take up what was said in earlier runs."""
    for _, data in memory.recall(KIND, {KIND: code_digest(theme)}):
        _add(pickle.loads(data))  # noqa: S301  (our own, and whole by its digest)


def remember(memory: Memory, theme: Path, new: list[Answers]) -> None:
    """Keep what was said, also in other processes."""
    if any(new):
        for answers in new:
            _add(answers)
        memory.remember(KIND, [(KIND, code_digest(theme), pickle.dumps(_known))])


def _add(answers: Answers) -> None:
    for name, by_word in answers.items():
        _known.setdefault(name, {}).update(by_word)
