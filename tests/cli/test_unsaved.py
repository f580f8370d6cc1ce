"""``--stdin-filename NAME -``: a file as it stands in an editor, in its set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MAIN = 'use "people/it.rules"\nlist ids = lines "ids.txt"\nrule a when sender in it or sender in ids then drop\notherwise agent helpdesk\n'


@pytest.fixture
def saved(write: Callable[..., Path], configuration: Path) -> Path:
    """A set of three files that is in order, with a configuration that knows its agent."""
    write("rules/people/it.rules", 'list it = ["u1"]\n')
    write("rules/ids.txt", "u2\nu3\n")
    return write("rules/main.rules", MAIN)


@pytest.fixture
def check(execute: Callable[..., Any], saved: Path) -> Callable[..., list[str]]:
    """Check a buffer; what is found, one a line, without the warning that all these sets have."""

    def checked(name: str, content: str | bytes, *options: str) -> list[str]:
        stdin = content if isinstance(content, bytes) else content.encode()
        told = execute(
            *("validate", "--stdin-filename", name, "-", "--format", "concise", "--ignore", "PRX603,PRX606"),
            *options,
            stdin=stdin,
        )
        assert (told.code, told.err) == (int(" error " in told.out), "")
        return told.out.splitlines()

    return checked


@pytest.mark.parametrize(
    ("name", "content", "places"),
    [
        ("rules/main.rules", MAIN, []),
        (
            "rules/people/it.rules",
            'list it = ["u1"]\r\nrule b when sender in nobody then drop\r\n',
            ["rules/people/it.rules:2:23"],
        ),
        ("rules/people/it.rules", 'list staff = ["u1"]', ["rules/main.rules:3:23"]),
        ("rules/ids.txt", "u2\nu3\nu2\n", ["rules/ids.txt:3:1"]),
        ("rules/main.rules", MAIN.replace("helpdesk", "helpdek"), ["rules/main.rules:4:17"]),
        ("rules/new.rules", "otherwise agent nobody", ["rules/new.rules:1:17"]),
        ("rules/main.rules", MAIN.encode("gbk") + "重".encode("gbk"), ["rules/main.rules:5:1"]),
        ("rules/main.rules", b"\xef\xbb\xbf" + MAIN.encode(), []),
    ],
)
def test_the_buffer_stands_in_for_its_file(
    check: Callable[..., list[str]], name: str, content: str | bytes, places: list[str]
) -> None:
    """Everything else of the set and the configuration are as saved; what is found anywhere in the set is told, at its path."""
    assert [line.split(" error ")[0].split(" warning ")[0].rstrip(":") for line in check(name, content)][
        :1
    ] == places


def test_what_is_saved_does_not_change(check: Callable[..., list[str]], saved: Path) -> None:
    """Nothing is written, and the disk decides again when the buffer is gone."""
    before = saved.read_bytes()
    check("rules/main.rules", "rule\n")
    assert saved.read_bytes() == before
    assert check("rules/people/it.rules", 'list it = ["u1"]\n') == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-",), "say which file it is"),
        (("--stdin-filename", "rules/main.rules"), "goes with `-`"),
        (("--stdin-filename", "rules/main.rules", "-", "rules"), "no other paths"),
        (("--stdin-filename", "prx-router.toml", "-"), "is a configuration"),
        (("--stdin-filename", "rules/main.rules", "-", "--fix"), "only checks"),
        (("--stdin-filename", "rules/main.rules", "-", "--watch"), "only checks"),
    ],
)
def test_what_does_not_go_together(
    invoke: Callable[..., Any], saved: Path, arguments: tuple[str, ...], said: str
) -> None:
    """A misuse is told with the right form, and nothing is read."""
    told = invoke("validate", *arguments)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
