"""What photos cost: 100 articles with a photo of 12 megapixels each, built twice.

    .venv/bin/python benchmarks/pictures.py [photos]

Measured: the processor time of one photo, the first build (whether it shows a bar, how many cores
it keeps busy, its memory), and the next clean builds, for which the photos are made already; the
same blog without photos is beside them. Linux alone: others have no `os.wait4`.
"""

import os
import pty
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image

from benchmarks.articles import write_articles
from benchmarks.generators import find_ours
from benchmarks.trial import memory
from insession.content.picture_forms import form_names, make_forms
from insession.content.pictures import look

SIZE = (4000, 3000)
NOISE = 0.1  # as much as a phone's sensor adds indoors
BAR = b"Making the pictures"
SAMPLED = 0.25  # seconds between two looks at the memory, which aren't free themselves


@dataclass(frozen=True)
class Run:
    """One command: seconds, processor seconds, most bytes of memory, and what it wrote."""

    seconds: float
    processor: float
    memory: int
    said: bytes


def main(count: int) -> int:
    """Measure, and print what was found. Returns 1 if a build fails."""
    ours = find_ours()
    articles = write_articles(count)
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        plain, shown = Path(name, "plain"), Path(name, "shown")
        ours.write(plain, articles)
        pictured = [
            replace(each, body=f"![A photo](../images/photo-{number}.jpg)\n\n{each.body}")
            for number, each in enumerate(articles)
        ]
        ours.write(shown, pictured)
        print(f"{count} photos of {SIZE[0]} × {SIZE[1]} …", flush=True)
        for number in range(count):
            data = write_photo(number)
            (shown / f"content/images/photo-{number}.jpg").write_bytes(data)
        print(f"each about {len(data) / 1e6:.1f} MB")
        print(f"one photo: {processor_time(data):.2f} s on one core")
        for folder in (plain, shown):  # the sample's own pictures, and all cards
            name = folder.name
            print(f"{name}, first build: {describe(run(folder, ours.clean))}", flush=True)
        for what, command in (("clean build", ours.clean), ("nothing changed", ours.build)):
            for folder in (plain, shown):
                run(folder, command)
                print(f"{folder.name}, {what}: {describe(run(folder, command))}", flush=True)
    return 0


def write_photo(seed: int) -> bytes:
    """Return a photo, always the same of a seed: soft colours, edges, and noise in each dot."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    scene = Image.frombytes("RGB", (40, 30), chance.randbytes(40 * 30 * 3))
    scene = scene.resize(SIZE, Image.Resampling.BICUBIC)
    for _ in range(60):
        left, top = chance.randrange(SIZE[0]), chance.randrange(SIZE[1])
        box = (left, top, left + chance.randrange(20, 600), top + chance.randrange(20, 600))
        scene.paste(tuple(chance.randbytes(3)), box)
    grain = Image.frombytes("L", SIZE, chance.randbytes(SIZE[0] * SIZE[1])).convert("RGB")
    out = BytesIO()
    Image.blend(scene, grain, NOISE).save(out, "JPEG", quality=90)
    return out.getvalue()


def processor_time(data: bytes) -> float:
    """Return the processor seconds for all forms of a photo."""
    begun = time.process_time()
    picture = look(data, ".jpg")
    for _ in make_forms(data, ".jpg", picture, form_names(picture, ".jpg")):
        pass
    return time.process_time() - begun


def run(folder: Path, command: list[str]) -> Run:
    """Run one of our commands at a terminal. Raises OSError if it fails."""
    begun, most, parts = time.perf_counter(), 0, list[bytes]()
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(folder)
        os.environ["TERM"] = "xterm"
        os.execvp(command[0], command)  # noqa: S606
    reader = threading.Thread(target=_read, args=(terminal, parts))
    reader.start()
    while not (ended := os.wait4(pid, os.WNOHANG))[0]:
        most = max(most, memory(pid))
        time.sleep(SAMPLED)
    seconds = time.perf_counter() - begun
    reader.join()
    os.close(terminal)
    _, status, used = ended
    if status:
        raise OSError(f"{' '.join(command)} failed: {b''.join(parts).decode()}")
    return Run(seconds, used.ru_utime + used.ru_stime, most, b"".join(parts))


def _read(terminal: int, parts: list[bytes]) -> None:
    """Take what is written until nobody has the terminal any more."""
    try:
        while data := os.read(terminal, 65536):
            parts.append(data)
    except OSError:
        pass


def describe(done: Run) -> str:
    """Return the figures of a run in one line."""
    bar = "a bar" if BAR in done.said else "no bar"
    return (
        f"{done.seconds:.1f} s, {done.processor:.1f} s of processors "
        f"({done.processor / done.seconds:.1f} of {os.cpu_count()} cores), "
        f"{done.memory / 2**20:.0f} MB, {bar}"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
