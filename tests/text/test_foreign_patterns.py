"""Patterns of other languages in plain texts."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.text.foreign_patterns import choices, is_expression, without_wildcards


@pytest.mark.parametrize(
    "text", ["vpn.*重置", "工单.+", r"\d+", "[0-9]{4}", "(?i)vpn", "^停止$", r"工单\s*号", "(?:a|b)"]
)
def test_what_only_expressions_have_is_seen(text: str) -> None:
    """Signs that messages hardly hold."""
    assert is_expression(text)


@pytest.mark.parametrize(
    "text",
    ["vpn", "3.*4", "C++", "好的...", "a.b", "$100", "^_^", "[链接]", "(急)", "*.exe", "C:\\data", "5.+"],
)
def test_what_people_write_is_no_expression(text: str) -> None:
    """No false alarm."""
    assert not is_expression(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("*报销*", ("contains", "报销")),
        ("报销*", ("starts with", "报销")),
        ("*.exe", ("ends with", ".exe")),
        ("%报销%", ("contains", "报销")),
        ("f*ck", None),
        ("**重要**", None),
        ("*", None),
        ("3*4", None),
        ("100%", None),
        ("* 报销", None),
        ("", None),
    ],
)
def test_wildcards_at_the_ends_mean_an_operator(text: str, meant: tuple[str, str] | None) -> None:
    """Stars in the middle, doubled ones and those with blanks are signs of messages."""
    assert without_wildcards(text) == meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("报销|发票", ("报销", "发票")),
        ("(vpn|wifi|网络)", ("vpn", "wifi", "网络")),
        ("报销 | 发票", ()),
        ("| 姓名 | 部门 |", ()),
        ("a||b", ()),
        ("1|2", ()),
        ("报销", ()),
    ],
)
def test_bars_between_words_are_a_choice(text: str, words: tuple[str, ...]) -> None:
    """Rows of tables and operators of programs are none."""
    assert choices(text) == words
