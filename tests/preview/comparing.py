"""Whether a preview serves what a fresh build would write."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import rmtree

from tests.preview.running import MARKS, Preview, eventually
from tests.support import BuiltSite, build_content

NOWHERE = "no-such-page/"


def fresh_build(project: Path, **changed: str) -> BuiltSite:
    """Build a copy of the project, with its own theme, into a new folder beside its content/."""
    rmtree(project / "fresh", ignore_errors=True)
    changed |= {"THEME": str(project / "theme")}
    return build_content(project / "content", project / "fresh", **changed)


def addresses(built: BuiltSite) -> dict[str, Path]:
    """The address of each file that readers can ask for, relative to the blog's."""
    files = [path for path in built.folder.rglob("*") if path.is_file()]
    found = {path.relative_to(built.folder).as_posix(): path for path in files}
    return {
        name.removesuffix("index.html"): path
        for name, path in found.items()
        if not name.startswith(".insession/") and name != "404.html"
    }


def differences(
    preview: Preview, built: BuiltSite, kept_back: Iterable[str], gone: Iterable[str]
) -> Iterator[str]:
    """Yield in words each way in which the preview differs from the fresh build.

    `kept_back` are addresses that only the preview serves, `gone` those that nothing has any more.
    """
    for address, path in addresses(built).items():
        status, _, body = preview.fetch(f"/{address}")
        if status != 200:
            yield f"/{address} answers {status}"
        elif as_published(path.suffix, body) != path.read_bytes():
            yield f"/{address} differs: {first_difference(path, body)}"
    for address in kept_back:
        if preview.fetch(f"/{address}")[0] != 200:
            yield f"/{address} is kept back by a build and not shown by the preview"
    for address in [*gone, NOWHERE]:
        status, _, body = preview.fetch(f"/{address}")
        if status != 404:
            yield f"/{address} is gone and answers {status}"
        elif as_published(".html", body) != (built.folder / "404.html").read_bytes():
            yield f"/{address} isn't answered by the blog's own page"


def as_published(suffix: str, body: bytes) -> bytes:
    """What is served, without what the preview adds."""
    return MARKS.sub("", body.decode()).encode() if suffix == ".html" else body


def first_difference(path: Path, body: bytes) -> str:
    """Where the two part, with a few words around it."""
    expected, found = path.read_bytes(), as_published(path.suffix, body)
    pairs = zip(expected, found, strict=False)
    shorter = min(len(expected), len(found))
    at = next((n for n, (one, other) in enumerate(pairs) if one != other), shorter)
    around = slice(max(0, at - 60), at + 60)
    return f"built {expected[around]!r}, served {found[around]!r}"


def is_as_built(
    preview: Preview, built: BuiltSite, kept_back: Iterable[str] = (), gone: Iterable[str] = ()
) -> None:
    """Wait until the preview serves what the build wrote, and nothing else."""
    last = ""

    def same() -> bool:
        nonlocal last
        last = next(differences(preview, built, kept_back, gone), "")
        return not last

    try:
        eventually(same, "the preview serves what a fresh build writes", pause=0.05)
    except AssertionError:
        raise AssertionError(f"{last}\n{preview.printed[-2000:]}") from None
