"""What the site's policy would block, or would tell others about a reader, is found."""

import pytest

from insession.check.rules.csp import asks_others, blocked_by_policy, is_private, own_computer
from tests.check.pages import LINES_BEFORE, page, said, site

GOOD = [
    "A [link](https://www.example.com/) and ![two chairs](../images/chairs.png).",
    "`<script>` and\n\n```\n<iframe src=https://x.example></iframe>\n```",
    '<figure class="wide"><img src="/images/a.png" alt="A"></figure>',
    "| a | b |\n| :-: | --: |\n| 1 | 2 |",
    '<p lang="es" dir="ltr">hola</p>',
    '<img src="https://blog.example.org/images/a.png" alt="on our own host">',
]


@pytest.mark.parametrize("body", GOOD)
def test_good_html_raises_nothing(body: str) -> None:
    for rule in (blocked_by_policy, asks_others, own_computer):
        assert said(rule, body) == []


@pytest.mark.parametrize(
    ("body", "line", "rule"),
    [
        ('One\n\n<span style="color: red">red</span>', 3, "inline-style"),
        ("<style>\np { color: red }\n</style>", 1, "inline-style"),
        ("One\n\n<script>alert(1)</script>", 3, "script"),
        ('One <b onclick="x()">b</b>', 1, "script"),
        ('<iframe src="https://www.youtube.com/embed/1"></iframe>', 1, "embed"),
        ('<object data="x.pdf"></object>', 1, "embed"),
        ('One\n\n<form action="/x"><input></form>', 3, "blocked-html"),
        ('<base href="/x/">', 1, "blocked-html"),
        ('<meta http-equiv="refresh" content="0">', 1, "blocked-html"),
    ],
)
def test_what_the_policy_blocks_is_found(body: str, line: int, rule: str) -> None:
    one = page(body)
    found = [*blocked_by_policy(one, site(one))]
    assert [(remark.line - LINES_BEFORE, remark.rule) for remark in found] == [(line, rule)]


@pytest.mark.parametrize(
    "body",
    [
        "![A chart](https://cdn.example.com/a.png)",
        '<img src="//cdn.example.com/a.png" alt="A chart">',
        '<img srcset="https://cdn.example.com/a.png 2x" src="/images/a.png" alt="A">',
        '<link rel="stylesheet" href="https://fonts.example.com/a.css">',
        '<video src="https://cdn.example.com/a.mp4"></video>',
    ],
)
def test_no_file_is_loaded_from_someone_else(body: str) -> None:
    assert [line for line, _ in said(asks_others, f"One\n\n{body}")] == [3]


@pytest.mark.parametrize(
    "address",
    ["http://localhost:8000/a/", "http://127.0.0.1/", "http://192.168.1.4/x", "http://[::1]/",
     "https://nas.local/x", "http://10.0.0.1"],
)  # fmt: skip
def test_a_link_to_her_own_computer_is_found(address: str) -> None:
    assert is_private(address)
    assert said(own_computer, f"One\n\n[here]({address})") == [(3, address)]


@pytest.mark.parametrize(
    "address",
    ["https://example.com/", "mailto:a@b.example", "a.md", "http://[broken", "https://8.8.8.8"],
)
def test_other_addresses_are_not_private(address: str) -> None:
    assert not is_private(address)
