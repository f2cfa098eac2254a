"""Pictures in a browser: which form is fetched, when, and what stands there meanwhile."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.server import served
from tests.content.test_picture_forms import noise
from tests.site.test_pictures import WITH_PORTRAIT, moving
from tests.support import article, build_blog

FAR = "\n\n".join(["Some words of a long text, so that what follows is far below."] * 300)
LOADED = "image => image.decode().then(() => image.currentSrc)"
Show = Callable[..., tuple[Page, list[str]]]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    body = f"![One](../images/one.jpg)\n\n![Moves](../images/moves.gif)\n\n{FAR}\n\n"
    files = {
        "articles/a.md": article(more="cover: none", body=body + "![Two](../images/two.jpg)"),
        "practice.toml": WITH_PORTRAIT,
        "images/her.jpg": noise((200, 240)),
        "images/one.jpg": noise((700, 260)),
        "images/two.jpg": noise((480, 200)),
        "images/moves.gif": moving("GIF"),
    }
    with served(build_blog(tmp_path_factory.mktemp("pictures"), files).folder) as root:
        yield f"{root}a/"


@pytest.fixture
def show(browser: Browser, address: str) -> Iterator[Show]:
    """Open the article; return the page and the pictures that are asked for, as they are."""
    contexts = []

    def open_page(
        prepare: Callable[[Page], object] = lambda page: None, **options: object
    ) -> tuple[Page, list[str]]:
        contexts.append(browser.new_context(**options))
        page, asked = contexts[-1].new_page(), list[str]()
        page.set_default_timeout(90_000)
        page.on("request", lambda request: asked.append(Path(request.url).name))
        prepare(page)
        page.goto(address, wait_until="domcontentloaded")
        return page, asked

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("width", "density", "form"),
    [(360, 1, "one.jpg.480.avif"), (360, 2, "one.jpg.700.avif"), (1280, 1, "one.jpg.700.avif")],
)
def test_a_window_fetches_the_form_that_suits_it(
    show: Show, width: int, density: int, form: str
) -> None:
    options = {"viewport": {"width": width, "height": 700}, "device_scale_factor": density}
    page, asked = show(**options)
    image = page.get_by_alt_text("One")
    assert image.evaluate(LOADED).endswith(form)
    assert [name for name in asked if name.startswith("one.")] == [form]
    shown, column = image.bounding_box(), page.locator(".prose").bounding_box()
    assert shown["width"] == pytest.approx(column["width"], abs=1)
    assert shown["height"] == pytest.approx(shown["width"] * 260 / 700, abs=1)


def test_a_picture_far_below_is_fetched_when_a_reader_comes_near(show: Show) -> None:
    page, asked = show(viewport={"width": 360, "height": 700})
    page.get_by_alt_text("One").evaluate(LOADED)
    assert not [name for name in asked if name.startswith("two.")]
    page.get_by_alt_text("Two").scroll_into_view_if_needed()
    page.get_by_alt_text("Two").evaluate(LOADED)
    assert "two.jpg.480.avif" in asked


def test_the_portrait_stands_beside_the_name(show: Show) -> None:
    page, _ = show(viewport={"width": 360, "height": 700})
    portrait = page.locator("img.portrait").bounding_box()
    name = page.locator("#author-title").bounding_box()
    assert portrait["width"] == portrait["height"] == pytest.approx(63, abs=1)
    assert name["x"] > portrait["x"] + portrait["width"]
    assert name["y"] == pytest.approx(portrait["y"], abs=4)


@pytest.mark.parametrize(
    ("motion", "name"), [("reduce", "moves.gif.still.gif"), ("no-preference", "moves.gif")]
)
def test_nothing_moves_for_who_asked_for_that(show: Show, motion: str, name: str) -> None:
    page, _ = show(reduced_motion=motion)
    image = page.get_by_alt_text("Moves")
    image.scroll_into_view_if_needed()
    assert image.evaluate(LOADED).endswith(f"/{name}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_place_of_a_picture_has_its_size_and_a_calm_colour(show: Show, scheme: str) -> None:
    waiting: list[Route] = []
    is_open = False

    def hold(route: Route) -> None:
        if is_open:
            route.continue_()
        else:
            waiting.append(route)

    page, _ = show(
        lambda page: page.route("**/images/*", hold),
        viewport={"width": 360, "height": 700},
        color_scheme=scheme,
    )

    image = page.get_by_alt_text("One")
    before = image.bounding_box()
    assert image.evaluate("image => image.naturalWidth") == 0
    assert image.evaluate("image => getComputedStyle(image).backgroundColor") != "rgba(0, 0, 0, 0)"
    is_open = True
    for route in waiting:
        route.continue_()
    image.evaluate(LOADED)
    assert image.bounding_box() == pytest.approx(before, abs=1)  # its form has whole pixels
    expect(image).to_be_visible()
