"""Pictures and other files of the old blog: found in its media folder, and given a place here."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image

from insession.content.pictures import FORMATS, MOST_PIXELS, OTHER_PICTURES, reason_refused
from insession.content.text_file import same_name
from insession.importers.slugs import slug_of

UPLOADS = re.compile(
    r"/(?:wp-content/uploads|files|content/(?:images|media|files))/(?:size/w\d+/)?(.+)$"
)
# Folders around the pictures of a blog in Markdown, whose names say nothing.
OUTER = {"static", "assets", "public", "src", "content", "images", "img", "media", "_posts"}
HOSTED = ".files.wordpress.com"  # where WordPress.com keeps the uploads of its blogs
# A smaller copy that WordPress made: photo-300x200.jpg, photo-scaled.jpg.
VARIANT = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled|-rotated)(?=\.\w+$)")
UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)
# What a reader may download. A file that a browser would run or show as a page of ours is not here.
DOWNLOADS = {
    f".{kind}"
    for kind in (
        "csv doc docx epub ics m4a m4v mov mp3 mp4 odp ods odt oga ogg ogv pdf ppt pptx rtf txt "
        "vcf wav webm xls xlsx zip"
    ).split()
}


RECORDINGS = {f".{kind}" for kind in "m4a m4v mov mp3 mp4 oga ogg ogv wav webm".split()}


class NotUsableError(Exception):
    """Why a file can't come along, as the end of a sentence."""


@dataclass
class Media:
    """The media folder, if there is one, and what is to be copied out of it.

    `copies` says for each new file (a path inside content/) where it comes from, `missing` which
    were not there.
    """

    folder: Path | None
    content: Path
    is_blog: bool = False  # a folder that has a whole blog in it, in Markdown
    copies: dict[str, Path] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    _files: dict[str, Path] = field(default_factory=dict)
    _taken: dict[Path, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.folder is None:
            return
        inside = (".",) if self.is_blog else ("wp-content/uploads", "uploads", ".")
        root = next(self.folder / name for name in inside if (self.folder / name).is_dir())
        for folder, inner, names in os.walk(root):
            inner[:] = [name for name in inner if not name.startswith(".")]
            for name in names:
                path = Path(folder) / name
                if not path.is_symlink():
                    self._files[same_name(path.relative_to(root).as_posix())] = path

    def has(self, address: str) -> bool:
        """Whether what is at an address is in the folder."""
        return self._find(upload(address)) is not None

    def take(self, address: str) -> str:
        """Return the path inside content/ of what was at an address. Raises NotUsableError."""
        name = upload(address)
        source = self._find(name)
        if source is None:
            self.missing.add(name)
            if self.folder is None:
                raise NotUsableError("no folder with pictures was given")
            raise NotUsableError(f"it is not in {self.folder.as_posix()}")
        if source not in self._taken:
            self._taken[source] = self._place(source, name)
        return self._taken[source]

    def _find(self, name: str) -> Path | None:
        """The original, if this is one of the smaller copies; else the file itself."""
        folded = same_name(name)
        return self._files.get(VARIANT.sub("", folded)) or self._files.get(folded)

    def _place(self, source: Path, name: str) -> str:
        suffix = source.suffix.lower()
        if suffix in DOWNLOADS:
            home = "downloads"
        elif suffix in FORMATS.keys() | OTHER_PICTURES:
            home, suffix = "images", _true_suffix(source, suffix)
        else:
            raise NotUsableError(f"files of the kind {suffix or 'without an ending'} stay behind")
        parts = name.split("/")[:-1]
        parts = [part for part in parts if part not in OUTER] if self.is_blog else parts
        folders = [slug for part in parts if (slug := slug_of(part))]
        stem = "/".join([home, *folders, slug_of(source.stem) or "file"])
        count = 1
        while True:
            target = f"{stem}{f'-{count}' if count > 1 else ''}{suffix}"
            if self._is_free(target, source):
                self.copies[target] = source
                return target
            count += 1

    def _is_free(self, target: str, source: Path) -> bool:
        """Whether nothing else is, or will be, at this place."""
        there = self.content / target
        if target in self.copies:
            return False
        return not there.exists() or there.read_bytes() == source.read_bytes()


def upload(address: str) -> str:
    """Return the path of an uploaded file within the media folder, or "" if it is none."""
    try:
        parts = urlsplit(address)
        host, path = parts.hostname or "", unquote(parts.path)
    except ValueError:
        return ""
    if host.endswith(HOSTED):
        return path.lstrip("/")
    found = UPLOADS.search(path)
    return found[1] if found else ""


def is_picture(address: str) -> bool:
    """Whether an address ends like a picture's."""
    suffix = Path(upload(address) or urlsplit(address).path).suffix.lower()
    return suffix in FORMATS.keys() | OTHER_PICTURES


def is_recording(address: str) -> bool:
    """Whether an address ends like that of something to hear or to watch."""
    return Path(upload(address) or urlsplit(address).path).suffix.lower() in RECORDINGS


def _true_suffix(path: Path, suffix: str) -> str:
    """The ending that fits what the file is: many a .jpg is a PNG. Raises NotUsableError."""
    try:
        with Image.open(path) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("it is far too large")
            image.load()
            kind = "JPEG" if image.format == "MPO" else image.format
    except UNREADABLE as error:
        other = f"{suffix} pictures can't be shown here; save it as JPG or PNG"
        raise NotUsableError(other if suffix in OTHER_PICTURES else reason_refused(error)) from None
    if FORMATS.get(suffix) == kind:
        return suffix
    true = next((ending for ending, name in FORMATS.items() if name == kind), "")
    if not true:
        raise NotUsableError(f"{kind} pictures can't be shown here; save it as JPG or PNG")
    return true
