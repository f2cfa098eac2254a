"""The command: its steps, what it refuses, what it says, and what it notes afterwards."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from insession.cli import main
from insession.common.locks import alone
from insession.common.problems import Problem, Problems
from insession.content.url_ledger import Kept, read_ledger, write_ledger
from insession.publish import command, run_guard, update_ledger
from insession.publish.manifest import Changes, digests, in_words
from insession.publish.target_config import Setting
from insession.publish.targets import folder
from insession.site import site as engine
from tests.publish.a_blog import Blog
from tests.support import ROOT, article

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path, {"target": "folder", "folder": "../site"})


def test_each_step_has_its_line(blog: Blog, capsys: Capture) -> None:
    blog.publish()
    steps = capsys.readouterr().out.partition("\n\n")[0].splitlines()
    assert [step.partition(" …")[0] for step in steps] == [
        "Checking",
        "Building",
        "Verifying the built site",
        "Looking at what is published now",
        "Sending",
        "Fetching it back",
    ]


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    blog.publish()
    first, ledger = digests(tmp_path / "site"), (blog.root / "urls.json").read_bytes()
    blog.write("articles/three.md", article("Three titles"))
    capsys.readouterr()
    assert blog.publish(dry_run=True) == 0
    said = capsys.readouterr().out
    assert "1 new article" in said
    assert "\n  new: three/index.html\n" in said
    assert said.endswith("This was a dry run: nothing was published.\n")
    assert digests(tmp_path / "site") == first
    assert (blog.root / "urls.json").read_bytes() == ledger


def test_what_was_checked_is_built_and_no_draft_with_it(
    blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check draws drafts at the addresses that they will have; the build writes none."""
    blog.write("articles/draft.md", article("Draft", "status: draft"))
    blog.write("articles/later.md", article("Later").replace("2026-03-04", "2999-01-01"))
    write_ledger(blog.root / "urls.json", {"/Draft/": "article:one"}, Kept())  # another's, once
    arranged: list[int] = []
    arrange = engine.arrange
    monkeypatch.setattr(engine, "arrange", lambda *rest: (arranged.append(1), arrange(*rest))[1])
    assert blog.publish() == 0
    assert arranged == [1]
    published = digests(tmp_path / "site")
    assert {"Draft/index.html"} == {name for name in published if "raft" in name or "later" in name}
    assert published == blog.built()


def test_a_reader_that_stops_reading_ends_it_and_nothing_is_left(blog: Blog) -> None:
    """As in `publish --dry-run | head`: no fault is told, and none is written down."""
    code = "import sys; from insession.cli.main import Stream; sys.stdout = Stream(sys.stdout); "
    code += "from insession.publish.command import publish; "
    code += f"sys.exit(publish(True, settings_file={str(blog.settings)!r}))"
    reading, writing = os.pipe()
    os.close(reading)
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=writing, stderr=-1)
    os.close(writing)
    assert (told.returncode, told.stderr) == (141, b"")
    assert not [*blog.root.rglob("build-error.log"), *blog.root.glob(".publishing/*")]


def test_what_has_changed_is_said_as_she_would_tell_it() -> None:
    changes = Changes(
        ("a.html", "b.html", "b.png", "covers/sill.svg", "covers/sill.svg.br", "a/qr.svg"),
        ("index.html", "c.html"),
        # A picture that is drawn for a text is a part of its page.
        ("d.html", "covers/hall.svg", "d/qr.svg", "downloads/qr.svg"),
    )
    said = in_words(changes, {"a.html", "c.html"})
    assert said == (
        "1 new article, 1 new page, 1 new other file, 2 changed pages, 1 page taken down, "
        "1 other file taken down"
    )


def test_nothing_is_sent_when_nothing_has_changed(blog: Blog, capsys: Capture) -> None:
    blog.publish()
    capsys.readouterr()
    assert blog.publish() == 0
    said = capsys.readouterr().out
    assert "Nothing has changed since the last time." in said
    assert "Sending" not in said


def test_an_error_in_a_text_stops_it_with_file_and_line(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    blog.write("articles/one.md", article(body="[lost](none.md)"))
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "content/articles/one.md:9: " in told
    assert told.endswith("Nothing was published; your blog is as it was.\n")
    assert not (tmp_path / "site").exists()


def test_remarks_stop_nothing_and_are_counted(blog: Blog, capsys: Capture) -> None:
    blog.write("articles/one.md", article("One title", body="### Deep"))
    assert blog.publish() == 0
    assert "remarks; “python3 tasks.py check” shows them." in capsys.readouterr().out


def test_a_text_written_for_another_practice_is_named(blog: Blog, capsys: Capture) -> None:
    blog.write("articles/one.md", article("One title", more="depends_on:\n  state: Oregon"))
    kept = "depends_on:\n  state: Maine\nstatus: draft"
    blog.write("articles/kept.md", article("Kept back", more=kept))
    assert blog.publish() == 0
    said = capsys.readouterr().out
    assert "One text was written for another practice" in said
    assert "content/articles/one.md, line 8: state: Oregon\n" in said
    assert "Maine" not in said


def test_a_blog_that_loses_many_of_its_pages_has_to_be_confirmed(
    blog: Blog, tmp_path: Path, capsys: Capture
) -> None:
    for name in ("three", "four"):
        blog.write(f"articles/{name}.md", article(f"Title {name}", body=f"Text {name}."))
    blog.publish()
    first = digests(tmp_path / "site")
    for name in ("two", "three", "four"):
        (blog.root / f"content/articles/{name}.md").unlink()
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "the blog would have 8 pages; it has 11 now." in told
    assert "publish --yes" in told
    assert digests(tmp_path / "site") == first
    assert blog.publish(yes=True) == 0
    assert not (tmp_path / "site/two").exists()


def test_the_second_of_two_says_that_it_waits(blog: Blog, tmp_path: Path, capsys: Capture) -> None:
    done: list[int] = []
    with alone(blog.root / run_guard.LOCK):
        second = threading.Thread(target=lambda: done.append(blog.publish()))
        second.start()
        second.join(0.7)
        assert not (tmp_path / "site").exists()
    second.join(30)
    assert done == [0]
    assert capsys.readouterr().out.startswith("Another window is publishing at the moment;")


def test_a_fault_in_the_software_is_one_sentence(
    blog: Blog, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "verify", lambda _: 1 / 0)
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "Traceback" not in told
    assert "Nothing was published" in told


def test_the_details_of_a_fault_in_the_theme_are_kept(
    blog: Blog, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_check", lambda *_: None)  # it would meet the fault before
    with blog.settings.open("a", encoding="utf-8") as settings:
        settings.write("DIRECT_TEMPLATES = ['nonsense']\n")
    assert blog.publish() == 1
    assert "Details: build-error.log" in capsys.readouterr().err
    assert "nonsense" in (blog.root / "build-error.log").read_text(encoding="utf-8")


def test_broken_settings_are_told_with_their_line(blog: Blog, capsys: Capture) -> None:
    blog.settings.write_text("PUBLISH = {\n", encoding="utf-8")
    assert blog.publish() == 1
    assert "publishconf.py:1: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"target": "moon"}, "PUBLISH needs a “target”: “folder” (a folder"),
        ({"target": "folder"}, "“folder” is missing in PUBLISH."),
        ({"target": "folder", "folder": "../a", "password": "x"}, "PUBLISH has “password”"),
        ({"target": "folder", "folder": 3}, "“folder” in PUBLISH is not a text."),
    ],
)
def test_a_setting_that_is_not_right_is_said_with_an_example(
    blog: Blog, capsys: Capture, values: dict[str, str], said: str
) -> None:
    blog.set(values)
    line = len(blog.settings.read_text(encoding="utf-8").splitlines())
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert f"publishconf.py:{line}: {said}" in told
    assert 'PUBLISH = {"target": "folder"' in told or "--setup" in told


def test_published_addresses_are_in_the_ledger_and_can_be_read_again(blog: Blog) -> None:
    blog.write("articles/draft.md", article("Draft", "status: draft"))
    blog.publish()
    assert read_ledger(blog.root / "urls.json") == {
        "/one/": "article:one",
        "/two/": "article:two",
        "/contact/": "page:contact",
        "/topic/starting-therapy/": "topic:starting-therapy",
        "/tag/silence/": "tag:silence",
    }


def test_a_renamed_slug_leaves_a_redirect_by_itself(blog: Blog, tmp_path: Path) -> None:
    blog.publish()
    blog.write("articles/one.md", article("One title", "slug: first"))
    blog.publish()
    assert "This page has moved" in (tmp_path / "site/one/index.html").read_text("utf-8")
    ledger = read_ledger(blog.root / "urls.json")
    assert ledger["/one/"] == ledger["/first/"] == "article:one"


def test_the_ledger_is_committed_alone(blog: Blog, capsys: Capture) -> None:
    git = ["git", "-C", str(blog.root), "-c", "user.name=Hannah", "-c", "user.email=h@x.example"]
    subprocess.run(["git", "init", "-q", str(blog.root)], check=True)
    for key, value in (("user.name", "Hannah"), ("user.email", "h@x.example")):
        subprocess.run([*git, "config", key, value], check=True)
    subprocess.run([*git, "add", "publishconf.py"], check=True)
    subprocess.run([*git, "commit", "-qm", "Settings"], check=True)
    subprocess.run([*git, "add", "content/articles/one.md"], check=True)
    blog.publish()
    show = [*git, "show", "--format=%s", "--name-only"]
    assert subprocess.check_output(show, text=True).split("\n\n") == [
        "Published: 5 new addresses",
        "urls.json\n",
    ]
    staged = subprocess.check_output([*git, "diff", "--cached", "--name-only"], text=True)
    assert staged == "content/articles/one.md\n"
    assert "this file alone was committed." in capsys.readouterr().out


def test_git_that_fails_never_fails_the_publishing(
    blog: Blog, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise subprocess.CalledProcessError(128, "git")

    monkeypatch.setattr(update_ledger, "_git", broken)
    assert blog.publish() == 0
    assert "5 new addresses noted in urls.json; keep this file" in capsys.readouterr().out


def test_a_ledger_that_cannot_be_written_is_said_after_it_was_published(
    blog: Blog, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def readonly(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(update_ledger, "write_ledger", readonly)
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "urls.json: it was published, but" in told
    assert "Nothing was published" not in told
    assert digests(tmp_path / "site") == blog.built()


@pytest.mark.parametrize(
    ("place", "name", "fault"),
    [
        (update_ledger, "write_ledger", OSError(28, "No space left on device")),
        (update_ledger, "write_ledger", KeyboardInterrupt()),
        (
            update_ledger,
            "read_ledger",
            Problems([Problem("urls.json", 3, "it can't be read.", "Mend.")]),
        ),
        (command, "in_words", BrokenPipeError(32, "Broken pipe")),
        (command, "in_words", RecursionError()),
    ],
)
def test_whatever_goes_wrong_after_sending_it_is_not_said_that_nothing_was_published(
    blog: Blog,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    place: ModuleType,
    name: str,
    fault: BaseException,
) -> None:
    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr(place, name, broken)
    assert blog.publish() in (1, 130)
    said = "".join(capsys.readouterr())
    assert "Nothing was published" not in said
    assert "Traceback" not in said
    assert "publish --dry-run" in said
    assert digests(tmp_path / "site") == blog.built()


@pytest.mark.parametrize("is_sent", [True, False])
def test_after_a_fault_while_sending_it_is_looked_up_what_readers_see(
    blog: Blog, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, is_sent: bool
) -> None:
    real = folder.send

    def broken(setting: Setting, site: Path) -> None:
        if is_sent:
            real(setting, site)
        raise ValueError("something that nobody thought of")

    monkeypatch.setattr(folder, "send", broken)
    assert blog.publish() == (0 if is_sent else 1)
    said = "".join(capsys.readouterr())
    assert ("Nothing was published" in said) == (not is_sent)
    assert (tmp_path / "site").exists() == is_sent


@pytest.mark.parametrize("fault", [OSError(5, "Input/output error"), ValueError("?")])
def test_a_fault_after_undoing_never_says_that_the_blog_is_as_it_was(
    blog: Blog, capsys: Capture, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    blog.publish()
    blog.write("articles/three.md", article("Three titles"))
    blog.publish()

    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr(command, "in_words", broken)
    assert blog.undo() == 1
    said = "".join(capsys.readouterr())
    assert "Your blog is as it was" not in said
    assert "publish --dry-run" in said


def test_the_commands_take_their_options(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    monkeypatch.setattr(command, "publish", lambda *typed: taken.append(typed) or 0)
    monkeypatch.setattr(command, "undo", lambda yes: taken.append(("undo", yes)) or 0)
    main.run(["publish", "--dry-run", "--yes"])
    main.run(["publish", "--setup"])
    main.run(["undo"])
    main.run(["undo", "--yes"])
    assert taken == [(True, True, False), (False, False, True), ("undo", False), ("undo", True)]


def test_without_a_setting_it_explains_how_to_choose(tmp_path: Path) -> None:
    blog = Blog(tmp_path)
    typed = "import sys; from insession.publish.command import publish; "
    typed += f"sys.exit(publish(settings_file={str(blog.settings)!r}))"
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", typed],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 1
    assert 'PUBLISH = {"target": "folder", "folder": "../my-site"}' in told.stdout
    assert "docs/publishing.md" in told.stdout
    assert told.stderr == ""
