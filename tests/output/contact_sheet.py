"""Forty pictures of the cover art side by side, to look at: `python -m tests.output.contact_sheet`.

Made anew at each start in .cache/contact-sheet; names of places behind it show these alone.
"""

import shutil
import sys
from itertools import count
from pathlib import Path

from insession.output.art import TIMES, choose, compose, read_parts
from tests.support import ROOT

FOLDER = ROOT / ".cache/contact-sheet"
PAGE = """<!doctype html><meta charset="utf-8"><title>Cover art</title>
<style>body{{display:grid;grid-template-columns:repeat(4,1fr);gap:8px;margin:8px;background:#777}}
img{{display:block;width:100%;aspect-ratio:2/1;object-fit:cover;object-position:50% 65%}}</style>
{pictures}
"""
PICTURE = '<img src="{name}-day.svg" alt="{alt}"><img src="{name}-evening.svg" alt="">'


def make_sheet(folder: Path, places: list[str], number: int = 40) -> Path:
    """Write so many pictures, each by day and in the evening, and a page that shows them."""
    parts, pictures = read_parts(ROOT / "theme/art"), list[str]()
    wanted = {*places} & {*parts.names("places")} or {*parts.names("places")}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for seed in count():
        choice = choose(parts, f"Topic {seed}", f"article-{seed}")
        if choice.place in wanted:
            name = f"{len(pictures):02}"
            for time in TIMES:
                (folder / f"{name}-{time}.svg").write_bytes(compose(parts, choice, time))
            pictures.append(PICTURE.format(name=name, alt=", ".join(choice)))
        if len(pictures) == number:
            break
    page = folder / "index.html"
    page.write_text(PAGE.format(pictures="\n".join(pictures)), encoding="utf-8")
    return page


if __name__ == "__main__":
    print(make_sheet(FOLDER, sys.argv[1:]))
