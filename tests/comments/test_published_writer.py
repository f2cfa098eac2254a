"""approved.json holds what published pages show, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path

from insession.comments import commands, store
from insession.comments.config import Config
from tests.comments.running import HERE, SECRET, Running, until, write_site

ARTICLES = ("silence", "closed", "off", "draft", "gone")


def insert(running: Running) -> None:
    """Let comments on articles of each kind be published, as an import does."""
    connection = store.connect(running.database)
    for thread in ARTICLES:
        store.insert(connection, thread, "Ada", f"About {thread}.", status="published")
    connection.close()


def served(running: Running) -> set[str]:
    """Return the articles of which comments are served."""
    return set(running.get("/comments/approved.json").json["threads"])


def change_site(running: Running, **comments: str) -> None:
    """Publish the site anew: with these articles, which take or show comments so."""
    path = running.site / ".insession" / "threads.json"
    about = json.loads(path.read_text("utf-8"))
    about["threads"] = {
        id_: {"title": id_, "url": f"/{id_}/", "comments": how} for id_, how in comments.items()
    }
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(about))
    fresh.replace(path)


def test_only_what_published_pages_show_is_served(start: Callable[..., Running]) -> None:
    running = start()
    insert(running)
    running.stop()
    running.start()
    assert served(running) == {"silence", "closed"}
    assert served(running) == set(
        json.loads((running.data / "approved.json").read_text())["threads"]
    )


def test_it_follows_the_site_that_is_shown(start: Callable[..., Running]) -> None:
    running = start()
    insert(running)
    change_site(running, silence="off", draft="open", closed="closed")
    until(lambda: served(running) == {"closed", "draft"}, 60)
    change_site(running, silence="open")
    until(lambda: served(running) == {"silence"}, 60)


def test_while_the_site_is_missing_for_a_moment_nothing_is_added_or_taken_down(
    tmp_path: Path,
) -> None:
    config = Config(HERE, SECRET, HERE, frozenset({HERE}), tmp_path / "data", write_site(tmp_path))
    config.folder.mkdir()
    connection = store.connect(config.database)
    first, second, third = (
        store.insert(connection, thread, "", f"About {thread}.")
        for thread in ("silence", "closed", "gone")
    )
    connection.close()
    commands.publish(config, f"{first},{second}")
    config.site.rename(tmp_path / "aside")
    commands.publish(config, str(third))
    shown = json.loads(config.approved.read_text("utf-8"))["threads"]
    assert set(shown) == {"silence", "closed"}
    commands.delete(config, str(first))
    assert set(json.loads(config.approved.read_text("utf-8"))["threads"]) == {"closed"}


def test_where_no_site_is_nothing_is_shown(tmp_path: Path) -> None:
    config = Config(HERE, SECRET, HERE, frozenset({HERE}), tmp_path / "data", tmp_path / "none")
    config.folder.mkdir()
    connection = store.connect(config.database)
    number = store.insert(connection, "silence", "", "About silence.")
    connection.close()
    commands.publish(config, str(number))
    assert json.loads(config.approved.read_text("utf-8"))["threads"] == {}
