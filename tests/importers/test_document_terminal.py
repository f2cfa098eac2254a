"""`new --from` at a terminal: what is asked, what is proposed, and that stopping leaves nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from insession.content.front_matter import read_file
from tests.content.test_new_terminal import CTRL_D, Window
from tests.importers.documents import paragraph, picture, relation, run, word_file
from tests.importers.test_documents import photo
from tests.support import article, write_content

START = """
import sys
from insession.importers.document_command import new_from
sys.exit(new_from("text.docx"))
"""


@pytest.fixture
def window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    write_content(tmp_path, {"articles/a.md": article()})
    body = (
        paragraph("From the document", "Title")
        + paragraph("Silence can help.")
        + paragraph(run("A bold line", "<w:b/>"))
        + paragraph("What it says.")
        + paragraph(run("Only bold", "<w:b/>"))
        + paragraph(picture("p"))
        + paragraph("The end.")
    )
    links, files = relation("p", "image", "media/a.jpg"), {"word/media/a.jpg": photo()}
    (tmp_path / "text.docx").write_bytes(word_file(body, links, files))
    monkeypatch.setattr("tests.content.test_new_terminal.START", START)
    opened = Window(tmp_path)
    yield opened
    opened.close()


def test_headings_descriptions_topic_and_summary_are_asked_for(
    tmp_path: Path, window: Window
) -> None:
    window.answer("title: From the document\nYour title (Enter: that one): ", "\n")
    window.answer("may be a heading: A bold line\nIs it one? (y/n) ", "perhaps\n")
    window.answer("Type y for yes, or n for no.\nIs it one? (y/n) ", "y\n")
    window.answer("may be a heading: Only bold\nIs it one? (y/n) ", "n\n")
    window.answer("Picture 1 of 1, after “…Only bold”\nWhat does one see on it? ", "Red\n")
    window.answer("Its number, or a new topic (Enter: ", "Silence\n")
    window.answer("What it says. The end.\nYour summary ", "\n")
    code, said = window.ends()
    assert code == 0
    assert "content/articles/from-the-document.md is ready" in said
    header, body = read_file(tmp_path / "content/articles/from-the-document.md", "", False)
    assert getattr(header, "topic", "") == "Silence"
    assert body.strip() == (
        "Silence can help.\n\n## A bold line\n\nWhat it says.\n\n**Only bold**\n\n"
        "![Red](../images/from-the-document-1.jpg)\n\nThe end."
    )


def test_stopping_leaves_nothing(tmp_path: Path, window: Window) -> None:
    window.answer("Your title (Enter: that one): ", "\n")
    window.answer("Is it one? (y/n) ", CTRL_D)
    code, said = window.ends()
    assert (code, "Nothing was written" in said) == (130, True)
    assert [path.name for path in (tmp_path / "content/articles").iterdir()] == ["a.md"]
    assert not [*(tmp_path / "content/images").iterdir()]
