"""What the commands print and ask at the terminal."""

import sys

from insession.common.invisible import one_line

YES = {"y", "yes"}


def is_interactive() -> bool:
    """Whether somebody is there who can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def confirm(question: str) -> bool:
    """Ask a question; only a typed “yes” is one, and so the end of the input is none."""
    try:
        typed = input(f"{question} Type “yes”, or Enter for no: ")
    except EOFError:
        print()
        return False
    return one_line(typed).lower() in YES


def step(what: str) -> None:
    """Say what begins now; its outcome is printed behind it."""
    print(f"{what} … ", end="", flush=True)


def sentence(text: str) -> str:
    """Return words as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."
