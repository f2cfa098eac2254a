"""Target *a storage*: a bucket of any S3-compatible host behind a CDN, through rclone.

A storage can't put a whole site in the place of another in one step, only a file at a time. So
the files go there in an order in which readers meet nothing broken at any moment, wherever it
stops: first what pages show, then new pages, which nothing leads to yet; then the changed pages
that lead to them; then feeds and the sitemap, which announce them; and when all of that is
there, what is no longer needed goes. A `send` that fails half-way therefore leaves old pages
beside new ones, each of them whole, and the next one completes it.

The file `.insession` in the bucket marks it as ours: a bucket that holds anything else is refused.
It names the site that was to be sent, so that an unfinished one is told from a whole one, and the
headers with which its files were sent.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from insession.build import MARK
from insession.publish import releases
from insession.publish.building import Site
from insession.publish.digests import Digests, digest, digests
from insession.publish.kinds import FEEDS, cache_control, content_type, is_announcement, is_page
from insession.publish.rclone import rclone
from insession.publish.setting import Setting

TITLE = "a storage (S3) behind a CDN, for very many readers"
KEYS = {"remote": ("Which storage, as rclone names it, and which bucket", "blog:my-bucket")}
# A name in rclone's configuration, never a storage described on the spot: that would show its keys.
REMOTE = re.compile(r"\w[\w.-]*:\w[\w.-]*(/\w[\w.-]*)*", re.A)
TRIAL = f"{MARK}-trial"
TRANSFERS = "--transfers=16"
LISTED = "--files-from-raw=-"  # the files to work on are typed, a line each

Headers = dict[str, list[str]]  # ending of a file's name → how such files are sent


class State(NamedTuple):
    """What was read back: the folder it is in, the site, whether it is whole, and its headers."""

    folder: Path
    site: Digests
    whole: bool
    headers: Headers


def check(setting: Setting) -> None:
    """Refuse what is no bucket of a storage that rclone knows by name. Raises Problems."""
    if not REMOTE.fullmatch(setting.values["remote"]):
        what = f"“{setting.values['remote']}” is not the name of a storage with a bucket."
        raise setting.refused(what, "Write it so: blog:my-bucket (or blog:my-bucket/folder)")


def try_out(setting: Setting) -> None:
    """See whether the bucket can be listed, and a file written and deleted. Raises Problems."""
    _listed(setting)
    _put(setting, TRIAL, "trial")
    rclone(setting, "deletefile", f"{setting.values['remote']}/{TRIAL}")


def prepare(setting: Setting, site: Site) -> None:
    """Add nothing: the headers go with the files, the CDN compresses them."""


def held(setting: Setting) -> Digests:
    """Return what is in the bucket. What has changed there is fetched back and read.

    A file is fetched unless the MD5 that the storage tells is that of what was fetched before.
    """
    with _on_disk(setting):
        return _read_back(setting).site


def send(setting: Setting, site: Path) -> None:
    """Send the site; keep what was there before, if that was whole, for `undo`."""
    with _on_disk(setting):
        state = _read_back(setting)
        if state.whole:
            releases.keep(setting, state.folder)
        _replace(setting, state, site)


def undo(setting: Setting) -> None:
    """Send the release again that was there before this one, which is forgotten."""
    with _on_disk(setting):
        state = _read_back(setting)
        earlier = releases.earlier(setting, state.site if state.whole else {})
        if not earlier:
            what = "there is no earlier release on this computer to go back to."
            how = "Mend what is wrong and publish again."
            raise setting.refused(what, how, setting.values["remote"])
        _replace(setting, state, earlier[-1])
        shutil.rmtree(earlier[-1])


def _replace(setting: Setting, state: State, site: Path) -> None:
    """Bring the bucket from one state to the next, in the order that is told at the top."""
    before, after = state.site, digests(site)
    headers, had = _headers(after), {_ending(path) for path in before}
    # Until all is sent, only these are sure to be the headers of each file with that ending.
    certain = {
        ending: lines
        for ending, lines in headers.items()
        if ending not in had or state.headers.get(ending) == lines
    }
    sent = [
        path for path in after if after[path] != before.get(path) or _ending(path) not in certain
    ]
    gone = before.keys() - after.keys()
    if state.whole and not sent and not gone:
        return
    _note(setting, after, certain)
    for paths in _in_turn(sent, before):
        _copy(setting, site, paths)
    for paths in reversed(_in_turn(gone, before)):
        rclone(setting, "delete", setting.values["remote"], LISTED, typed="\n".join(paths))
    if certain != headers:
        _note(setting, after, headers)


def _in_turn(paths: Iterable[str], before: Digests) -> list[list[str]]:
    """Return the files in groups, each of which may only be sent after the one before it.

    A new feed comes before the changed pages, because they lead to it.
    """

    def turn(path: str) -> int:
        if is_page(path):
            return 3 if path in before else 1
        if is_announcement(path):
            return 4 if path in before else 2
        return 0

    return [[*group] for _, group in groupby(sorted(paths, key=turn), turn)]


def _copy(setting: Setting, site: Path, paths: Iterable[str]) -> None:
    """Send files, those with the same headers at once."""
    for headers, group in groupby(sorted(paths, key=_header_lines), _header_lines):
        options = (LISTED, "--no-check-dest", TRANSFERS, *_as_options(headers))
        rclone(
            setting, "copy", str(site), setting.values["remote"], *options, typed="\n".join(group)
        )


def _note(setting: Setting, site: Digests, headers: Headers) -> None:
    """Write down which site is being sent: while another is read back, it is not whole."""
    note = {"made by": "In Session", "site": _fingerprint(site), "headers": headers}
    _put(setting, MARK, json.dumps(note, indent=1, sort_keys=True))


def _put(setting: Setting, name: str, text: str) -> None:
    options = _as_options(("Cache-Control: no-store", "Content-Type: application/json"))
    rclone(setting, "rcat", f"{setting.values['remote']}/{name}", *options, typed=text)


def _as_options(headers: Iterable[str]) -> list[str]:
    return [f"--header-upload={line}" for line in headers]


def _header_lines(path: str) -> tuple[str, str]:
    return f"Cache-Control: {cache_control(path)}", f"Content-Type: {content_type(path)}"


def _headers(site: Digests) -> Headers:
    """Return how the files of each ending are sent: if that changes, they are sent again."""
    found: dict[str, set[str]] = {}
    for path in site:
        found.setdefault(_ending(path), set()).add("; ".join(_header_lines(path)))
    return {ending: sorted(lines) for ending, lines in found.items()}


def _ending(path: str) -> str:
    return next(filter(path.endswith, FEEDS), Path(path).suffix.lower())


def _read_back(setting: Setting) -> State:
    """Fetch what has changed in the bucket since it was fetched last. Raises Problems, OSError."""
    listed = _listed(setting)
    folder = releases.read_back(setting)
    for file in [path for path in folder.rglob("*") if path.is_file()]:
        if file.relative_to(folder).as_posix() not in listed:
            file.unlink()
    wanted = [path for path, md5 in listed.items() if not md5 or _md5(folder / path) != md5]
    if wanted:
        which = f"--exclude=/{TRIAL}" if len(wanted) == len(listed) else LISTED
        options = ("--ignore-times", TRANSFERS, which)
        remote = setting.values["remote"]
        rclone(setting, "copy", remote, str(folder), *options, typed="\n".join(wanted))
    site = digests(folder)
    try:
        note = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return State(folder, site, note["site"] == _fingerprint(site), dict(note["headers"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return State(folder, site, False, {})


def _listed(setting: Setting) -> dict[str, str]:
    """Return each file in the bucket with its MD5, "" if the storage doesn't tell it.

    Raises Problems if anything in there is not ours.
    """
    options = ("--recursive", "--files-only", "--hash", "--hash-type=md5", "--no-modtime")
    rows = rclone(setting, "lsjson", setting.values["remote"], "--no-mimetype", *options)
    found = {row["Path"]: row.get("Hashes", {}).get("md5", "") for row in json.loads(rows)}
    found.pop(TRIAL, None)
    if found and MARK not in found:
        what = "this bucket holds files that were not made here, and all in it would be replaced."
        how = "Choose an empty one, or a folder in it that doesn't exist yet: blog:my-bucket/site"
        raise setting.refused(what, how, setting.values["remote"])
    return found


def _md5(file: Path) -> str:
    """Return it as storages tell it, "" if there is no such file."""
    if not file.is_file():
        return ""
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def _fingerprint(site: Digests) -> str:
    return digest("\n".join(f"{site[path]} {path}" for path in sorted(site)).encode())


@contextmanager
def _on_disk(setting: Setting) -> Iterator[None]:
    """Turn what the system says about this computer's disk into a sentence."""
    try:
        yield
    except OSError as error:
        what = f"earlier releases can't be kept here: {(error.strerror or str(error)).lower()}."
        how = "Make room on the disk, or see that you may write there, and publish again."
        raise setting.refused(what, how, f"{releases.FOLDER}/") from None
