"""The door: from a bare Python to a `.venv` that holds everything, and from there to a command.

This runs before anything is installed, so the top imports from the standard library alone.
The commands themselves are in commands.py.
"""

import atexit
import gc
import os
import re
import shlex
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from insession.cli.arguments import option, parse, together, with_files
from insession.common.venv import ENTERED, ROOT, CannotRunError, enter, is_inside, prepare, say
from insession.site.unchanged import said_before

CLOSED = 141  # what a shell says of a program that the system ends for it: 128 + SIGPIPE


def main(args: list[str]) -> int:
    """Take what was typed after `tasks.py`; answer with an exit code, or become the command."""
    for name in ("stdout", "stderr"):
        if isinstance(stream := getattr(sys, name), TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without “ ” still gets the sentence
            if stream is getattr(sys, f"__{name}__"):  # and not what stands in for it in a test
                setattr(sys, name, Stream(stream))
    was_asked = os.environ.pop(ENTERED, "")  # before this Python was entered
    if args == ["build"] and not was_asked and (said := said_before(ROOT, ROOT / "output")):
        say("\n".join(said))
        return 0
    commands = read_commands()
    if not args or args[0] in ("-h", "--help", "help", "-l", "--list"):
        say(listing(commands))
        return 0
    try:
        if args[0] not in commands:
            raise CannotRunError(unknown(args[0], commands))
        fresh = prepare(testing=not {"test", "lock"}.isdisjoint(args))
        try:
            return run(args) if is_inside() and not fresh else enter(args)
        finally:
            sys.stdout.flush()
    except CannotRunError as why:
        print(why, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


class Stream(TextIOWrapper):
    """What is printed: once nobody reads it, as in `check | head`, the command ends, and quietly.

    By an exception that nothing takes for a fault, so that all is put away on the way out.
    """

    def __init__(self, stream: TextIOWrapper) -> None:
        encoding, errors, at_once = stream.encoding, stream.errors, stream.line_buffering
        super().__init__(stream.detach(), encoding, errors, line_buffering=at_once)

    def write(self, text: str, /) -> int:
        """Write, or end."""
        try:
            return super().write(text)
        except BrokenPipeError:
            self._end()

    def flush(self) -> None:
        """Write what waits, or end."""
        try:
            super().flush()
        except BrokenPipeError:
            self._end()

    def _end(self) -> NoReturn:
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())  # for what waits still
        sys.exit(CLOSED)


# What can be typed


def read_commands() -> dict[str, str]:
    """Each command with its one line, read as text: invoke may not be there yet."""
    text = Path(__file__).with_name("commands.py").read_text("utf-8")
    found = re.findall(r'^@command\(.*?^def (\w+)\(.*?"""(.*?)"""', text, re.M | re.S)
    return {name.rstrip("_").replace("_", ".", 1): line for name, line in found}  # import_ too


def listing(commands: dict[str, str]) -> str:
    """The list of commands, as it is printed."""
    width = max(map(len, commands))
    rows = (f"  {name:{width}}  {line}" for name, line in commands.items())
    return "\n".join(["Type “python3 tasks.py” and one of these words after it:", "", *rows])


def unknown(word: str, commands: dict[str, str]) -> str:
    """What to answer to a word that is no command."""
    from difflib import get_close_matches

    near = get_close_matches(word, commands, n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"There is no command “{word}”.{hint}\n\n{listing(commands)}"


def run(args: list[str]) -> int:
    """Inside `.venv`: let invoke read the options and call the commands; 0 if they all return.

    What is typed plainly doesn't wait for invoke.
    """
    from insession.cli import commands as ours

    os.chdir(ROOT)  # wherever the command was typed
    atexit.register(gc.freeze)  # or Python would end by looking through all of it for garbage
    if plain := ours.plainly(args):
        command, options = plain
        command(None, **options)
        return 0
    from invoke.exceptions import ParseError
    from invoke.executor import Executor

    end = args.index("--") if "--" in args else len(args)
    typed, passed_on = with_files(together(args[:end])), shlex.join(args[end + 1 :])
    collection = ours.collect()
    contexts = collection.to_contexts()
    commands = {name: each for each in contexts for name in (each.name, *each.aliases)}
    try:
        parsed = parse(contexts, [*typed, "--", passed_on])
    except (ParseError, ValueError):  # not known, or without its value, or not a number
        name = [word for word in typed if word in commands][-1]
        rows = [f"\n  {option(arg)}: {arg.help}" for arg in commands[name].args.values()]
        takes = f"“{name}” takes{''.join(rows) or ' no options.'}"
        if "--help" in typed or "-h" in typed:
            say(takes)
            return 0
        raise CannotRunError(f"“{' '.join(typed)}” is not understood. {takes}") from None
    Executor(collection, core=parsed).execute(*parsed)
    return 0
