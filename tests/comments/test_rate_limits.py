"""How much is taken from whom: what one network sends shuts out nobody beside it."""

import pytest

from insession.comments import rate_limits
from insession.comments.rate_limits import Limits, Visits

MIDNIGHT = 1_789_948_800.0  # a new day, with a salt of its own
NOON = MIDNIGHT + 43_200


@pytest.fixture
def visits() -> Visits:
    return Visits()


def test_an_address_is_in_networks_of_rising_size() -> None:
    assert rate_limits.networks("203.0.113.7") == {
        "host": "203.0.113.7/32",
        "household": "203.0.113.7/32",
        "network": "203.0.113.0/24",
        "provider": "203.0.0.0/16",
        "everyone": "",
    }
    assert rate_limits.networks("2001:db8:77:abcd:1:2:3:4") == {
        "host": "2001:db8:77:abcd::/64",
        "household": "2001:db8:77:ab00::/56",
        "network": "2001:db8:77::/48",
        "provider": "2001:db8::/32",
        "everyone": "",
    }
    assert rate_limits.networks("::1")["host"] == "::/64"
    assert rate_limits.networks("::ffff:203.0.113.7") == rate_limits.networks("203.0.113.7")
    assert rate_limits.networks("") | {"everyone": ""} == rate_limits.networks("")


def test_one_reader_has_many_ipv6_addresses(visits: Visits) -> None:
    one, two, other = (
        rate_limits.visitor(visits, rate_limits.networks(address), NOON)["host"]
        for address in ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1")
    )
    assert one == two != other


def taken(visits: Visits, address: str, thread: str, at: float, rates: Limits) -> int | None:
    """Count a comment if one is welcome; return None, or how long to wait."""
    who = rate_limits.visitor(visits, rate_limits.networks(address), at)
    wait = rate_limits.too_many(visits, who, thread, at, rates)
    if not wait:
        rate_limits.record_visit(visits, who, thread, "", at)
    return wait


def test_limits_count_by_network_and_by_thread(visits: Visits) -> None:
    rates = Limits(networks=(("host", ((2, 60),)),), thread=((10, 600),))
    assert [taken(visits, "203.0.113.7", "silence", NOON, rates) for _ in "12"] == [None] * 2
    assert 0 < (taken(visits, "203.0.113.7", "first", NOON, rates) or 0) <= 61
    assert taken(visits, "203.0.113.7", "first", NOON + 61, rates) is None
    assert taken(visits, "203.0.113.8", "first", NOON, rates) is None


@pytest.mark.parametrize(
    ("flood", "neighbours"),
    [
        # What comes from one of these, and who must not feel it: the nearest first.
        (["2001:db8:77:abcd::{}"], ["2001:db8:77:abce::1"]),  # a /64
        (["2001:db8:77:ab{:02x}::1"], ["2001:db8:77:ac00::1"]),  # a /56
        (["2001:db8:77:{:x}::1"], ["2001:db8:78::1", "2001:db9::1", "203.0.113.7"]),  # a /48
        (["2001:db8:{:x}::1"], ["2001:db9::1", "203.0.113.7"]),  # a provider
        (["198.51.100.7"], ["198.51.100.8"]),
        (["198.51.100.{}"], ["198.51.101.1", "203.0.113.7", "2001:db8::1"]),  # a /24
        (["198.51.{}.7"], ["198.52.0.1", "2001:db8::1"]),  # a /16
        (["198.51.100.{}", "2001:db8:77:{:x}::1"], ["198.51.101.1", "2001:db8:78::1"]),
    ],
)
def test_what_one_network_sends_shuts_out_nobody_beside_it(
    visits: Visits, flood: list[str], neighbours: list[str]
) -> None:
    rates, at, waits = Limits(), MIDNIGHT, []
    for number in range(1_200):
        address = flood[number % len(flood)].format(number // len(flood) % 254 + 1)
        waits.append(taken(visits, address, "silence", at, rates))
        at += 40  # it goes on for half a day, so that each limit is reached
    assert any(waits), "the flood itself ends"
    for neighbour in neighbours:
        answers = [taken(visits, neighbour, "silence", at, rates) for _ in range(5)]
        assert answers == [None] * 5, neighbour
        more = [taken(visits, neighbour, "first", at, rates) for _ in range(20)]
        assert more == [None] * 20, neighbour


def test_a_class_behind_one_address_is_not_refused(visits: Visits) -> None:
    """Thirty pupils write about one article within minutes, after a flood from elsewhere."""
    for number in range(300):
        taken(visits, f"2001:db8:77:{number:x}::1", "silence", NOON, Limits())
    waits = [taken(visits, "203.0.113.7", "silence", NOON + pupil, Limits()) for pupil in range(30)]
    assert waits == [None] * 30


def test_a_crowd_of_networks_leaves_each_its_share_of_a_thread(
    visits: Visits,
) -> None:
    rates = Limits()
    for number in range(80):
        taken(visits, f"{20 + number}.51.100.7", "silence", NOON, rates)
    answers = [taken(visits, "203.0.113.7", "silence", NOON, rates) for _ in range(7)]
    assert answers[: rate_limits.SHARE] == [None] * rate_limits.SHARE
    assert all(3_500 < (wait or 0) <= 3_601 for wait in answers[rate_limits.SHARE :])
    assert taken(visits, "203.0.113.7", "first", NOON, rates) is None
