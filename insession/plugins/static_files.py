"""Files that are published as they are: her downloads, and the theme's fonts, scripts and icons.

The theme's lie in theme/ (insession/output/theme_files.py). Gives the templates `FILES`: under
which path each of those is published, `FILES["buttons.js"]`.
"""

from pathlib import Path

from pelican import signals
from pelican.generators import ArticlesGenerator

from insession.output.theme_files import published_as, theme_files
from insession.output.writer import Writer


def name_theme_files(generator: ArticlesGenerator) -> None:
    """Tell the templates where the theme's files will be."""
    files = theme_files(generator.settings)
    generator.context["FILES"] = {name: published_as(path) for name, path in files.items()}


def add_static_files(generator: ArticlesGenerator, writer: Writer) -> None:
    """Hand the files to the writer, and leave none for Pelican to copy by itself."""
    for static in generator.context["staticfiles"]:
        path = Path(generator.settings["PATH"], static.get_relative_source_path())
        writer.add(static.save_as, path.read_bytes)
    generator.context["staticfiles"] = []
    for name, path in theme_files(generator.settings).items():
        writer.add(generator.context["FILES"][name], path.read_bytes)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_init.connect(name_theme_files)
    signals.article_writer_finalized.connect(add_static_files)
