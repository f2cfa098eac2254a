"""What is remembered from earlier builds never shows: each build is as one without a memory."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pelican.readers import Readers
from PIL import Image

from insession.common.problems import Problems
from insession.output import writer
from insession.site import sources
from insession.site.build import make_site
from insession.site.memory import Memory
from insession.site.site import Site
from tests.support import CONTACT, PRACTICE, ROOT, article, write_content

SETTINGS = str(ROOT / "pelicanconf.py")
WORDS = "chair window silence hour hand door year breath page room street letter".split()
Edit = Callable[[random.Random, Path], None]


def blog(folder: Path) -> Path:
    """A blog in which texts show each other: links, neighbours, lists, pictures, her number."""
    texts = {
        f"articles/text-{n}.md": article(
            f"Text {n}",
            more=f"modified: 2026-04-{n + 1:02}" if n % 3 == 0 else "",
            body=f"See [the next](text-{(n + 1) % 15}.md).\n\n![A door](../images/door.png)\n\n"
            f"Call {{practice.phone}}. “Number {n}.” The {WORDS[n % 12]} and the {WORDS[n // 3]}."
            f'\n\n<img src="/images/door.png" alt="A door">',
        ).replace("2026-03-04", f"2026-03-{n + 1:02}")
        for n in range(15)
    }
    glossary = "[chair]\nmeaning = 'To sit on.'\n[letter]\nmeaning = 'To write.'\n"
    others = {"pages/contact.md": CONTACT, "glossary.toml": glossary}
    content = write_content(folder, texts | others)
    Image.new("RGB", (60, 40), "gray").save(content / "images/door.png")
    return content


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a built site."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def build(content: Path, **changed: str) -> dict[str, bytes] | list[str]:
    """What a build makes, or what it says is wrong."""
    output = content.parent / "output"
    try:
        make_site(output, SETTINGS, PATH=str(content), **changed)
    except Problems as refused:
        return [str(problem) for problem in refused.problems]
    return tree(output)


def fresh(content: Path, aside: Path, **changed: str) -> dict[str, bytes] | list[str]:
    """What is made of a copy of the texts, by who knows nothing of them."""
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(content, aside / "content", symlinks=True)
    if (content.parent / "urls.json").exists():
        shutil.copy(content.parent / "urls.json", aside)
    return build(aside / "content", **changed)


def some_text(chance: random.Random, content: Path) -> Path:
    return chance.choice(sorted((content / "articles").glob("*.md")))


def words(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(2, 6)))


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def add_words(chance: random.Random, content: Path) -> None:
    with some_text(chance, content).open("a", encoding="utf-8") as file:
        file.write(f"\nAnd {words(chance)}.\n")


def retitle(chance: random.Random, content: Path) -> None:
    path = some_text(chance, content)
    first = next(line for line in path.read_text("utf-8").split("\n") if "title:" in line)
    change(path, first, f"title: The {words(chance)}")


def retag(chance: random.Random, content: Path) -> None:
    change(some_text(chance, content), "tags: [", f"tags: [{chance.choice(WORDS)}, ")


def retopic(chance: random.Random, content: Path) -> None:
    change(some_text(chance, content), "Starting therapy", chance.choice(["Endings", "Money"]))


def reorder(chance: random.Random, content: Path) -> None:
    """A place in a series or in what to start with, or a way out."""
    line = chance.choice(["series: One", "series: Two", "start: 1", "start: 2", "quick_exit: true"])
    path = some_text(chance, content)
    if line.split(":")[0] not in path.read_text("utf-8"):
        change(path, "\ntopic:", f"\n{line}\ntopic:")


def explain(chance: random.Random, content: Path) -> None:
    """Other words are explained, or none."""
    names = chance.sample(WORDS, k=chance.randint(0, 3))
    text = "".join(f'[{name}]\nmeaning = "A {words(chance)}."\n' for name in names)
    (content / "glossary.toml").write_text(f"# Words.\n{text}", "utf-8")


def introduce(chance: random.Random, content: Path) -> None:
    """Another sentence on a topic, or a way out of its articles."""
    text = f'"Starting therapy" = "{words(chance)}."\n'
    if chance.random() < 0.5:
        text = '["Starting therapy"]\nquick_exit = true\n'
    (content / "topics.toml").write_text(text, "utf-8")


def redate(chance: random.Random, content: Path) -> None:
    change(some_text(chance, content), "date: 2026-03", f"date: 2026-0{chance.randint(1, 9)}")


def hold_back(chance: random.Random, content: Path) -> None:
    change(
        some_text(chance, content),
        "\ntopic:",
        f"\nstatus: {chance.choice(['draft', 'hidden'])}\ntopic:",
    )


def remove(chance: random.Random, content: Path) -> None:
    some_text(chance, content).unlink()


def add(chance: random.Random, content: Path) -> None:
    name = f"{chance.choice(WORDS)}-{chance.randrange(99)}.md"
    (content / "articles" / name).write_text(article(words(chance).title()), "utf-8")


def rename(chance: random.Random, content: Path) -> None:
    path = some_text(chance, content)
    path.rename(path.with_name(f"{chance.choice(WORDS)}-{chance.randrange(99)}.md"))


def repaint(chance: random.Random, content: Path) -> None:
    size = chance.randint(20, 90), chance.randint(20, 90)
    Image.new("RGB", size, "gray").save(content / "images/door.png")


def renumber(chance: random.Random, content: Path) -> None:
    digit = chance.randrange(10)
    text = PRACTICE.replace("+17185550142", f"+1718555014{digit}")
    (content / "practice.toml").write_text(text, "utf-8")


def remake_page(chance: random.Random, content: Path) -> None:
    change(content / "pages/contact.md", "title: ", f"title: {chance.choice(WORDS)} ")


def restamp(chance: random.Random, content: Path) -> None:
    """Other words of the same length, and the time of the last change set back."""
    path = some_text(chance, content)
    status = path.stat()
    path.write_text(path.read_text("utf-8").replace("Call", "CALL"), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def damage(chance: random.Random, content: Path) -> None:
    """Spoil some bytes of the memory, or its end, or all of it."""
    file = content.parent / ".cache/memory.sqlite3"
    data = bytearray(file.read_bytes()) if file.exists() else bytearray()
    for _ in range(chance.choice([1, 40, 4000])):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    file.write_bytes(bytes(data[: chance.choice([len(data), len(data) // 2, 0])]))


def spoil(chance: random.Random, content: Path) -> None:
    """Change or remove a file that was built, here or where the next build begins.

    It has as many bytes as before, and the time of its last change is set back.
    """
    folders = [content.parent / "output", content.parent / ".cache/outputs/output"]
    files = sorted(p for folder in folders for p in folder.rglob("*") if p.is_file())
    for path in chance.sample(files, k=min(3, len(files))):
        status, data = path.stat(), path.read_bytes()
        if chance.random() < 0.3:
            path.unlink()
        else:
            path.write_bytes(bytes(255 - byte for byte in data))
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def kill(chance: random.Random, content: Path) -> None:
    """End a build at any moment."""
    call = "from insession.site.build import make_site; from pathlib import Path; "
    call += (
        f"make_site(Path({str(content.parent / 'output')!r}), {SETTINGS!r}, PATH={str(content)!r})"
    )
    process = subprocess.Popen([sys.executable, "-c", call], cwd=ROOT, start_new_session=True)
    time.sleep(chance.random() * 1.5)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


EDITS: list[Edit] = [
    *(
        add_words,
        retitle,
        retag,
        retopic,
        reorder,
        explain,
        introduce,
        redate,
        hold_back,
        remove,
        add,
        rename,
        repaint,
    ),
    *(renumber, remake_page, restamp, damage, spoil),
]


@pytest.mark.parametrize("seed", range(2))
def test_each_build_equals_one_without_a_memory(seed: int, tmp_path: Path, thorough: bool) -> None:
    chance = random.Random(seed)
    content = blog(tmp_path / "blog")
    made: list[Edit] = []
    for step in range(100 if thorough else 8):
        edits = chance.sample([*EDITS, *([kill] if thorough else [])], k=chance.randint(1, 2))
        for edit in edits if step else []:
            if len(list((content / "articles").glob("*.md"))) > 3 or edit is not remove:
                edit(chance, content)
                made.append(edit)
        found, expected = build(content), fresh(content, tmp_path / "aside")
        assert found == expected or isinstance(expected, list), [edit.__name__ for edit in made]
        if isinstance(expected, list):
            assert found == expected
            shutil.rmtree(content)
            content = blog(tmp_path / "blog")


def test_a_picture_of_another_size_has_it_in_each_text(tmp_path: Path) -> None:
    content = blog(tmp_path)
    path = content / "articles/text-3.md"
    path.write_text(article(body='<img src="/images/door.png" alt="A door">'), "utf-8")
    time.sleep(0.2)  # what was written a moment ago isn't remembered
    build(content)
    Image.new("RGB", (33, 44), "gray").save(content / "images/door.png")
    found = build(content)
    assert isinstance(found, dict)
    assert b'width="33" height="44"' in found["text-3/index.html"]


def test_nothing_is_read_or_drawn_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = blog(tmp_path)
    time.sleep(0.2)  # what was written a moment ago isn't remembered
    first = build(content)
    read: list[str] = []
    real = sources.read
    monkeypatch.setattr(
        sources, "read", lambda path, *rest: (read.append(path), real(path, *rest))[1]
    )
    assert build(content) == first
    assert read == []
    change(content / "articles/text-3.md", "Number 3", "Number three")
    second = build(content)
    assert read == ["articles/text-3.md"]
    changed = {name for name in second if second[name] != first[name]}
    feeds = {name for name in changed if name.startswith("feeds/")}
    assert changed == {"text-3/index.html", "search/en-us.js", *feeds}


def test_many_workers_make_the_same_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = blog(tmp_path / "blog")
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    alone = fresh(content, tmp_path / "one")
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(sources, "WORTH_SHARING", 2)
    monkeypatch.setattr(writer, "WORTH_SHARING", 2)
    assert fresh(content, tmp_path / "many") == alone
    assert build(tmp_path / "many/content") == alone  # once more, from what they remembered


class OnlyRead(dict):
    """Settings in which those that aren't part of a text's key can't be looked at."""

    def __getitem__(self, name: str) -> object:
        allowed = {"IDS", "PRACTICE", "PROBLEMS"}  # in the key otherwise, or written only
        if sources.UNREAD.match(name) and name not in allowed and name in self:
            raise AssertionError(f"reading a text looks at {name}")
        return super().__getitem__(name)

    def get(self, name: str, default: object = None) -> object:
        return self[name] if name in self else default  # noqa: SIM401


def test_reading_looks_at_no_setting_that_its_key_leaves_out(tmp_path: Path) -> None:
    """So what is remembered by one command can be used by each."""
    content = blog(tmp_path)
    site = Site(tmp_path, SETTINGS, {"PATH": str(content)})
    site.refresh()
    site.close()
    readers = Readers(OnlyRead(site.state.settings))
    for path in site.state.texts:
        text = sources.read(path, readers, site.state.context)
        assert text.content
        assert not text.problems


def test_a_text_becomes_due(tmp_path: Path) -> None:
    content = blog(tmp_path / "blog")
    (content / "practice.toml").write_text(PRACTICE.replace("America/New_York", "UTC"), "utf-8")
    text = (content / "articles/text-3.md").read_text("utf-8")
    seconds, soon, before = 2, datetime.now(UTC), {}
    while soon <= datetime.now(UTC):  # until a build ends before the text is due
        seconds *= 2
        soon = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
        waiting = text.replace("date: 2026-03-04", f"date: {soon:%Y-%m-%d %H:%M:%S}")
        (content / "articles/text-3.md").write_text(waiting, "utf-8")
        before = build(content)
    assert "text-3/index.html" not in before
    while datetime.now(UTC) < soon:
        time.sleep(0.1)
    assert "text-3/index.html" in build(content)


def test_a_memory_that_cannot_be_written_keeps_nothing_from_being_built(tmp_path: Path) -> None:
    content = blog(tmp_path)
    (tmp_path / ".cache/memory.sqlite3").mkdir(parents=True)
    assert "text-3/index.html" in build(content)


def test_what_is_damaged_is_not_known(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.remember("page", [("a", "key", b"whole" * 3000), ("b", "key", b"other" * 3000)])
    assert dict(memory.recall("page", {"a": "key", "b": "another"})) == {"a": b"whole" * 3000}
    data = memory.path.read_bytes()
    for path in tmp_path.glob(".cache/*"):
        path.unlink()
    memory.path.write_bytes(data.replace(b"wholewhole", b"wholewhale"))
    assert [*memory.recall("page", {"a": "key"})] == []
    for other in (b"no database" * 100, b"SQLite format 3\0" + b"\xa8" * 5000, b""):
        for path in tmp_path.glob(".cache/*"):
            path.unlink()
        memory.path.write_bytes(other)
        assert [*memory.recall("page", {"a": "key"})] == []
    for path in tmp_path.glob(".cache/*"):
        path.unlink()
    with closing(sqlite3.connect(memory.path)) as connection:
        connection.execute("CREATE TABLE made (kind, other)")
    assert [*memory.recall("page", {"a": "key"})] == []
    memory.remember("page", [("a", "key", b"again")])
    assert dict(memory.recall("page", {"a": "key"})) == {"a": b"again"}
