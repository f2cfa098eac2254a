"""Every command, a few lines each: what is typed goes to the room that does the work.

Each imports its room when it is called, so that none has to wait for another's packages.
"""

import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from invoke.collection import Collection
    from invoke.context import Context

Command = Callable[..., None]
OPTIONS: dict[Command, dict[str, Any]] = {}  # what invoke is told of each command


def command(**options: Any) -> Callable[[Command], Command]:
    """Mark a function as a command. Invoke, which reads what is typed behind it, comes later."""

    def mark(function: Command) -> Command:
        OPTIONS[function] = options
        return function

    return mark


LINT = ("ruff check .", "ruff format --check .", "mypy")  # .pre-commit-config.yaml runs the same


@command(
    help={
        "port": "the number at the end of its address (default: 8000)",
        "no_browser": "open no browser window",
    }
)
def preview(c: "Context", port: int = 8000, no_browser: bool = False) -> None:
    """Show the blog on this computer and keep it up to date while you write."""
    from insession.preview import serve

    finish(serve(port, not no_browser))


@command()
def start(c: "Context") -> None:
    """Make the blog yours: you are asked for your name, number and so on, one at a time."""
    from insession.content.start import start as ask

    finish(ask())


@command(
    positional=["title"],
    optional=["beginning"],
    help={
        "title": "between quotes; you are asked if you leave it out",
        "page": "make a page, such as About, instead of an article",
        "kind": "article, answer (to a question) or book (a note on one)",
        "beginning": "lists titles that readers look for; with its number, starts one of them",
        "from_": "a Word document (.docx) or web page, whose words become the draft",
    },
)
def new(
    c: "Context",
    title: str = "",
    page: bool = False,
    kind: str = "",
    beginning: str = "",
    from_: str = "",
) -> None:
    """Start an article: new "Why silence helps" makes a draft with prompts to write over."""
    if from_:
        from insession.importers.document_command import new_from

        finish(new_from(from_, title, page, is_other=bool(kind or beginning)))
        return
    from insession.content.new import new as make

    finish(make(title, page, kind, beginning=beginning))


@command(
    iterable=["files"],
    help={
        "files": "only these: how-therapy-ends.md (without any: everything)",
        "strict": "fail (exit code 1) if there is any remark",
        "fix": "mend what can be mended safely, and show it",
        "json": "print what was found as JSON, for programs",
        "links": "also ask each link to another website whether it still works",
        "only": "of the remarks only these: harm, or a name such as spelling",
    },
)
def check(
    c: "Context",
    files: Sequence[str] | None = None,
    strict: bool = False,
    fix: bool = False,
    json: bool = False,
    links: bool = False,
    only: str = "",
) -> None:
    """Read everything like a careful colleague, before you publish."""
    from insession.check.command import check as read

    finish(read(files or (), strict, fix, json, links, only))


@command(help={"fresh": "read and make everything anew, whatever is remembered"})
def build(c: "Context", fresh: bool = False) -> None:
    """Make the site for publishing, in the folder “output”."""
    from insession.site.build import build as make

    finish(make(fresh=fresh))


@command(
    help={
        "dry_run": "say what would change, and publish nothing",
        "yes": "ask nothing, even if pages would be gone or another computer published",
        "setup": "ask (again) where the blog is to go",
        "again": "on a server: what this folder there shows, with new comments (docs/server.md)",
    }
)
def publish(
    c: "Context", dry_run: bool = False, yes: bool = False, setup: bool = False, again: str = ""
) -> None:
    """Check, build, verify and send the blog, and see that it has arrived."""
    if again:
        from insession.publish.republish import publish_again

        finish(publish_again(again))
        return
    from insession.publish.command import publish as send

    finish(send(dry_run, yes, setup))


@command(help={"yes": "ask nothing, even if comments of then would be shown again"})
def undo(c: "Context", yes: bool = False) -> None:
    """Bring back what was published before."""
    from insession.publish.command import undo as back

    finish(back(yes))


@command(
    help={
        "kind": "wordpress, or markdown (Jekyll, Hugo, Eleventy, Zola, Ghost)",
        "file": "what WordPress or Ghost exported, or the folder of a blog in Markdown",
        "comments": "bring the comments too",
        "media": "the folder with its pictures: wp-content/uploads",
        "page": "for comments: an old address and the article it is now: /2019/silence/=silence",
    },
    iterable=["page"],
)
def import_(
    c: "Context",
    kind: str,
    file: str,
    comments: bool = False,
    media: str = "",
    page: Sequence[str] | None = None,
) -> None:
    """Bring an earlier blog along: import wordpress export.xml, or import markdown folder."""
    from insession.importers.command import bring_in

    finish(bring_in(kind, file, comments, media, pages=page or ()))


@command()
def test(c: "Context | None") -> None:
    """Check that everything works (for whoever changes the code or the design)."""
    failed = [check for check in (*LINT, "tests.programs") if python(*check.split())]
    if failed:
        print("\nFailed before the tests began: {}\n".format(", ".join(failed)), flush=True)
    if python("pytest", *shlex.split(c.remainder if c else "")) or failed:
        finish(1)


@command(help={"articles": "how many, such as 100,1000,10000 (default: 100,1000)"})
def bench(c: "Context | None", articles: str = "100,1000") -> None:
    """Measure how fast this is, beside Pelican, Hugo, Eleventy and Astro."""
    finish(python("benchmarks", "--articles", articles))


@command()
def picture(c: "Context | None") -> None:
    """Take the picture of the blog in README.md anew (for whoever changes the design)."""
    finish(python("tests.picture"))


@command()
def lock(c: "Context | None") -> None:
    """Pin each file of what is needed, for every computer (for whoever changes requirements)."""
    from insession.cli.lock import lock as pin

    finish(pin(Path.cwd()))


@command(
    default=True, help={"everything": "also the published ones and the ones you keep privately"}
)
def comments(c: "Context", everything: bool = False) -> None:
    """Show the comments that wait for you, with their numbers."""
    duty("show", everything)


@command(help={"numbers": "which ones"})
def comments_publish(c: "Context", numbers: str) -> None:
    """Publish a comment, for instance: comments.publish 7."""
    duty("publish", numbers)


@command(help={"numbers": "which ones"})
def comments_keep(c: "Context", numbers: str) -> None:
    """Keep a comment privately."""
    duty("keep", numbers)


@command(help={"numbers": "which ones"})
def comments_delete(c: "Context", numbers: str) -> None:
    """Remove a comment."""
    duty("delete", numbers)


@command(help={"number": "of the comment you answer", "words": "your answer, between quotes"})
def comments_reply(c: "Context", number: str, words: str = "") -> None:
    """Answer a published comment; you are asked for the words."""
    duty("reply", number, words)


@command()
def comments_queue(c: "Context") -> None:
    """Get a link to the page with all that wait."""
    duty("queue")


@command(
    help={
        "output": "the file to write (default: the terminal)",
        "number": "only this comment, what it answers and its answers",
    }
)
def comments_export(c: "Context", output: str = "", number: str = "") -> None:
    """Write all comments as JSON."""
    duty("export", output, number)


@command(help={"numbers": "which ones"})
def comments_erase(c: "Context", numbers: str) -> None:
    """Remove comments without a trace, when someone asks: comments.erase 3 7."""
    duty("erase", numbers)


@command(help={"days": "how long they have waited, or been kept"})
def comments_purge(c: "Context", days: int = 0) -> None:
    """Remove what you neither published nor removed for long: comments.purge --days 365."""
    duty("purge", days)


@command(
    help={
        "to": "the folder (default: backups, beside the comments)",
        "keep_days": "once it is there, delete backups that are older than so many days",
    }
)
def comments_backup(c: "Context", to: str = "", keep_days: int = 0) -> None:
    """Copy all comments into one file."""
    duty("backup", to, keep_days)


@command(
    help={
        "file": "the backup",
        "yes": "even if it isn't known here what was withdrawn since it was made",
    }
)
def comments_restore(c: "Context", file: str, yes: bool = False) -> None:
    """Bring a backup back, while neither the service nor the preview runs."""
    duty("restore", file, yes)


@command(
    help={
        "file": "what WordPress or Disqus exported, or the database of Isso",
        "page": "an old address and the article it is now: /2019/silence/=why-silence-helps",
    },
    iterable=["page"],
)
def comments_import(c: "Context", file: str, page: Sequence[str] | None = None) -> None:
    """Bring comments from WordPress, Disqus or Isso."""
    from insession.comments import commands
    from insession.importers.comments_command import bring_in

    finish(commands.perform(bring_in, file, page or (), setup=commands.on_any_machine))


@command(help={"host": "where it listens", "port": "and at which number"})
def comments_serve(c: "Context", host: str = "127.0.0.1", port: int = 8001) -> None:
    """Run the comments service, on a server (docs/server.md)."""
    from insession.comments import commands, server

    finish(commands.perform(server.serve, host, port, setup=commands.on_server))


def python(*module: str) -> int:
    """Run `python -m` with a module and its arguments; its exit code."""
    return subprocess.call([sys.executable, "-m", *module])


def duty(name: str, *typed: object) -> None:
    """Do one of the duties around comments."""
    from insession.comments import commands

    finish(commands.perform(getattr(commands, name), *typed, setup=commands.on_any_machine))


def finish(code: int) -> None:
    """End with this exit code, unless it is 0: another command may follow."""
    if code:
        sys.exit(code)


def plainly(typed: list[str]) -> tuple[Command, dict[str, Any]] | None:
    """Return the command and its options, if they can be read without invoke.

    So they can where nothing has a value, such as `build --fresh`, but for the files of `check`.
    """
    word, *rest = typed
    named = {each.__name__.rstrip("_").replace("_", ".", 1): each for each in OPTIONS}
    function = named.get(word)
    if function is None:
        return None
    names, defaults = function.__code__.co_varnames, function.__defaults__ or ()
    if function.__code__.co_argcount != 1 + len(defaults):  # something must be typed
        return None
    options = dict(zip(names[1:], defaults, strict=False))
    values: dict[str, Any] = {}
    for each in rest:
        name = each.removeprefix("--").replace("-", "_")
        if each.startswith("--") and options.get(name) is False:
            values[name] = True
        elif word == "check" and each and not each.startswith("-"):
            values.setdefault("files", []).append(each)
        else:
            return None
    return function, values


def collect() -> "Collection":
    """Return all as invoke knows them; the first underscore of a name is typed as a dot."""
    from invoke.collection import Collection
    from invoke.tasks import Task

    alone, grouped = Collection(), Collection("comments")
    for function, options in OPTIONS.items():
        group, _, name = function.__name__.rstrip("_").partition("_")
        each: Task[Command] = Task(function, **options)
        if group == "comments":
            grouped.add_task(each, name or "list")
        else:
            alone.add_task(each, group)
    alone.add_collection(grouped)
    return alone
