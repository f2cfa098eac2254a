"""What lies in a bucket of a storage is read back; files are put there, with their headers.

The file `.insession` marks a bucket as ours; one that holds anything else is refused. It names the
site that was to be sent, so that an unfinished one is told from a whole one, and the headers with
which its files were sent.
"""

import hashlib
import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from insession.common.progress import Advance
from insession.output.output_folder import MARK
from insession.publish.file_types import FEEDS, cache_control, content_type
from insession.publish.manifest import Digests, digest, digests
from insession.publish.target_config import Setting
from insession.publish.targets import local_releases
from insession.publish.targets.rclone import rclone

TRIAL = f"{MARK}-trial"
TRANSFERS = "--transfers=16"
AT_ONCE = 200  # files that one run of rclone sends
LISTED = "--files-from-raw=-"  # the files to work on are typed, a line each

Headers = dict[str, list[str]]  # ending of a file's name → how such files are sent


class State(NamedTuple):
    """What was read back: the folder it is in, the site, whether it is whole, and its headers."""

    folder: Path
    site: Digests
    whole: bool
    headers: Headers


def read_back(setting: Setting) -> State:
    """Fetch what has changed in the bucket since it was fetched last. Raises Problems, OSError.

    A file is fetched unless the MD5 that the storage tells is that of what was fetched before.
    """
    md5s = listed(setting)
    folder = local_releases.read_back(setting)
    for file in [path for path in folder.rglob("*") if path.is_file()]:
        if file.relative_to(folder).as_posix() not in md5s:
            file.unlink()
    wanted = [path for path, md5 in md5s.items() if not md5 or _md5(folder / path) != md5]
    if wanted:
        which = f"--exclude=/{TRIAL}" if len(wanted) == len(md5s) else LISTED
        options = ("--ignore-times", TRANSFERS, which)
        remote = setting.values["remote"]
        rclone(setting, "copy", remote, str(folder), *options, typed="\n".join(wanted))
    site = digests(folder)
    try:
        mark = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return State(folder, site, mark["site"] == _fingerprint(site), dict(mark["headers"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return State(folder, site, False, {})


def listed(setting: Setting) -> dict[str, str]:
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


def try_out(setting: Setting) -> None:
    """List the bucket, put a file there and delete it. Raises Problems."""
    listed(setting)
    _put(setting, TRIAL, "trial")
    rclone(setting, "deletefile", f"{setting.values['remote']}/{TRIAL}")


def send(setting: Setting, site: Path, paths: Iterable[str], advance: Advance) -> None:
    """Send files of a site, those with the same headers together. Raises Problems."""
    remote = setting.values["remote"]
    for headers, group in groupby(sorted(paths, key=_header_lines), _header_lines):
        options = (LISTED, "--no-check-dest", TRANSFERS, *_as_options(headers))
        names = [*group]
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            rclone(setting, "copy", str(site), remote, *options, typed="\n".join(some))
            advance(len(some))


def delete(setting: Setting, paths: Iterable[str]) -> None:
    """Delete files. Raises Problems."""
    rclone(setting, "delete", setting.values["remote"], LISTED, typed="\n".join(paths))


def note(setting: Setting, site: Digests, headers: Headers) -> None:
    """Write the mark, with the site that is being sent and the headers. Raises Problems."""
    written = {"made by": "In Session", "site": _fingerprint(site), "headers": headers}
    _put(setting, MARK, json.dumps(written, indent=1, sort_keys=True))


def headers_of(site: Digests) -> Headers:
    """Return how the files of each ending are sent: if that changes, they are sent again."""
    found: dict[str, set[str]] = {}
    for path in site:
        found.setdefault(ending(path), set()).add("; ".join(_header_lines(path)))
    return {each: sorted(lines) for each, lines in found.items()}


def ending(path: str) -> str:
    """Return what the headers of a file depend on, such as “.html” or “.atom.xml”."""
    return next(filter(path.endswith, FEEDS), Path(path).suffix.lower())


def _put(setting: Setting, name: str, text: str) -> None:
    options = _as_options(("Cache-Control: no-store", "Content-Type: application/json"))
    rclone(setting, "rcat", f"{setting.values['remote']}/{name}", *options, typed=text)


def _header_lines(path: str) -> tuple[str, str]:
    return f"Cache-Control: {cache_control(path)}", f"Content-Type: {content_type(path)}"


def _as_options(headers: Iterable[str]) -> list[str]:
    return [f"--header-upload={line}" for line in headers]


def _md5(file: Path) -> str:
    """Return it as storages tell it, "" if there is no such file."""
    if not file.is_file():
        return ""
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def _fingerprint(site: Digests) -> str:
    return digest("\n".join(f"{site[path]} {path}" for path in sorted(site)).encode())
