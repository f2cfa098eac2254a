"""What the preview shows is of one state: whatever is being saved, and whatever goes wrong."""

import gc
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pelican import signals
from pelican.generators import Generator

from insession.output.contents import Article
from insession.preview.worker import open_site
from insession.site import site as engine
from insession.site import state
from insession.site.site import Site
from tests.site.test_engine import blog, change
from tests.support import ROOT, article

ROOT_LINKS = ("[Home](/), [all](/archive/).", '<a href="/">Home</a>', "[Next](text-4.md) *and*.")
# A file of the blog, what stands there, and what else that is only shown.
SHOWN = {
    "an article's title": ("articles/text-3.md", "title: Text 3", "title: Another"),
    "a title in the menu": ("pages/contact.md", "title: ", "title: Another "),
    "the title of a draft": ("articles/draft.md", "title: Unripe", "title: Another"),
    "a summary": ("articles/text-3.md", "summary: ", "summary: Another. "),
    "a day of change": ("articles/text-4.md", "\nsummary:", "\nmodified: 2026-05-01\nsummary:"),
    "none any more": ("articles/text-3.md", "modified: 2026-04-04\n", ""),
    "a note": ("articles/text-3.md", "\nsummary:", "\ncontent_note: Of death.\nsummary:"),
    "a word that is explained": ("articles/text-4.md", "Number 4", "A letter"),
    "words that others have": ("articles/text-13.md", "Number 13", "Silence, window, breath"),
    "words": ("articles/text-14.md", "Number 14", "Number fourteen"),
}
# What texts are arranged by.
ARRANGES = {
    "a tag": ("tags: [", "tags: [another, "),
    "a topic": ("Starting therapy", "Endings"),
    "a day": ("date: 2026-03", "date: 2026-02"),
    "a series": ("\nsummary:", "\nseries: One\nsummary:"),
    "a place to start": ("\nsummary:", "\nstart: 1\nsummary:"),
    "a slug": ("\nsummary:", "\nslug: elsewhere\nsummary:"),
    "a status": ("\nsummary:", "\nstatus: hidden\nsummary:"),
}


def start(folder: Path) -> Site:
    """The blog as a preview has it that has started."""
    site = open_site(folder)
    site.refresh()
    site.refresh()  # what was new a moment ago is looked at once more
    return site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A blog with a draft, as a preview has it."""
    content = blog(tmp_path)
    (content / "articles/draft.md").write_text(article("Unripe", "status: draft"), "utf-8")
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    site = start(tmp_path)
    yield site
    site.close()


def served(site: Site) -> dict[str, bytes | None]:
    """What stands at each path of the site."""
    assert site.state.writer
    made = {path: site.answer(path) for path in site.state.writer.paths()}
    return {path: each and each[0] for path, each in made.items()}


def as_fresh(site: Site) -> bool:
    """Whether it serves what one would that knows nothing of what was before."""
    other = start(site.folder)
    other.close()
    return site.problems == other.problems == [] and served(site) == served(other)


def test_what_is_only_shown_arranges_nothing_and_is_shown_everywhere(site: Site) -> None:
    before, arranged = served(site), site.state.writer
    for what, (name, old, new) in SHOWN.items():
        path = site.folder / "content" / name
        change(path, old, new)
        assert site.refresh_shown({path}), what
        assert not site.refresh(), "there is nothing else"
        after = served(site)
        assert after != before, what
        before = after
    assert site.state.writer is arranged
    assert as_fresh(site)


@pytest.fixture
def unsearched(site: Site) -> Iterator[Site]:
    """The blog that has started, in which Python doesn't look for garbage."""
    gc.collect()
    gc.disable()
    yield site
    gc.enable()


def test_a_text_that_is_replaced_is_let_go_without_a_search_for_garbage(unsearched: Site) -> None:
    site, before = unsearched, articles_held()
    path = site.folder / "content/articles/text-3.md"
    for number in range(3):
        path.write_text(f"{path.read_text('utf-8')}\nMore: {number}.\n", "utf-8")
        assert site.refresh_shown({path})
    assert articles_held() == before


def articles_held() -> int:
    """How many articles there are in memory, needed or not."""
    return sum(isinstance(each, Article) for each in gc.get_objects())


def test_a_save_does_not_put_off_the_search_for_garbage(unsearched: Site) -> None:
    site = unsearched
    path = site.folder / "content/articles/text-3.md"
    path.write_text(f"{path.read_text('utf-8')}\nMore.\n", "utf-8")
    fresh: list[list[int]] = [[] for _ in range(1000)]
    assert site.refresh_shown({path})
    assert gc.get_count()[0] > len(fresh)


def test_what_texts_are_arranged_by_is_not_taken_the_short_way(site: Site) -> None:
    path = site.folder / "content/articles/text-3.md"
    for what, (old, new) in ARRANGES.items():
        before, arranged = served(site), site.state.writer
        change(path, old, new)
        assert not site.refresh_shown({path}), what
        assert served(site) == before
        assert site.refresh({path})
        assert site.state.writer is not arranged
    assert as_fresh(site)


def test_words_with_links_to_the_sites_root_are_taken_the_short_way(site: Site) -> None:
    path, arranged = site.folder / "content/articles/text-3.md", site.state
    for words in ROOT_LINKS:
        path.write_text(f"{path.read_text('utf-8')}\n{words}\n", "utf-8")
        assert site.refresh_shown({path})
        assert site.problems == []
    assert site.state is arranged
    page = site.answer("text-3/index.html")
    assert page and b'<a href="/text-4/">Next</a> <em>and</em>' in page[0]


def test_a_link_that_leads_nowhere_is_not_taken_the_short_way(site: Site) -> None:
    path, before = site.folder / "content/articles/text-3.md", served(site)
    path.write_text(f"{path.read_text('utf-8')}\n[Nowhere](nowhere.md)\n", "utf-8")
    assert not site.refresh_shown({path})
    site.refresh({path})
    assert [problem.file for problem in site.problems] == ["content/articles/text-3.md"]
    assert served(site) == before


@pytest.mark.parametrize("how", ["a link", "gone", "new", "elsewhere"])
def test_only_a_file_that_is_known_is_taken_the_short_way(how: str, site: Site) -> None:
    path = site.folder / "content/articles/text-3.md"
    if how == "a link":
        text = path.read_text("utf-8")
        (site.folder / "outside.md").write_text(text.replace("Number 3", "Secret"), "utf-8")
        path.unlink()
        path.symlink_to(site.folder / "outside.md")
    elif how == "gone":
        path.unlink()
    elif how == "new":
        path = path.with_name("new.md")
        path.write_text(article("New"), "utf-8")
    else:
        path = site.folder / "theme/templates/article.html"
    assert not site.refresh_shown({path})
    site.refresh({path})
    assert b"Secret" not in b"".join(filter(None, served(site).values()))


def test_what_is_left_of_the_sample_is_looked_for_once_in_each_text(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "AT_ONCE", 5)
    assert [site.state.look_for_leftovers() for _ in range(4)] == [True, True, True, False]
    path, asked, known = site.folder / "content/articles/text-3.md", [], len(site.state.leftovers())
    real, before = state.leftovers_of, "Number 3"
    monkeypatch.setattr(state, "leftovers_of", lambda *text: (asked.append(text), real(*text))[1])
    for words, more in (("Write to info@example.com", 1), ("Write to us", 0)):
        change(path, before, words)
        before = words
        assert site.refresh_shown({path})
        assert not site.state.look_for_leftovers()
        assert len(site.state.leftovers()) == known + more
    assert [text.shown for text, _ in asked] == ["content/articles/text-3.md"] * 2


def test_in_the_midst_of_an_arrangement_all_is_as_before(site: Site) -> None:
    before, shown = served(site), site.state
    found: list[dict[str, bytes | None]] = []

    def look(_: list[Generator]) -> None:
        assert site.state is shown
        found.append(served(site))

    files = [site.folder / "content/articles" / f"text-{n}.md" for n in (3, 4)]
    change(files[0], "title: Text 3", "title: Another")
    change(files[0], "date: 2026-03-04", "date: 2026-01-04")  # so it has other neighbours
    change(files[1], "tags: [", "tags: [another, ")
    with signals.all_generators_finalized.connected_to(look):
        site.refresh(files)
    assert found == [before]
    assert served(site) != before
    assert as_fresh(site)


def test_a_page_asked_for_while_a_save_is_taken_in_is_the_new_one(site: Site) -> None:
    path, pages = site.folder / "content/articles/text-3.md", []
    asking = threading.Thread(target=lambda: pages.append(site.answer("text-3/index.html")))

    def ask(_: list[Generator]) -> None:
        asking.start()

    change(path, "title: Text 3", "title: The new one")
    change(path, "tags: [", "tags: [another, ")
    with signals.all_generators_finalized.connected_to(ask):
        site.refresh({path})
    asking.join(60)
    assert pages and pages[0] and b"The new one" in pages[0][0]


def test_pages_stay_as_they_were_while_nothing_can_be_drawn(site: Site) -> None:
    """Also the neighbours of what was saved together with a mistake."""
    before, path = served(site), site.folder / "content/articles/text-3.md"
    template = site.folder / "theme/templates/article.html"
    change(template, "{% block title %}", "{% block %}")
    change(path, "title: Text 3", "title: Another")
    change(path, "date: 2026-03-04", "date: 2026-01-04")
    site.refresh([template, path])
    assert [Path(problem.file).name for problem in site.problems] == ["article.html"]
    assert served(site) == before
    change(template, "{% block %}", "{% block title %}")
    site.refresh([template])
    assert served(site) != before
    assert as_fresh(site)


def test_an_error_in_the_midst_of_an_arrangement_loses_no_save(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, path = served(site), site.folder / "content/articles/text-3.md"
    change(path, "tags: [", "tags: [another, ")
    with monkeypatch.context() as patched:
        patched.setattr(engine, "arrange", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            site.refresh({path})
    assert served(site) == before
    site.refresh()
    assert served(site) != before
    assert as_fresh(site)
