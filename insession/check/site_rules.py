"""The rules for what only the whole blog shows: asked each time, of a few facts of each page."""

from collections.abc import Callable, Iterator

from insession.check.remark import Remark
from insession.check.rules import pictures, summaries
from insession.check.text.page import CheckedSite

SITE_RULES: tuple[Callable[[CheckedSite], Iterator[Remark]], ...] = (
    summaries.twins,
    pictures.heavy_pictures,
    pictures.orphaned_pictures,
)
