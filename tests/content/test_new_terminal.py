"""`new` at a real terminal: what it asks, her editor, and Ctrl-C and Ctrl-D in the middle."""

import codecs
import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from insession.content import new
from insession.content.front_matter import read_file
from tests.signals import default_signals
from tests.support import ROOT, article, write_content

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")

# The terminal becomes that of the process, so that Ctrl-C reaches it.
START = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from insession.content.new import new
sys.exit(new({title!r}, {page!r}))
"""
EDITOR = """
import pathlib, sys
path = pathlib.Path(sys.argv[-1])
path.write_text(path.read_text("utf-8") + "written in the editor\\n", "utf-8")
pathlib.Path("opened").write_text("\\n".join(sys.argv[1:]), "utf-8")
"""
PATIENCE = 90  # seconds; only a fault takes so long
CTRL_C, CTRL_D = "\x03", "\x04"


class Window:
    """A terminal window in which `new` runs."""

    def __init__(self, folder: Path, title: str = "", page: bool = False, **env: str) -> None:
        self.screen, inside = os.openpty()
        clean = {k: v for k, v in os.environ.items() if k not in ("VISUAL", "EDITOR")}
        with default_signals():
            self.process = subprocess.Popen(
                [sys.executable, "-c", START.format(title=title, page=page)],
                stdin=inside,
                stdout=inside,
                stderr=inside,
                cwd=folder,
                start_new_session=True,
                env=clean | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "dumb"} | env,
            )
        os.close(inside)
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.shown, self.answered = "", 0  # all that it printed, and how much of it is answered

    def read(self) -> bool:
        """Take what it has printed; False at its end."""
        assert self.stirs(PATIENCE), f"nothing more came after:\n{self.shown}"
        try:
            printed = os.read(self.screen, 4096)
        except OSError:  # how Linux says that the other side is closed
            printed = b""
        self.shown += self.decoder.decode(printed).replace("\r", "")
        return bool(printed)

    def stirs(self, seconds: float) -> bool:
        """Whether it prints something, or ends, within this time."""
        return bool(select.select([self.screen], [], [], seconds)[0])

    def answer(self, question: str, words: str) -> None:
        """Wait for the question and type the words."""
        while question not in self.shown[self.answered :]:
            assert self.read(), self.shown
        self.answered = self.shown.index(question, self.answered) + len(question)
        os.write(self.screen, words.encode())

    def ends(self) -> tuple[int, str]:
        """Its exit code and what it printed after the last question."""
        while self.read():
            pass
        return self.process.wait(PATIENCE), self.shown[self.answered :]

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.screen)


@pytest.fixture
def windows() -> Iterator[list[Window]]:
    """The windows a test has opened; they are closed behind it."""
    opened: list[Window] = []
    yield opened
    for window in opened:
        window.close()


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    other = article("Other").replace("topic: Starting therapy", "topic: In the room")
    files = {"articles/a.md": article(), "articles/b.md": article(), "articles/c.md": other}
    write_content(tmp_path, files)
    (tmp_path / "my editor.py").write_text(EDITOR, "utf-8")
    return tmp_path


def names(blog: Path) -> list[str]:
    """The files in content/articles and content/pages beside those that were there."""
    found = {path.relative_to(blog / "content").as_posix() for path in blog.glob("content/*s/*")}
    return sorted(found - {"articles/a.md", "articles/b.md", "articles/c.md"})


def test_what_is_missing_is_asked_for(blog: Path, windows: list[Window]) -> None:
    windows.append(window := Window(blog))
    window.answer("Title (Enter: some that readers look for): ", "\n")
    window.answer("Its number, or a title of yours: ", "\n")
    window.answer("Its number, or a title of yours: ", "Über: “Stille”\n")
    window.answer("  1  Starting therapy\n  2  In the room\nIts number", "3\n")
    window.answer("The numbers go from 1 to 2.\nIts number", "🙂\n")
    window.answer("at least one letter or digit.\nIts number", "2\n")
    window.answer("Summary, in one or two sentences (Enter: later): ", "Short: and good.\n")
    code, said = window.ends()
    assert code == 0
    assert "content/articles/uber-stille.md is ready" in said
    header, _ = read_file(blog / "content/articles/uber-stille.md", "", False)
    assert (header.title, header.topic) == ("Über: “Stille”", "In the room")
    assert (header.summary, header.status) == ("Short: and good.", "draft")


def test_who_has_no_title_is_offered_some_that_readers_look_for(
    blog: Path, windows: list[Window]
) -> None:
    windows.append(window := Window(blog))
    window.answer("Title (Enter: some that readers look for): ", "\n")
    window.answer("10  Awake at three in the morning\nIts number", "10\n")
    window.answer("(Enter: 1): ", "\n")
    window.answer("(Enter: later): ", "\n")
    assert window.ends()[0] == 0
    header, body = read_file(blog / "content/articles/awake-at-three-in-the-morning.md", "", False)
    assert (header.title, header.status) == ("Awake at three in the morning", "draft")
    assert "## Something for tonight" in body


def test_a_page_without_a_title_is_offered_none(blog: Path, windows: list[Window]) -> None:
    windows.append(window := Window(blog, page=True))
    window.answer("Title: ", "\n")
    window.answer("Title: ", "Fees\n")
    window.answer("(Enter: later): ", "\n")
    assert window.ends()[0] == 0
    assert names(blog) == ["pages/fees.md"]


@pytest.mark.parametrize(
    ("typed", "topic"),
    [("\n", "Starting therapy"), ("in the  ROOM\n", "In the room"), ("Endings #1\n", "Endings #1")],
)
def test_a_topic_is_the_first_a_known_or_a_new_one(
    blog: Path, windows: list[Window], typed: str, topic: str
) -> None:
    windows.append(window := Window(blog, "Hello"))
    window.answer("(Enter: 1): ", typed)
    window.answer("(Enter: later): ", "\n")
    assert window.ends()[0] == 0
    header, _ = read_file(blog / "content/articles/hello.md", "", False)
    assert (header.topic, header.summary) == (topic, new.SUMMARY)


def test_a_page_is_not_asked_for_a_topic(blog: Path, windows: list[Window]) -> None:
    windows.append(window := Window(blog, "Fees", page=True))
    window.answer("Summary, in one or two sentences (Enter: later): ", "What it costs.\n")
    assert window.ends()[0] == 0
    header, _ = read_file(blog / "content/pages/fees.md", "", True)
    assert header.summary == "What it costs."


def test_a_title_that_is_taken_is_refused_before_anything_else_is_asked(
    blog: Path, windows: list[Window]
) -> None:
    windows.append(window := Window(blog))
    window.answer("look for): ", "A\n")
    code, said = window.ends()
    assert code == 1
    assert "already belongs to content/articles/a.md." in said
    assert "Topic" not in said


@pytest.mark.parametrize("name", ["VISUAL", "EDITOR"])
def test_her_editor_opens_the_file(blog: Path, windows: list[Window], name: str) -> None:
    editor = f"'{sys.executable}' '{blog / 'my editor.py'}' --wait"
    other = {"EDITOR": "a-program-that-is-not-there"} if name == "VISUAL" else {}
    windows.append(window := Window(blog, "Hello", **other, **{name: editor}))
    window.answer("(Enter: 1): ", "\n")
    window.answer("(Enter: later): ", "\n")
    code, said = window.ends()
    assert (code, "can't be started" in said) == (0, False)
    path = blog / "content/articles/hello.md"
    assert (blog / "opened").read_text("utf-8").splitlines() == ["--wait", str(path)]
    assert path.read_text("utf-8").endswith("\nwritten in the editor\n")


@pytest.mark.parametrize("editor", ["no-such-editor --wait", "'never closed", "  "])
def test_an_editor_that_cannot_be_started_is_said_and_the_file_is_there(
    blog: Path, windows: list[Window], editor: str
) -> None:
    windows.append(window := Window(blog, "Hello", EDITOR=editor))
    window.answer("(Enter: 1): ", "\n")
    window.answer("(Enter: later): ", "\n")
    code, said = window.ends()
    assert code == 0
    assert f"Your editor “{editor}” can't be started: " in said
    assert said.endswith("Open content/articles/hello.md yourself.\n")
    assert "Traceback" not in said
    assert names(blog) == ["articles/hello.md"]


def test_ctrl_c_is_for_the_editor_to_answer(blog: Path, windows: list[Window]) -> None:
    code = "import time\ntry:\n    print('open', flush=True)\n"
    # Many short sleeps: a Ctrl-C that comes just before one is answered only after it.
    code += "    for _ in range(900): time.sleep(0.1)\n"
    code += "except KeyboardInterrupt:\n    time.sleep(0.3); print('saved', flush=True)\n"
    (blog / "my editor.py").write_text(code, "utf-8")
    editor = f"'{sys.executable}' '{blog / 'my editor.py'}'"
    windows.append(window := Window(blog, "Hello", EDITOR=editor))
    window.answer("(Enter: 1): ", "\n")
    window.answer("(Enter: later): ", "\n")
    window.answer("\nopen\n", CTRL_C)
    code, said = window.ends()
    assert (code, said.replace("^C", "")) == (0, "saved\n")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("asked", [0, 1, 2])
def test_stopping_in_the_middle_leaves_nothing(
    blog: Path, windows: list[Window], key: str, asked: int
) -> None:
    windows.append(window := Window(blog))
    answers = [("look for): ", "Hello\n"), ("(Enter: 1): ", "2\n"), ("(Enter: later): ", "\n")]
    for question, words in answers[:asked]:
        window.answer(question, words)
    window.answer(answers[asked][0], key)
    if not window.stirs(5):  # Python has not yet begun to wait for keys: one presses again
        window.answer("", key)
    code, said = window.ends()
    assert code == 130
    assert re.sub(r"\^[CD]|[\b]", "", said).strip() == "Stopped. Nothing was written."
    assert names(blog) == []


def test_without_a_terminal_no_editor_is_opened_and_nothing_asked(blog: Path) -> None:
    editor = f"'{sys.executable}' '{blog / 'my editor.py'}'"
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from insession.content.new import new; sys.exit(new('Hello'))",
        ],
        cwd=blog,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "EDITOR": editor},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert names(blog) == ["articles/hello.md"]
    assert not (blog / "opened").exists()
