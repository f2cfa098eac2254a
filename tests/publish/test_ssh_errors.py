"""A server over SSH: what may stand in the setting, and what goes wrong, in words."""

import re

import pytest

from insession.common.problems import Problems
from insession.publish.registry import check_setting
from insession.publish.target_config import Setting
from insession.publish.targets.ssh_errors import in_words


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("server", "-oProxyCommand=evil"),
        ("server", "me@host; rm"),
        ("server", "host:path"),
        ("folder", "/srv/$(evil)"),
        ("folder", "/srv/../etc"),
        ("folder", "--delete"),
        ("folder", "/srv/my blog"),
    ],
)
def test_a_name_that_a_shell_or_program_could_misread_is_refused(key: str, value: str) -> None:
    right = {"target": "server", "server": "me@blog.example.org:2222", "folder": "/srv/blog"}
    assert check_setting(right, Setting()).values == right
    with pytest.raises(Problems, match=f"“{re.escape(value)}” is not "):
        check_setting(right | {key: value}, Setting())


@pytest.mark.parametrize(
    ("complaint", "said"),
    [
        ("ssh: Could not resolve hostname x: Name or service not known", "no server of this name"),
        (
            'rsync: [receiver] write failed on "/srv/a": No space left on device (28)',
            "disk is full",
        ),
        ("sh: 7: cannot create: Read-only file system", "the folder /srv can't be written"),
        ("bash: line 1: rsync: command not found", "a program is missing on the server: rsync."),
        ("first\nsomething new\n\n", "the server can't take the blog: something new"),
        ("", "it says nothing"),
    ],
)
def test_what_programs_complain_about_is_said_in_words(complaint: str, said: str) -> None:
    what, how = in_words(complaint, "ssh me@host", "/srv")
    assert said in what
    assert how[0].isupper()
