"""addresses.js: every address with its title, for the page that is shown where nothing stands.

That page asks for it when it is shown, and only then: theme/static/js/missing.js.
"""

import json
from functools import partial

from pelican import signals
from pelican.generators import PagesGenerator

from insession.output.writer import Writer

PATH = "addresses.js"


def add_addresses(generator: PagesGenerator, writer: Writer) -> None:
    """Hand it to the writer."""
    listed = partial(_listed, generator)  # later: a title may be changed alone
    writer.add(PATH, lambda: _module(listed()), listed)


def _listed(generator: PagesGenerator) -> list[tuple[str, str]]:
    """Return address and title of what is in lists, and of the lists themselves."""
    context = generator.context
    words = [*(topic for topic, _ in context["categories"]), *(tag for tag, _ in context["tags"])]
    texts = [(text.url, text.title) for text in [*context["articles"], *generator.pages]]
    return texts + sorted((word.url, word.name) for word in words)


def _module(listed: list[tuple[str, str]]) -> bytes:
    return f"export default {json.dumps(listed, ensure_ascii=False, indent=0)};\n".encode()


def register() -> None:
    """Connect to Pelican."""
    signals.page_writer_finalized.connect(add_addresses)
