"""Target *a storage*: a bucket of any S3-compatible host behind a CDN, through rclone.

A storage can't put a whole site in the place of another in one step, only a file at a time. So
the files go there in an order in which readers meet nothing broken at any moment, wherever it
stops: first what pages show, then new pages, which nothing leads to yet; then the changed pages
that lead to them; then feeds and the sitemap, which announce them; and when all of that is
there, what is no longer needed goes. A `send` that fails half-way therefore leaves old pages
beside new ones, each of them whole, and the next one completes it.

What the bucket holds is known by reading it back (`s3_bucket.py`); earlier releases, for `undo`,
are kept on this computer (`local_releases.py`).
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from insession.common.progress import progress
from insession.publish.built_site import SiteBuild
from insession.publish.file_types import is_announcement, is_page
from insession.publish.manifest import Digests, digests
from insession.publish.target_config import Setting
from insession.publish.targets import local_releases, s3_bucket

TITLE = "a storage (S3) behind a CDN, for very many readers"
KEYS = {"remote": ("Which storage, as rclone names it, and which bucket", "blog:my-bucket")}
# A name in rclone's configuration, never a storage described on the spot: that would show its keys.
REMOTE = re.compile(r"\w[\w.-]*:\w[\w.-]*(/\w[\w.-]*)*", re.A)


def check(setting: Setting) -> None:
    """Refuse what is no bucket of a storage that rclone knows by name. Raises Problems."""
    if not REMOTE.fullmatch(setting.values["remote"]):
        what = f"“{setting.values['remote']}” is not the name of a storage with a bucket."
        raise setting.refused(what, "Write it so: blog:my-bucket (or blog:my-bucket/folder)")


def try_out(setting: Setting) -> None:
    """See whether the bucket can be listed, and a file written and deleted. Raises Problems."""
    s3_bucket.try_out(setting)


def prepare(setting: Setting, site: SiteBuild) -> None:
    """Add nothing: the headers go with the files, the CDN compresses them."""


def held(setting: Setting) -> Digests:
    """Return what is in the bucket. What has changed there is fetched and read."""
    with _on_disk(setting):
        return s3_bucket.read_back(setting).site


def read(setting: Setting, name: str) -> str:
    """Return what is in a file in the bucket."""
    with _on_disk(setting):
        return (s3_bucket.read_back(setting).folder / name).read_text(encoding="utf-8")


def send(setting: Setting, site: Path) -> None:
    """Send the site; keep what was there before, if that was whole, for `undo`."""
    with _on_disk(setting):
        state = s3_bucket.read_back(setting)
        if state.whole:
            local_releases.keep(setting, state.folder)
        _replace(setting, state, site)


def undo(setting: Setting) -> None:
    """Send the release again that was there before this one, which is forgotten."""
    with _on_disk(setting):
        state = s3_bucket.read_back(setting)
        earlier = local_releases.earlier(setting, state.site if state.whole else {})
        if not earlier:
            what = "there is no earlier release on this computer to go back to."
            how = "Mend what is wrong and publish again."
            raise setting.refused(what, how, setting.values["remote"])
        _replace(setting, state, earlier[-1])
        shutil.rmtree(earlier[-1])


@contextmanager
def last_two(setting: Setting) -> Iterator[list[Path]]:
    """Yield what is published and what `undo` would bring back, or nothing."""
    with _on_disk(setting):
        state = s3_bucket.read_back(setting)
        earlier = local_releases.earlier(setting, state.site if state.whole else {})
    yield [state.folder, earlier[-1]] if earlier else []


def _replace(setting: Setting, state: s3_bucket.State, site: Path) -> None:
    """Bring the bucket from one state to the next, in the order that is told at the top."""
    before, after = state.site, digests(site)
    headers, had = s3_bucket.headers_of(after), {s3_bucket.ending(path) for path in before}
    # Until all is sent, only these are sure to be the headers of each file with that ending.
    certain = {
        ending: lines
        for ending, lines in headers.items()
        if ending not in had or state.headers.get(ending) == lines
    }
    changed = {path for path in after if after[path] != before.get(path)}
    anew = {path for path in after if s3_bucket.ending(path) not in certain}
    gone = before.keys() - after.keys()
    if state.whole and not (changed or anew or gone):
        return
    s3_bucket.note(setting, after, certain)
    with progress("Sending the files", len(changed | anew)) as advance:
        for paths in _in_turn(changed | anew, before):
            s3_bucket.send(setting, site, paths, advance)
    for paths in reversed(_in_turn(gone, before)):
        s3_bucket.delete(setting, paths)
    if certain != headers:
        s3_bucket.note(setting, after, headers)


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


@contextmanager
def _on_disk(setting: Setting) -> Iterator[None]:
    """Turn what the system says about this computer's disk into a sentence."""
    try:
        yield
    except OSError as error:
        what = f"earlier releases can't be kept here: {(error.strerror or str(error)).lower()}."
        how = "Make room on the disk, or see that you may write there, and publish again."
        raise setting.refused(what, how, f"{local_releases.FOLDER}/") from None
