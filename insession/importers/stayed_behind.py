"""What of a document has no place in Markdown, or is nobody's business, in sentences for her."""

from collections.abc import Iterator, Mapping

SAID = {
    "comments": "Comments in the margin stayed behind ({n}).",
    "deleted": "Words that were deleted, but still in the file, stayed behind (in {n}).",
    "inserted": "Changes that nobody accepted yet came along as if they were accepted (in {n}).",
    "hidden": "Hidden text stayed behind (in {n}).",
    "contents": "The table of contents stayed behind: long articles get one by themselves.",
    "numbers": "The numbers before headings stayed behind.",
    "underlining": "Underlining stayed behind: readers would take it for a link.",
    "highlighting": "Highlighting stayed behind.",
    "letters": "Lists by letters or Roman numerals are numbered 1, 2, 3 now.",
}


def what_stayed(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield a sentence for each kind that was counted; one that isn't known is its own sentence."""
    for key, count in counts.items():
        if count:
            places = str(count) if key == "comments" else f"{count} place{'s' if count > 1 else ''}"
            yield SAID.get(key, key).replace("{n}", places)
