"""Faults at random moments while the blog is published, wherever it is published to.

Each trial changes the blog, publishes it in a process of its own, and lets something go wrong.
Then: what readers see is wholly the old or the new blog; she was told what to do; the ledger knows
nothing that isn't published; the next time it works, and nothing is left lying about.
"""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from insession.publish.manifest import Digests, digests
from tests import programs
from tests.killing import CAN_FORK
from tests.publish import a_disk
from tests.publish.a_blog import Blog
from tests.publish.a_line import Line
from tests.publish.an_sshd import Sshd
from tests.support import article

SEED = 2026
TRIALS, SOME = 100, 10
KEPT = "theme/"  # files of the release before, for pages that are open
NEXT = ("Nothing was published; your blog is as it was.", "publish --dry-run")


@dataclass
class World:
    """Where a blog is published to, and what can go wrong on the way."""

    blog: Blog
    shown: Callable[[], Digests]
    disk: Path | None = None
    line: Line | None = None
    sshd: Sshd | None = None
    said: Path = Path()  # what was said while publishing
    seconds: float = 1.0  # that publishing takes, all being well
    carried: int = 0  # bytes that go over the line meanwhile
    needed: int = 0  # bytes that it takes on the disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk that can be full, where one can be had."""
    folder = tmp_path / "disk"
    mounted = a_disk.mount_disk(folder)
    yield folder if mounted else None
    if mounted:
        a_disk.unmount_disk(folder)


def on_a_server(sshd: Sshd, tmp_path: Path, disk: Path | None) -> World:
    line = Line(sshd.port)
    sshd.lines = [line.port]
    sshd.know("host")
    folder = (disk or tmp_path) / "server"
    name = sshd.name.replace(f":{sshd.port}", f":{line.port}")
    blog = Blog(tmp_path, {"target": "server", "server": name, "folder": str(folder)})
    return World(blog, lambda: digests((folder / "current").resolve()), disk, line, sshd)


def in_a_folder(_: Sshd, tmp_path: Path, disk: Path | None) -> World:
    folder = (disk or tmp_path) / "site"
    blog = Blog(tmp_path, {"target": "folder", "folder": str(folder)})
    return World(blog, lambda: digests(folder), disk)


def in_a_folder_on_her_disk(_: Sshd, tmp_path: Path, disk: Path | None) -> World:
    blog = Blog(disk or tmp_path, {"target": "folder", "folder": "../site"})
    return World(blog, lambda: digests(blog.root.parent / "site"), disk)


def on_a_branch(_: Sshd, tmp_path: Path, disk: Path | None) -> World:
    remote = (disk or tmp_path) / "remote.git"
    programs.run(["git", "init", "-q", "--bare", remote], 60)
    blog = Blog(tmp_path, {"target": "branch", "remote": str(remote), "branch": "pages"})

    def shown() -> Digests:
        to = tmp_path / "aside/shown"
        shutil.rmtree(to, ignore_errors=True)
        clone = ["git", "-c", "core.autocrlf=false", "clone", "-q", "-b", "pages", remote, to]
        assert programs.run(clone, 60) is not None
        shutil.rmtree(to / ".git")
        return {name: found for name, found in digests(to).items() if name != ".nojekyll"}

    return World(blog, shown, disk)


def wait(world: World, chance: random.Random, pid: int) -> None:
    """Wait for a random moment, half of the times for one since the sending began."""
    since = 0.0 if chance.random() < 0.5 else 0.5
    until = time.monotonic() + 90
    while since and "Sending" not in world.said.read_text("utf-8") and time.monotonic() < until:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return
        time.sleep(0.005)
    time.sleep(chance.uniform(0, world.seconds * (1 - since)))


def kill(world: World, chance: random.Random, pid: int) -> None:
    wait(world, chance, pid)
    os.kill(pid, signal.SIGKILL)


def pull_the_plug(world: World, chance: random.Random, pid: int) -> None:
    wait(world, chance, pid)
    os.killpg(pid, signal.SIGKILL)


def cut_the_line(world: World, chance: random.Random, pid: int) -> None:
    assert world.line
    stays, by_bytes = chance.random() < 0.5, chance.random() < 0.5
    if not by_bytes:
        wait(world, chance, pid)
    world.line.cut_after(chance.randrange(world.carried) if by_bytes else 0, stays)


def fill_the_disk(world: World, chance: random.Random, _: int) -> None:
    assert world.disk
    a_disk.fill(world.disk, left=chance.randrange(world.needed))


def lock_the_disk(world: World, chance: random.Random, pid: int) -> None:
    assert world.disk
    wait(world, chance, pid)
    until = time.monotonic() + 5
    while not a_disk.lock(world.disk) and time.monotonic() < until:
        time.sleep(0.005)


def show_a_wrong_key(world: World, chance: random.Random, pid: int) -> None:
    assert world.sshd
    wait(world, chance, pid)
    world.sshd.show("stranger")


def mend(world: World) -> None:
    if world.line:
        world.line.mend()
    if world.sshd:
        world.sshd.show("user")
    if world.disk:
        a_disk.mend(world.disk)


def faults(world: World) -> list[Callable[[World, random.Random, int], None]]:
    """What can go wrong in this world."""
    found = [kill]
    found += [cut_the_line, show_a_wrong_key] if world.line else []
    return [*found, *([fill_the_disk, lock_the_disk] if world.disk else []), pull_the_plug]


def publishing(blog: Blog, said: Path) -> int:
    """Type `publish` in a process of its own, and return its number."""
    sys.stdout.flush()
    if child := os.fork():
        os.setpgid(child, child)
        return child
    code = 99
    try:
        os.setpgid(0, 0)
        with said.open("w", encoding="utf-8") as sys.stdout:
            sys.stderr = sys.stdout
            code = blog.publish()
    finally:
        os._exit(code)


def is_whole(found: Digests, release: Digests) -> bool:
    """Whether this is the release, and nothing else but files of the one before it."""
    more = found.keys() - release.keys()
    return release.items() <= found.items() and all(name.startswith(KEPT) for name in more)


@pytest.mark.skipif(not CAN_FORK, reason="needs fork")
@pytest.mark.parametrize(
    ("make", "share"),
    [(on_a_server, 0.5), (in_a_folder, 0.2), (in_a_folder_on_her_disk, 0.1), (on_a_branch, 0.2)],
)
def test_whatever_goes_wrong_the_blog_is_whole_and_the_next_time_it_works(
    make: Callable[[Sshd, Path, Path | None], World],
    share: float,
    sshd: Sshd,
    disk: Path | None,
    tmp_path: Path,
    thorough: bool,
) -> None:
    world = make(sshd, tmp_path, disk)
    blog, said, ledger = world.blog, tmp_path / "aside/said", world.blog.root / "urls.json"
    said.parent.mkdir()
    world.said = said
    assert blog.publish() == 0
    blog.write("articles/two.md", article("Before"))
    start, carried = time.monotonic(), world.line.carried if world.line else 0
    used = a_disk.used(disk) if disk else 0
    assert blog.publish() == 0
    world.seconds = (time.monotonic() - start) * 1.3  # another process is a little slower
    world.needed = max(a_disk.used(disk) - used, 2**17) if disk else 0
    world.carried = world.line.carried - carried if world.line else 0
    old = blog.built()
    left = beside(world)
    kinds = faults(world)
    for number in range(int((TRIALS if thorough else SOME) * share)):
        chance, fault = random.Random(f"{SEED} {number}"), kinds[number % len(kinds)]
        words = f"seed {SEED}, {make.__name__} {number}: {fault.__name__}"
        blog.write("articles/one.md", article(f"Trial {number}", f"slug: trial-{number}"))
        new, known = blog.built(), ledger.read_bytes()
        said.write_text("", encoding="utf-8")
        child = publishing(blog, said)
        fault(world, chance, child)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        mend(world)
        told, found = said.read_text(encoding="utf-8"), world.shown()
        print(f"{words}, exit code {code}, {'new' if is_whole(found, new) else 'old'}\n{told}")
        assert is_whole(found, old) or is_whole(found, new), words
        if code == 0:
            assert is_whole(found, new), words
        elif code != -signal.SIGKILL:
            assert code == 1
            assert any(sentence in told for sentence in NEXT), words
            assert "Traceback" not in told
            assert "Error" not in told
        if not is_whole(found, new):
            assert ledger.read_bytes() == known, words
        if code == -signal.SIGKILL:
            age_halves(blog.root)
        assert blog.publish() == 0, words
        assert is_whole(world.shown(), new), words
        assert beside(world) == left, words
        old = new


def age_halves(folder: Path) -> None:
    """Let the minute pass after which a file that a killed process left half written is removed."""
    for path in folder.glob(".*"):
        if path.suffix[1:].isdecimal():
            os.utime(path, (0, 0))


def beside(world: World) -> set[str]:
    """All that lies about where the blog is written and where it goes; releases are counted."""
    folders = {world.blog.root, world.blog.root.parent}
    folders |= {world.disk, world.disk / "server/releases"} if world.disk else set()
    found = {path for folder in folders if folder.is_dir() for path in folder.iterdir()}
    return {path.name for path in found if not path.name[0].isdigit()}
