"""Strings, text blocks and expressions (language.md section 2)."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.language.syntax.unescape import flags_meant, regex, string, text_block


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ('""', ""),
        ('"plain 文字"', "plain 文字"),
        (r'"a\"b"', 'a"b'),
        (r'"a\\b"', "a\\b"),
        (r'"a\\nb"', "a\\nb"),
        (r'"a\nb\tc"', "a\nb\tc"),
        (r'"\u{1F600}\u{41}\u{00000041}"', "😀AA"),
        (r'"C:\\temp\\"', "C:\\temp\\"),
    ],
)
def test_escapes_of_strings_are_undone(raw: str, value: str) -> None:
    """The five escapes mean their characters."""
    assert string(raw) == (value, [])


@pytest.mark.parametrize(
    "escape", [r"\q", r"\'", r"\r", r"\x41", r"\u0041", r"\u{}", r"\u{110000}", r"\u{D800}", r"\u{12", r"\u"]
)
def test_any_other_escape_is_told_where_it_stands(escape: str) -> None:
    """The place is that of the escape alone."""
    raw = f'"ab{escape} "'
    _, ((start, end),) = string(raw)
    assert start == 3
    assert escape.startswith(raw[start:end]) or raw[start:end].startswith(escape)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ('"""one line"""', "one line"),
        ('"""\na\nb\n"""', "a\nb"),
        ('"""\n  a\n    b\n  """', "a\n  b"),
        ('"""\n    a\n  b\n"""', "  a\nb"),
        ('"""\r\n  a\r\n  b\r\n  """', "a\nb"),
        ('"""\n\n  a\n\n  b\n\n"""', "\na\n\nb\n"),
        ('"""\n\ta\n\t\tb\n"""', "a\n\tb"),
        ('"""\n\ta\n  b\n"""', "\ta\n  b"),
        ('"""a\n  b\n  c"""', "a\nb\nc"),
        ('"""  a"""', "  a"),
        ('""""""', ""),
        ('"""\n"""', ""),
        ('"""\n\n"""', ""),
        (r'"""a \n \t \\ \u{41}"""', r"a \n \t \\ \u{41}"),
        (r'"""say \""" here"""', 'say """ here'),
        ('"""say "hi" here"""', 'say "hi" here'),
    ],
)
def test_text_blocks_lose_first_and_last_break_and_common_indentation(raw: str, value: str) -> None:
    r"""Breaks at both ends and the indentation go, ``\r\n`` becomes ``\n``, three quotes are escaped as one."""
    assert text_block(raw) == value


@pytest.mark.parametrize(
    ("raw", "value", "ignore_case"),
    [
        ("/a/", "a", False),
        ("/a/i", "a", True),
        (r"/a\/b/", "a/b", False),
        (r"/\d+\.\//i", r"\d+\./", True),
        (r"/\\\//", r"\\/", False),
        ("/ a # b /", " a # b ", False),
    ],
)
def test_an_expression_is_what_stands_between_the_slashes(raw: str, value: str, ignore_case: bool) -> None:
    r"""``\/`` is a slash, every other escape is RE2's, ``i`` is the flag."""
    assert regex(raw) == (value, "i" if ignore_case else "")


@pytest.mark.parametrize(
    ("flags", "meant"),
    [("g", ""), ("gu", ""), ("I", "i"), ("ii", "i"), ("gi", "i"), ("im", None), ("x", None)],
)
def test_flags_that_ask_for_nothing_can_be_left_out(flags: str, meant: str | None) -> None:
    """The one flag is ``i``, once; others would change what is found."""
    assert flags_meant(flags) == meant
