"""``codes``: the list of diagnostics, the page of one, and words that are none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_has_a_line_for_each(invoke: Callable[..., Any], language: str) -> None:
    """Code, severity, name and what is flagged, in the language of the reader, in the order of the codes."""
    told = invoke("codes", "--lang", language)
    lines = told.out.splitlines()
    kinds = list(every_diagnostic().values())
    assert (told.code, told.err) == (0, "")
    assert [line.split()[0] for line in lines] == [kind.code for kind in kinds]
    assert [line.split()[2] for line in lines] == [kind.name for kind in kinds]
    said = [line.split(maxsplit=3)[3] for line in lines]
    assert [each for each in said if bool(re.search("[\u4e00-\u9fff]", each)) != (language == "zh")] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["PRX203", "PRX205"])
def test_a_page_as_people_see_it(
    invoke: Callable[..., Any], snapshot: SnapshotAssertion, code: str, language: str
) -> None:
    """What, why, wrong and right, with the files of an example, in the language of the reader."""
    told = invoke("codes", code, "--lang", language)
    assert (told.code, told.err) == (0, "")
    assert told.out == snapshot


@pytest.mark.parametrize("word", ["prx203", "203", "unused-name", "Unused-Name"])
def test_a_diagnostic_is_found_as_it_is_typed(invoke: Callable[..., Any], word: str) -> None:
    """A code in small letters, its number alone and the name lead to the same page."""
    assert invoke("codes", word).out == invoke("codes", "PRX203").out


def test_the_documents(invoke: Callable[..., Any]) -> None:
    """JSON has one line a diagnostic, and one document with the examples by file for one."""
    listed = invoke("codes", "--json").documents
    assert [each["code"] for each in listed] == [kind.code for kind in every_diagnostic().values()]
    assert {tuple(each) for each in listed} == {("code", "name", "severity", "message", "help")}
    (page,) = invoke("codes", "PRX205", "--json").documents
    assert list(page) == [*listed[0], "summary", "what", "why", "wrong", "right", "fix"]
    assert [next(iter(page[each])) for each in ("wrong", "right")] == ["main.rules"] * 2
    assert len(page["wrong"]) > 1


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("PRX2033", "PRX211"),
        ("PRX299", "PRX211"),
        ("unused-nam", "unused-name"),
        ("", "`"),
        ("x" * 5000, "`"),
    ],
)
def test_what_is_none_is_a_misuse(invoke: Callable[..., Any], word: str, near: str) -> None:
    """An unknown code or name ends with 2 and the nearest that there are."""
    told = invoke("codes", word)
    assert (told.code, told.out) == (2, "")
    assert near in told.err.split("the nearest are")[1]


def test_a_number_with_too_many_digits(invoke: Callable[..., Any]) -> None:
    """Digits of any length are a misuse, no crash."""
    assert invoke("codes", "9" * 6000).code == 2
