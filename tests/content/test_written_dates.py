"""Dates as others write them are read if they can mean one day only."""

import pytest

from insession.content.field_types import DATE
from insession.content.written_dates import read_date

READ = {
    "2024-03-04 13:45:05 -0600": "2024-03-04 13:45:05-06:00",
    "2024-03-04T13:45:05.123Z": "2024-03-04 13:45:05+00:00",
    "2024-03-04T13:45:05+01:00[Europe/Berlin]": "2024-03-04 13:45:05+01:00",
    "2024-03-04 13:45:05 EST": "2024-03-04 13:45:05-05:00",
    "2024-3-4 9:30": "2024-03-04 09:30",
    "2024/03/05": "2024-03-05",
    "20240304": "2024-03-04",
    "March 4, 2024": "2024-03-04",
    "4 March 2024": "2024-03-04",
    "Sept 3rd, 2024 3:45 PM": "2024-09-03 15:45",
    "Mon, 04 Mar 2024 12:05 am": "2024-03-04 00:05",
    "Mon, 04 Mar 2024 13:45:05 GMT": "2024-03-04 13:45:05+00:00",
    "25/03/2024": "2024-03-25",
    "12/31/2024": "2024-12-31",
    "04.04.2024": "2024-04-04",
}


@pytest.mark.parametrize("written", READ)
def test_a_date_that_means_one_day_is_read(written: str) -> None:
    assert read_date(written) == READ[written]
    assert DATE.fullmatch(READ[written])
    assert read_date(READ[written]) == READ[written]


@pytest.mark.parametrize(
    "written",
    [
        *("03/04/2024", "3.4.2024", "2024-02-30", "0000-00-00", "2024", "March 2024", "March"),
        *("yesterday", "Last Modified", "202434", "2024-03-04 25:00", "２０２４-03-04", ""),
        *("2024-03-04 13:45 IST", "2024-03-04 and more", "4 Foo 2024"),
    ],
)
def test_a_date_that_may_mean_another_day_is_never_guessed(written: str) -> None:
    assert read_date(written) == ""
