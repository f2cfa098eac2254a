"""Pictures in the preview: made when they are asked for, while no page waits for them."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import Client

from insession.content import picture_forms, picture_store
from insession.preview.live_reload import LiveVersion
from insession.preview.server import make_application
from insession.site.site import WITH_DRAFTS, Site
from tests.content.test_picture_forms import noise
from tests.support import ROOT, article, build_content, write_content

LIMIT = 120  # seconds, for the slowest machine


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    files = {"articles/a.md": article(body="![A hill](../images/a.jpg)")}
    content = write_content(tmp_path, files | {"images/a.jpg": noise((490, 200))})
    changed = {"PATH": str(content), "COMMENTS_URL": "", "DRAWS_ON_REQUEST": True}
    site = Site(tmp_path, str(ROOT / "pelicanconf.py"), WITH_DRAFTS | changed)
    yield site
    site.close()


def client_of(site: Site) -> Client:
    return Client(make_application(site, LiveVersion(), lambda: None, lambda: None))


def get(client: Client, path: str) -> tuple[int, bytes]:
    answer = client.get(path, headers={"Host": "localhost:8123"})
    return answer.status_code, answer.data


def test_a_page_is_shown_at_once_while_its_picture_is_made(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, may_go_on = threading.Event(), threading.Event()

    def make_forms(*arguments: object) -> object:
        asked.set()
        assert may_go_on.wait(LIMIT)
        return picture_forms.make_forms(*arguments)

    monkeypatch.setattr(picture_store, "make_forms", make_forms)
    site.refresh()
    assert not asked.is_set(), "nobody has asked for it"
    client, answers = client_of(site), []
    address = "/images/a.jpg.480.avif"
    browser = threading.Thread(target=lambda: answers.append(get(client_of(site), address)))
    browser.start()
    assert asked.wait(LIMIT)
    status, page = get(client, "/a/")
    path = site.folder / "content/articles/a.md"
    path.write_text(article("Another title", body="![A hill](../images/a.jpg)"), "utf-8")
    site.refresh([path])
    assert "Another title" in get(client, "/a/")[1].decode()
    assert answers == [], "the picture isn't made yet"
    may_go_on.set()
    browser.join(LIMIT)
    assert (status, address.encode() in page) == (200, True)
    assert answers[0][0] == 200 and answers[0][1][4:12] == b"ftypavif"


def test_the_preview_shows_the_bytes_that_are_published(site: Site) -> None:
    site.refresh()
    built = build_content(site.folder / "content", site.folder / "output")
    client = client_of(site)
    for path in sorted((built.folder / "images").iterdir()):
        assert get(client, f"/images/{path.name}") == (200, path.read_bytes())


def test_a_picture_that_has_just_gone_is_not_found(site: Site) -> None:
    site.refresh()
    (site.folder / "content/images/a.jpg").unlink()
    assert get(client_of(site), "/images/a.jpg")[0] == 404
