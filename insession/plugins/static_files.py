"""Files that are published as they are: her downloads, and the theme's fonts, scripts and icons.

Setting: THEME_FILES, files and folders in the theme; each lands in theme/ under its own name.
"""

from collections.abc import Iterator
from pathlib import Path

from pelican import signals
from pelican.generators import ArticlesGenerator

from insession.writer import Writer


def add_static_files(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand the files to the writer, and leave none for Pelican to copy by itself."""
    for static in generator.context["staticfiles"]:
        path = Path(generator.settings["PATH"], static.get_relative_source_path())
        writer.add(static.save_as, path.read_bytes)
    generator.context["staticfiles"] = []
    for path in _theme_files(generator):
        writer.add(f"theme/{path.name}", path.read_bytes)


def _theme_files(generator: ArticlesGenerator) -> Iterator[Path]:
    for name in generator.settings["THEME_FILES"]:
        path = Path(generator.settings["THEME"], name)
        yield from sorted(path.iterdir()) if path.is_dir() else [path]


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(add_static_files)
