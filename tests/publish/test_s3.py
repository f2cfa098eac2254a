"""Publishing to a storage: rclone and a real S3 server, on this machine."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from insession.common.problems import Problems
from insession.output.output_folder import MARK
from insession.publish import file_types
from insession.publish.manifest import digests
from insession.publish.target_config import Setting
from insession.publish.targets import local_releases, s3_bucket
from insession.publish.targets import s3 as s3_target
from tests.publish.a_blog import WELL_KNOWN, Blog
from tests.publish.a_storage import KEY, RCLONE, SECRET, Storage, holds
from tests.support import ROOT, Counted, article

Capture = pytest.CaptureFixture[str]
FIRST = {
    "index.html": '<a href="/one/"> <a href="/old/"> <script src="/theme/a.0123abcd.js">',
    "one/index.html": '<img src="/images/one.png"> <link href="/feeds/all.rss.xml">',
    "old/index.html": '<img src="/images/old.png"> <a href="/one/">',
    "images/one.png": "one",
    "images/old.png": "old",
    "theme/a.0123abcd.js": "script",
    "feeds/all.rss.xml": '<a href="/one/"> <a href="/old/">',
    "sitemap.xml": '<a href="/one/"> <a href="/old/">',
}
SECOND = {
    "index.html": '<a href="/one/"> <a href="/new/"> <script src="/theme/a.4567abcd.js">',
    "one/index.html": '<img src="/images/one.png"> <a href="/feeds/all.rss.xml"> <a href="/new/">',
    "new/index.html": '<img src="/images/new.png"> <link href="/feeds/new.atom.xml">',
    "images/one.png": "one",
    "images/new.png": "new",
    "theme/a.4567abcd.js": "script, changed",
    "feeds/all.rss.xml": '<a href="/one/"> <a href="/new/">',
    "feeds/new.atom.xml": '<a href="/new/">',
    "sitemap.xml": '<a href="/one/"> <a href="/new/">',
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    running = Storage(tmp_path_factory.mktemp("s3"))
    yield running
    running.stop()


@pytest.fixture
def s3(server: Storage, monkeypatch: pytest.MonkeyPatch) -> Storage:
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    server.begin()
    return server


@pytest.fixture
def small(s3: Storage, tmp_path: Path) -> Setting:
    """The setting alone, for what needs no blog."""
    for name, site in (("first", FIRST), ("second", SECOND)):
        for path, text in site.items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_text(text, encoding="utf-8")
    return Setting({"target": "storage", "remote": s3.remote}, tmp_path)


def test_another_computer_is_told_what_it_would_take_back(
    s3: Storage, tmp_path: Path, capsys: Capture
) -> None:
    one = Blog(tmp_path, {"target": "storage", "remote": s3.remote})
    assert one.publish() == 0
    two = Blog(tmp_path / "elsewhere", {"target": "storage", "remote": s3.remote})
    one.write("articles/three.md", article("Three titles", body="A third text."))
    assert one.publish() == 0
    capsys.readouterr()
    assert two.publish() == 1
    assert "taken down: /three/ “Three titles”" in capsys.readouterr().err
    assert "three/index.html" in s3.shown()


def is_whole(s3: Storage) -> bool:
    """Whether all that readers know or are led to is there, each file as it was made."""
    texts = s3.texts()
    if not all(text in (FIRST.get(path), SECOND.get(path)) for path, text in texts.items()):
        return False
    met, coming = set(), [path for path in texts if path in FIRST]
    while coming:
        met.add(path := coming.pop())
        if path not in texts:
            return False
        links = re.findall(r'(?:href|src)="/(.*?)"', texts[path])
        files = {f"{link}index.html" if link.endswith("/") else link for link in links}
        coming += files - met
    return True


def test_what_is_served_is_the_build_before_and_after_and_after_undo(
    s3: Storage, tmp_path: Path, capfd: Capture
) -> None:
    blog = Blog(tmp_path, {"target": "storage", "remote": s3.remote})
    assert blog.publish() == 0
    first = blog.built()
    assert s3.shown() == first
    assert WELL_KNOWN in first
    blog.write("articles/three.md", article("Three titles"))
    assert blog.publish() == 0
    assert s3.shown() == blog.built() != first
    out = capfd.readouterr().out
    assert "every file has arrived as it was built" in out
    assert blog.undo() == 0
    assert s3.shown() == first
    assert blog.undo() == 1
    err = capfd.readouterr().err
    assert "no earlier release on this computer to go back to" in err
    assert not holds(out + err, blog.root, SECRET, KEY)
    assert not holds("", s3.bucket, SECRET, KEY)


def test_each_file_is_served_as_what_it_is(s3: Storage, small: Setting) -> None:
    s3_target.send(small, small.root / "second")
    hour, always = "public, max-age=3600, must-revalidate", "public, max-age=0, must-revalidate"
    expected = {
        "one/index.html": ("text/html; charset=utf-8", always),
        "feeds/all.rss.xml": ("application/rss+xml; charset=utf-8", always),
        "feeds/new.atom.xml": ("application/atom+xml; charset=utf-8", always),
        "sitemap.xml": ("application/xml; charset=utf-8", always),
        "images/one.png": ("image/png", hour),
        "theme/a.4567abcd.js": (
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
    }
    for path, headers in expected.items():
        with urlopen(s3.signed(path)) as answer:
            assert answer.read().decode() == SECOND[path]
            assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == headers


def test_readers_meet_nothing_that_is_not_there_yet(s3: Storage, small: Setting) -> None:
    s3_target.send(small, small.root / "first")
    s3.forget()
    seen: list[bool] = []
    s3.meeting = lambda: seen.append(is_whole(s3))
    s3_target.send(small, small.root / "second")
    changes = s3.changes()
    assert len(seen) == len(changes)
    assert all(seen)
    order = [change.path for change in changes]
    assert {*order[1:3]} == {"images/new.png", "theme/a.4567abcd.js"}
    assert order[3:5] == ["new/index.html", "feeds/new.atom.xml"]
    assert {*order[5:7]} == {"index.html", "one/index.html"}
    assert {*order[7:9]} == {"feeds/all.rss.xml", "sitemap.xml"}
    assert order[9] == "old/index.html"
    assert {*order[10:]} == {"images/old.png", "theme/a.0123abcd.js"}
    assert [change.method for change in changes] == ["PUT"] * 9 + ["DELETE"] * 3
    assert s3.texts() == SECOND


def test_however_often_it_breaks_off_the_site_is_whole_and_each_time_goes_on(
    s3: Storage, small: Setting
) -> None:
    s3_target.send(small, small.root / "first")
    times = 0
    while s3.texts() != SECOND:
        s3.forget()
        s3.fail("cut", 1)  # its note is answered; one more change is done, but not answered
        with pytest.raises(Problems, match="doesn't answer, or the connection broke off"):
            s3_target.send(small, small.root / "second")
        assert is_whole(s3)
        times += 1
    assert times == 11  # at each of the changes
    s3.forget()
    s3.fail("")
    s3_target.send(small, small.root / "second")
    assert s3.changes() == []
    s3_target.undo(small)
    assert s3.texts() == FIRST


def test_a_publish_that_is_killed_leaves_a_whole_site(
    s3: Storage, tmp_path: Path, small: Setting
) -> None:
    s3_target.send(small, small.root / "first")

    def die(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        s3.fail("500", 5)  # the rclone that it started is at its end, too

    code = (
        "import sys; from pathlib import Path; from insession.publish.targets import s3\n"
        "from insession.publish.target_config import Setting\n"
        "root = Path(sys.argv[1])\n"
        'setting = Setting({"target": "storage", "remote": sys.argv[2]}, root)\n'
        's3.send(setting, root / "second")'
    )
    s3.forget()
    command = [sys.executable, "-c", code, str(small.root), s3.remote]
    with subprocess.Popen(command, cwd=ROOT) as process:
        s3.meeting = lambda: die(process) if len(s3.changes()) == 5 else None
        assert process.wait(90) != 0
    assert is_whole(s3)
    s3.fail("")
    s3.forget()
    s3_target.send(small, small.root / "second")
    assert s3.texts() == SECOND


def test_nothing_is_sent_or_fetched_twice(s3: Storage, small: Setting) -> None:
    s3_target.send(small, small.root / "first")
    before = s3_target.held(small)
    s3.forget()
    assert s3_target.held(small) == before == s3.shown()
    s3_target.send(small, small.root / "first")
    assert [asked for asked in s3.asked if asked.path] == []
    assert s3.asked


def test_what_changed_in_the_storage_is_seen(s3: Storage, small: Setting) -> None:
    s3_target.send(small, small.root / "first")
    s3_target.held(small)
    command = [RCLONE, "rcat", f"{s3.remote}/one/index.html"]
    subprocess.run(command, input=FIRST["one/index.html"].upper().encode(), check=True)
    assert s3_target.held(small) == s3.shown() != digests(small.root / "first")


def test_new_headers_reach_files_that_have_not_changed(
    s3: Storage, small: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3_target.send(small, small.root / "first")
    monkeypatch.setitem(file_types.TYPES, ".png", "image/other")
    s3.fail("500", 0)
    with pytest.raises(Problems):
        s3_target.send(small, small.root / "first")
    s3.fail("")
    s3.forget()
    s3_target.send(small, small.root / "first")
    sent = {asked.path: asked.headers["content-type"] for asked in s3.changes()}
    sent.pop(MARK)
    assert sent == {"images/one.png": "image/other", "images/old.png": "image/other"}


def send(setting: Setting, text: str) -> None:
    """Send a site of two pages that say this."""
    for path in ("tiny/index.html", "tiny/other/index.html"):
        page = setting.root / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    s3_target.send(setting, setting.root / "tiny")


def test_an_unfinished_site_is_not_what_undo_brings_back(s3: Storage, small: Setting) -> None:
    send(small, "first")
    for ends_it in (s3_target.undo, lambda setting: send(setting, "second")):
        s3.forget()
        s3.fail("500", 2)
        with pytest.raises(Problems, match="the storage has trouble at the moment"):
            send(small, "second")
        assert sorted(s3.texts().values()) == ["first", "second"]
        s3.fail("")
        ends_it(small)
    assert {*s3.texts().values()} == {"second"}
    s3_target.undo(small)
    assert {*s3.texts().values()} == {"first"}


def test_after_undo_comes_the_next_release_and_undo_goes_back_to_the_same(
    s3: Storage, small: Setting
) -> None:
    send(small, "first")
    send(small, "second")
    s3_target.undo(small)
    send(small, "third")
    s3_target.undo(small)
    assert {*s3.texts().values()} == {"first"}


def test_another_computer_publishes_and_goes_back_to_what_it_found(
    s3: Storage, small: Setting
) -> None:
    send(small, "first")
    shutil.rmtree(small.root / ".releases")
    with pytest.raises(Problems, match="no earlier release on this computer"):
        s3_target.undo(small)
    send(small, "second")
    s3_target.undo(small)
    assert {*s3.texts().values()} == {"first"}


def test_five_releases_are_kept_with_the_one_that_is_published(tmp_path: Path) -> None:
    setting = Setting({"target": "storage", "remote": "blog:my-bucket/site"}, tmp_path)
    page = local_releases.read_back(setting) / "index.html"
    kept = []
    for number in range(6):
        fresh = page.with_name("fresh")  # a new file in its place, as rclone makes one
        fresh.write_text(f"{number}", encoding="utf-8")
        fresh.replace(page)
        local_releases.keep(setting, page.parent)
        local_releases.keep(setting, page.parent)  # again, after a run that was killed
        kept.append(digests(page.parent))
    assert [digests(path) for path in local_releases.earlier(setting, {})] == kept[2:]
    assert [digests(path) for path in local_releases.earlier(setting, kept[-1])] == kept[2:-1]


def test_each_file_counts_when_it_has_been_sent(
    s3: Storage, small: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_bucket, "AT_ONCE", 2)
    monkeypatch.setattr(s3_target, "progress", counted := Counted())
    s3_target.send(small, small.root / "first")
    assert counted.all == [("Sending the files", len(FIRST), len(FIRST))]
    assert s3_target.held(small) == digests(small.root / "first")
