"""What is typed behind a command, as invoke can read it. Imports nothing that must be installed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from invoke.parser.argument import Argument
    from invoke.parser.context import ParserContext
    from invoke.parser.parser import ParseResult


def parse(contexts: "list[ParserContext]", words: list[str]) -> "ParseResult":
    """Let invoke read the words. Raises invoke's ParseError.

    To invoke, a word that may be left out can't be typed without its option's name, and a mistyped
    option is as good a value as any: so the defaults come second, and options are no values.
    """
    from invoke.exceptions import ParseError
    from invoke.parser import Parser

    optional = [a for each in contexts for a in each.positional_args if a.default is not None]
    for arg in optional:
        arg.default = None
    try:
        parsed = Parser(contexts).parse_argv(words)
    except ParseError:
        for arg in optional:
            arg.default = ""
        parsed = Parser(contexts).parse_argv(words)
    if any(arg.value.startswith("-") for each in parsed for arg in each.positional_args):
        raise ParseError("an option that is not known")
    return parsed


def together(typed: list[str]) -> list[str]:
    """Numbers that follow each other as one word, "3,7": invoke takes one word for a value."""
    words: list[str] = []
    for word in typed:
        if words and word.isdecimal() and words[-1].replace(",", "").isdecimal():
            words[-1] += f",{word}"
        else:
            words.append(word)
    return words


def with_files(typed: list[str]) -> list[str]:
    """Give each file after `check` the name of its option, which invoke takes more than once."""
    if typed[:1] != ["check"]:
        return typed
    words: list[str] = []
    for word in typed[1:]:
        if words and words[-1] == "--only" and not word.startswith("-"):
            words[-1] = f"--only={word}"
        else:
            words.append(word if word.startswith("-") else f"--files={word}")
    return ["check", *words]


def option(arg: "Argument") -> str:
    """How an option is typed, or what stands in its place without a name."""
    name = arg.name or ""
    if arg.positional or (arg.kind is list and name == "files"):
        return name.upper()
    return f"--{name.rstrip('_').replace('_', '-')}{' NUMBER' if arg.kind is int else ''}"
