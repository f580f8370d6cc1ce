r"""Four digits after ``\x``."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal
from prx_dingtalk_router.regex.split_code_point import split_code_point


@pytest.mark.parametrize(
    ("source", "piece", "corrected"),
    [
        (r"\x4e00", r"\x4e00", "一"),
        (r"^[\x4e00-\x9fa5]{2,4}$", r"\x4e00", r"^[\p{Han}]{2,4}$"),
        (r"a\\\x4E00z", r"\x4E00", r"a\\一z"),
        (r"[\x3400-\x4dbf\x4e00]", r"\x3400", "[㐀-\u4dbf一]"),
        (r"\Qa\E\x4e00", r"\x4e00", r"\Qa\E一"),
    ],
)
def test_a_chinese_character_by_its_number_is_reported(source: str, piece: str, corrected: str) -> None:
    """With the regex that finds it, which is reported no more."""
    assert not isinstance(parse(source, False), Refusal)
    found = split_code_point(source, False)
    assert found is not None
    assert (source[found.start : found.end], found.corrected) == (piece, corrected)
    assert split_code_point(corrected, False) is None


@pytest.mark.parametrize(
    "source",
    [r"\x4e", r"\x4e0", r"\x4100", r"\x{4e00}", r"\x4e00a", r"\\x4e00", r"\Q\x4e00\E", "x4e00", r"\xff41"],
)
def test_what_may_be_meant_is_not(source: str) -> None:
    """Two digits and others, braces, a backslash that is looked for."""
    assert split_code_point(source, False) is None
