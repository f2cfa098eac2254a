"""What the report says: whole addresses, what was really there, and where each thing went."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.conftest import Imported, picture, put_media
from tests.importers.exports import HOME, Entry, attachment

Bring = Callable[..., Imported]
LONG = "https://x.example/a-rather-long-address/of-a-page/on-which-one-can-book/an-hour"


def test_a_shortcode_is_quoted_as_it_was_with_whole_addresses(bring: Bring) -> None:
    body = (
        '[et_pb_section a="1"][et_pb_row][et_pb_text b="2"]Words.[/et_pb_text]'
        f'[et_pb_button button_text="Book now" button_url="{LONG}"][/et_pb_button]'
        "[/et_pb_row][/et_pb_section]"
    )
    said = bring(Entry(1, body=body)).said
    assert '“[et_pb_text b="2"]Words.[/et_pb_text]”' in said
    assert '“[et_pb_section a="1"]”' in said
    assert "“[et_pb_row]”" in said
    assert f"{LONG} …]” means something to WordPress alone. It is left out." in said
    assert not any("\ue000" <= sign <= "\uf8ff" for sign in said)


def test_an_address_that_leads_nowhere_is_told_whole(bring: Bring) -> None:
    address = "javascript:" + "x" * 200
    assert f"“{address}”" in bring(Entry(1, body=f'<a href="{address}">one</a>')).said


@pytest.mark.parametrize(
    "body",
    [
        "https://www.youtube.com/watch?v=abcdef\n\nIn this film.",
        "https://www.youtube.com/watch?v=abcdef\nIn this film.",
        "[embed]https://vimeo.com/1[/embed]\n\nIn this film.",
        "<p>https://vimeo.com/1 https://vimeo.com/2 In this film.</p>",
        '<iframe src="https://www.youtube.com/embed/abcdef"></iframe><p>In this film.</p>',
        "<figure><div>\nhttps://vimeo.com/1\n</div></figure><p>In this film.</p>",
    ],
)
def test_a_summary_never_starts_with_the_address_of_a_film(bring: Bring, body: str) -> None:
    assert "summary: In this film." in bring(Entry(1, body=body)).header("articles/a-title.md")


def test_a_page_gets_no_date_that_was_made_up(bring: Bring) -> None:
    none = "0000-00-00 00:00:00"
    result = bring(Entry(1, kind="page", date=none, modified=none))
    assert not [row for row in result.header("pages/a-title.md") if row.startswith(("date", "mod"))]
    assert "no date" not in result.said


def test_the_kept_report_says_where_each_thing_went(bring: Bring, tmp_path: Path) -> None:
    media = put_media(tmp_path, {"2019/A Picture.jpg": picture()})
    body = f'<img src="{HOME}/wp-content/uploads/2019/A%20Picture.jpg" alt="One">'
    image = attachment(2, "2019/A Picture.jpg")
    result = bring(Entry(1, body=body), image, Entry(3, "Old", status="trash"), media=media)
    report = (result.root / "import-report.txt").read_text("utf-8")
    went = report.partition("Where each thing went:")[2]
    assert f"{HOME}/2019/05/a-title/\n    content/articles/a-title.md" in went
    assert "A Picture.jpg\n    content/images/2019/a-picture.jpg" in went
    assert "“Old”: in the bin" in went
    assert "Where each thing went" not in result.said
