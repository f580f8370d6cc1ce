"""``guide``: how to write rules, on the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.docs.documents import SUFFIXES, document


@pytest.mark.parametrize("language", SUFFIXES)
def test_the_list_has_every_part(invoke: Callable[..., Any], language: str) -> None:
    """Without a topic, the parts of the guide and all wishes are listed, and how one is read."""
    told = invoke("guide", "--lang", language)
    titles = [
        title
        for name in ("guide", "cookbook")
        for title in re.findall(r"^## (.+)$", document(name, language), re.MULTILINE)
    ]
    assert (told.code, told.err) == (0, "")
    assert [line.strip() for line in told.out.partition("\n\n")[0].splitlines()] == titles
    assert "prx-router guide 6" in told.out


@pytest.mark.parametrize(
    ("topic", "language", "title", "holds"),
    [
        ("时间", "zh", "时间", "| `workdays` |"),
        ("Hours", "en", "Hours", "| `workdays` |"),
        ("6", "en", "6. The word hr goes to HR, chrome does not", "contains word"),
        ("while busy", "zh", "智能体忙着的时候", "while busy merge"),
        ("空消息", "zh", "没做成的原因", "| `空消息` |"),
        ("prx: ignore", "en", "Not to be warned of something", "PRX203"),
        ("ＳＥＳＳＩＯＮ ｐｅｒ", "zh", "步骤", "per conversation"),
    ],
)
def test_a_topic_is_found_as_people_say_it(
    invoke: Callable[..., Any], topic: str, language: str, title: str, holds: str
) -> None:
    """By its title, the number of a wish, or a word that the guide explains; without the targets of links."""
    told = invoke("guide", topic, "--lang", language)
    assert (told.code, told.out.splitlines()[0]) == (0, title)
    assert holds in told.out
    assert ".md" not in told.out


def test_what_is_found_in_several_parts_is_a_choice(invoke: Callable[..., Any]) -> None:
    """Where several parts speak of a word, their titles are told, and one of them can be asked for."""
    several = invoke("guide", "群", "--lang", "zh")
    titles = [line.strip() for line in several.out.splitlines()[1:]]
    assert len(titles) > 2
    assert invoke("guide", titles[0], "--lang", "zh").out.startswith(titles[0])


def test_what_nothing_speaks_of_is_told(invoke: Callable[..., Any]) -> None:
    """A topic that is nowhere is a misuse that says where to look."""
    told = invoke("guide", "xyzzy", "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert "`prx-router guide` lists" in told.err


def test_a_terminal_draws_tables(on_terminal: Callable[..., Any]) -> None:
    """On a terminal a table is drawn, and no bar of Markdown is left of it."""
    told = on_terminal("guide", "hours", "--lang", "en")
    assert told.code == 0
    assert "───" in told.out
    assert "|---" not in told.out
