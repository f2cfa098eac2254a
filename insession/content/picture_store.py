"""What was found out about pictures, and the forms that were made of them, kept in one folder.

A form's file is named by the digest of the picture and of the settings that it was made with; at
its end stands a digest of itself. So the folder can be carried to another computer, and whatever
is damaged or stale in it is made again.
"""

import json
import os
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from threading import Lock, get_ident

from insession.common.cores import on_all_cores
from insession.common.progress import Advance
from insession.content.picture_forms import RECIPE, form_names, make_forms
from insession.content.pictures import PictureFacts, look, refusals

FOLDER = ".cache/pictures"  # in the project
FACTS = "pictures.json"
MARK = 16  # bytes of the digest at a file's end
YOUNG = 0.1  # seconds in which a file can be written twice without another stamp
WORTH_SHARING = 16  # so many pictures take longer to look at than other processes take to start
Stamp = tuple[int, int, int, int]
Seen = tuple[str, int, int, int, int]  # a path with the file's stamp
Found = tuple[str, PictureFacts | Exception]


class PictureStore:
    """The pictures below `root`, and what is known of them in `folder`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        self._alone = Lock()  # one is made at a time: a photo keeps a whole core busy

    def look(self, names: Iterable[str]) -> dict[str, PictureFacts | Exception]:
        """Return what is known of each picture, or what was raised by it; by its path in `root`."""
        seen, facts = self._known()
        stamps = {name: stamp for name in names if (stamp := _stamp(self.root / name))}
        known: dict[str, PictureFacts | Exception] = {
            name: facts[digest]
            for name, stamp in stamps.items()
            if (digest := seen.get((name, *stamp))) and digest in facts
        }
        missing = [name for name in stamps if name not in known]

        def look_at(share: list[str], advance: Advance) -> list[Found]:
            found: list[Found] = []
            for name in share:
                found.append((name, self._look(name, facts)))
                advance(1)
            return found

        if missing:
            for share in on_all_cores("Looking at the pictures", look_at, missing, WORTH_SHARING):
                known |= dict(share)
        pictures = {name: each for name, each in known.items() if isinstance(each, PictureFacts)}
        if missing or len(seen) > len(pictures):
            self._keep({name: stamps[name] for name in pictures}, pictures)
        return known

    def _look(self, name: str, facts: dict[str, PictureFacts]) -> PictureFacts | Exception:
        path = self.root / name
        try:
            data = path.read_bytes()
            return facts.get(_digest(data).hex()) or look(data, path.suffix.lower())
        except refusals() as error:
            return error

    def _known(self) -> tuple[dict[Seen, str], dict[str, PictureFacts]]:
        """Return the digest of each picture that was seen, and what is known by a digest."""
        try:
            known = json.loads((self.folder / FACTS).read_text(encoding="utf-8"))
            if known["recipe"] == RECIPE:
                seen = {(name, *stamp): digest for name, stamp, digest in known["seen"]}
                return seen, {each[0]: PictureFacts(*each) for each in known["facts"]}
        except (OSError, ValueError, LookupError, TypeError):
            pass  # none, or half of one
        return {}, {}

    def _keep(self, stamps: dict[str, Stamp], pictures: dict[str, PictureFacts]) -> None:
        newest = (time.time() - YOUNG) * 1e9
        seen = [
            (name, stamps[name], picture.digest)
            for name, picture in sorted(pictures.items())
            if stamps[name][1] < newest
        ]
        known = {"recipe": RECIPE, "seen": seen, "facts": sorted({*pictures.values()})}
        with suppress(OSError):  # then they are looked at again
            self._write(FACTS, json.dumps(known).encode())

    def get(self, name: str, picture: PictureFacts, form: str) -> bytes:
        """Return a form of a picture, made if it isn't there. Raises what `refusals` names."""
        if (data := self._read(picture, form)) is not None:
            return data
        with self._alone:
            if (data := self._read(picture, form)) is not None:
                return data
            groups = [group for group in self._forms(name, picture) if form in group]
            made = dict(self._make(name, picture, groups))
        return made[form]

    def make_all(self, name: str, picture: PictureFacts) -> None:
        """Make those forms of a picture that aren't there. Raises what `refusals` names."""
        groups = [
            group
            for group in self._forms(name, picture)
            if any(self._read(picture, form) is None for form in group)
        ]
        if groups:
            for _ in self._make(name, picture, groups):
                pass

    def forget_others(self, pictures: dict[str, PictureFacts]) -> None:
        """Keep nothing of what isn't a form of one of these."""
        starts = {_file(picture, "") for picture in pictures.values()}
        if self.folder.is_dir():
            for entry in list(os.scandir(self.folder)):
                if entry.name != FACTS and entry.name.split(".")[0] not in starts:
                    Path(entry.path).unlink(missing_ok=True)

    def _forms(self, name: str, picture: PictureFacts) -> list[list[str]]:
        return form_names(picture, Path(name).suffix.lower())

    def _make(
        self, name: str, picture: PictureFacts, groups: Collection[list[str]]
    ) -> Iterator[tuple[str, bytes]]:
        source = (self.root / name).read_bytes()
        if _digest(source).hex() != picture.digest:
            raise FileNotFoundError(f"{name} was changed meanwhile")
        for form, data in make_forms(source, Path(name).suffix.lower(), picture, groups):
            with suppress(OSError):  # a full disk says so where the site is written
                self._write(_file(picture, form), data + _digest(data))
            yield form, data

    def _read(self, picture: PictureFacts, form: str) -> bytes | None:
        try:
            data = (self.folder / _file(picture, form)).read_bytes()
        except OSError:
            return None
        return data[:-MARK] if _digest(data[:-MARK]) == data[-MARK:] else None

    def _write(self, name: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f".{os.getpid()}-{get_ident()}"  # others may be at it, too
        fresh.write_bytes(data)
        fresh.replace(self.folder / name)


def _file(picture: PictureFacts, form: str) -> str:
    return f"{picture.digest}-{RECIPE}{form}"


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=MARK).digest()


def _stamp(path: Path) -> Stamp | None:
    """Return what changes when a file is saved; None where there is none."""
    with suppress(OSError):
        status = path.stat()
        return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
    return None
