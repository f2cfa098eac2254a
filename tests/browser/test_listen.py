"""“Listen”: an article is read aloud by the device's own voices, and by no others."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PROBES
from tests.browser.kinds import field
from tests.browser.server import served
from tests.support import article, build_blog

NEAR = {"name": "Near", "lang": "en_GB", "localService": True}
SAME = {"name": "Same", "lang": "en-US", "localService": True}
OTHER = {"name": "Other", "lang": "de-DE", "localService": True, "default": True}
FAR = {"name": "Far", "lang": "en-US", "localService": False, "default": True}
# A device that speaks: a headless browser has no voice. `finish` says that a sentence was said, and
# so does `cancel`, as in Safari.
DEVICE = """(() => {
  globalThis.heard = [];
  globalThis.voices = VOICES;
  let current = null;
  globalThis.finish = (count = 1) => {
    for (; count; count -= 1) {
      const said = current;
      current = null;
      said?.onend?.();
    }
  };
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const speechSynthesis = {
    getVoices: () => voices,
    speak(utterance) {
      current = utterance;
      if (utterance.text) heard.push([utterance.voice.name, utterance.lang, utterance.text]);
    },
    cancel: () => finish(),
    get silent() { return !current; },
  };
  Object.defineProperty(globalThis, "speechSynthesis", { value: speechSynthesis });
})()"""
BODY = """First one. And *a second*, with 2.5
lines? “A third!”[^n]

```
code();
```

- A list, <span lang="de">Angst</span>
    - and below it

![A chair.](../images/chair.png "A caption.")

<p lang="de">Ein Absatz.</p>

<p lang="fr">Une phrase.</p>

[^n]: A note.
"""
READ = [
    "A title",
    "It speaks of loss.",
    "If you need someone now: 988 Suicide & Crisis Lifeline: call 988, text 988, chat online.",
    "In immediate danger: call 911.",
    *("First one.", "And a second, with 2.5 lines?", "“A third!”"),
    *("A list, Angst", "and below it", "Ein Absatz."),
]
MARKED = "[...CSS.highlights.get('spoken') ?? []].map(String)"
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A blog with articles of which one was read by its author."""
    files = {
        "articles/a.md": article("A title", "content_note: It speaks of loss.", BODY),
        "articles/b.md": article("B", "audio: downloads/b.mp3"),
        "articles/c.md": article("C", "lang: de", "Ein Satz."),
        "images/chair.png": field(),
        "downloads/b.mp3": b"",
    }
    built = build_blog(tmp_path_factory.mktemp("listen"), files)
    with served(built.folder) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, root: str) -> Iterator[Opened]:
    """An article in a context of its own, on a device with these voices."""
    contexts = []

    def open_page(path: str, *voices: dict[str, object], **options: object) -> Page:
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(90_000)
        contexts[-1].add_init_script(path=PROBES)
        contexts[-1].add_init_script(DEVICE.replace("VOICES", json.dumps(voices)))
        page = contexts[-1].new_page()
        page.goto(f"{root}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def listen(page: Page) -> None:
    """Press the button, and wait until the first sentence is being said."""
    page.get_by_role("button", name="Listen").press("Enter")
    page.evaluate("probes.until(() => heard.length)")


def test_title_note_and_text_are_read_sentence_by_sentence(opened: Opened) -> None:
    page = opened("a/", FAR, OTHER, NEAR, SAME)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    listen(page)
    page.evaluate("finish(99)")
    heard = page.evaluate("heard")
    assert [" ".join(text.split()) for _, _, text in heard] == READ
    assert {tuple(voice) for *voice, _ in heard[:-1]} == {("Same", "en-US")}
    assert heard[-1][:2] == ["Other", "de-DE"]
    assert [url.split("/")[-1].split(".")[0] for url in asked] == ["listen"]
    expect(page.get_by_role("button", name="Listen")).to_be_visible()
    assert page.evaluate(MARKED) == []


def test_it_pauses_goes_on_and_stops(opened: Opened) -> None:
    page = opened("a/", NEAR)
    listen(page)
    page.evaluate("finish(4)")
    assert page.evaluate(MARKED) == ["First one."]
    page.get_by_role("button", name="Pause").press("Enter")
    assert page.evaluate("speechSynthesis.silent")
    assert page.evaluate(MARKED) == ["First one."], "the place is kept"
    page.get_by_role("button", name="Go on").press("Enter")
    assert [text for *_, text in page.evaluate("heard")][-2:] == ["First one."] * 2
    page.get_by_role("button", name="Stop").press("Enter")
    assert page.evaluate("speechSynthesis.silent")
    assert page.evaluate(MARKED) == []
    expect(page.get_by_role("button", name="Listen")).to_be_focused()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    page.keyboard.press("Enter")
    assert page.evaluate("heard.at(-1)")[2] == "A title", "it begins anew"
    page.keyboard.press("Escape")
    assert page.evaluate("speechSynthesis.silent")
    page.get_by_role("button", name="Listen").click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("speechSynthesis.silent")


def test_a_marked_sentence_ends_with_its_last_sign(opened: Opened) -> None:
    page = opened("a/", NEAR)
    listen(page)
    marks = []
    for _ in READ[:-1]:
        marks += [" ".join(text.split()) for text in page.evaluate(MARKED)]
        page.evaluate("finish()")
    assert marks == READ[:-1]


@pytest.mark.parametrize("voices", [[], [FAR], [OTHER]], ids=["none", "remote", "another language"])
def test_there_is_no_button_where_no_own_voice_speaks_the_language(
    opened: Opened, voices: list[dict[str, object]]
) -> None:
    page = opened("a/", *voices)
    expect(page.locator("[data-copy]")).to_have_count(1)
    assert page.locator(".byline button").count() == 0


def test_a_voice_that_comes_late_brings_the_button_and_moves_nothing(opened: Opened) -> None:
    page = opened("a/", viewport={"width": 360, "height": 800})
    before = page.locator(".prose").bounding_box()
    page.evaluate("voice => { voices.push(voice); speechSynthesis.onvoiceschanged(); }", NEAR)
    expect(page.get_by_role("button", name="Listen")).to_be_visible()
    page.evaluate("speechSynthesis.onvoiceschanged()")
    assert page.locator(".byline button").count() == 1
    assert page.locator(".prose").bounding_box() == before
    button = page.locator(".byline button").bounding_box()
    assert button["height"] >= 40
    cover = page.locator(".cover").bounding_box()
    assert button["y"] + button["height"] <= cover["y"]
    page.emulate_media(media="print")
    expect(page.locator(".byline button")).to_be_hidden()


def test_an_article_in_another_language_has_a_voice_of_that(opened: Opened) -> None:
    assert opened("c/", NEAR).locator(".byline button").count() == 0
    page = opened("c/", NEAR, OTHER)
    listen(page)
    page.evaluate("finish(99)")
    assert page.evaluate("heard") == [["Other", "de-DE", "C"], ["Other", "de-DE", "Ein Satz."]]


def test_where_the_author_reads_no_device_does_and_without_a_script_none(opened: Opened) -> None:
    assert opened("b/", NEAR).locator(".byline button").count() == 0
    assert opened("a/", NEAR, java_script_enabled=False).locator(".byline button").count() == 0


def test_what_cant_be_fetched_is_said(opened: Opened) -> None:
    page = opened("a/", NEAR)
    page.route("**/listen.*", lambda route: route.abort())
    page.get_by_role("button", name="Listen").click()
    expect(page.locator(".byline")).to_contain_text("isn’t possible just now")
