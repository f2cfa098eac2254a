"""She may write all day: what was read before is forgotten."""

from statistics import median

from tests.preview.conftest import Start
from tests.preview.running import Preview, eventually
from tests.support import article

SAVES, MEASURED, SEEN_EVERY = 1000, 300, 10
TEXTS = 6
BOUND = 4 * 1024 * 1024  # bytes; each article that stayed would hold more than 20 kB of text
LONG = "\n\n".join(f"Paragraph {n} of a long text that takes up room. " * 6 for n in range(20))


def save(preview: Preview, number: int) -> None:
    """Save one of the articles with another title and text."""
    text = article(f"Saved {number} times", body=f"This is number {number}.\n\n{LONG}")
    preview.save(f"articles/text-{number % TEXTS}.md", text)


def test_memory_is_steady_over_a_thousand_saves(open_preview: Start) -> None:
    preview = open_preview(files={f"articles/text-{n}.md": article() for n in range(TEXTS)})
    memory: list[int] = []
    for number in range(1, SAVES + 1):
        save(preview, number)
        if number % SEEN_EVERY == 0:
            address = f"/text-{number % TEXTS}/"
            seen = preview.shows(address, f"This is number {number}.")
            eventually(seen, f"save {number} is served", pause=0.005)
            preview.get("/")
            memory.append(preview.memory())
    assert preview.process.poll() is None
    window = MEASURED // SEEN_EVERY // 3
    before = median(memory[-3 * window : -2 * window])
    after = median(memory[-window:])
    grown = f"from {before / 2**20:.1f} to {after / 2**20:.1f} MB"
    assert after - before < BOUND, f"in the last {MEASURED} saves its memory grew {grown}"
