"""Backslashes doubled on the way from Java or JSON."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.correction import Correction
from prx_dingtalk_router.regex.doubled_backslash import doubled_backslash
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal


def doubled(source: str) -> Correction | None:
    """What is reported of a valid source."""
    tree = parse(source, False)
    assert not isinstance(tree, Refusal)
    return doubled_backslash(source, tree, False)


@pytest.mark.parametrize(
    ("source", "piece", "corrected"),
    [
        (r"\\u4e00", r"\\u4e00", "一"), (r"^[\\u4e00-\\u9fa5]+$", r"\\u4e00", r"^[\p{Han}]+$"), (r"a\\p{Han}", r"\\p{Han}", r"a\p{Han}"),
        (r"\\p{IsHan}", r"\\p{IsHan}", r"\p{Han}"), (r"(\\u4e00)(?:\\u4e01)", r"\\u4e00", "(一)(?:丁)"), (r"[a\\u4e00]", r"\\u4e00", "[a一]"),
        (r"订单\\d{4}", r"\\d", r"订单\d{4}"), (r"ai\\s*(.+)", r"\\s", r"ai\s*(.+)"), (r"\\w+@\\w+\\.com", r"\\w", r"\w+@\w+\.com"),
        (r"^\\d{2}:\\d\\b", r"\\d", r"^\d{2}:\d\b"), (r"C:\\data\\d+", r"\\d", r"C:\\data\d+"),
    ],
)  # fmt: skip
def test_what_is_surely_meant_once_is_reported(source: str, piece: str, corrected: str) -> None:
    """With the whole regex as it is meant, every doubled backslash in it undone."""
    found = doubled(source)
    assert found is not None
    assert (source[found.start : found.end], found.corrected) == (piece, corrected)


@pytest.mark.parametrize(
    "source",
    [
        r"C:\\data",
        r"\\d",
        r"\\users",
        r"\\u4e0",
        r"\\\\u",
        r"\Q\\u4e00\E",
        r"\\p{foo}",
        r"[\\d]",
        r"\\d?",
        r"D:\\data+",
        "u4e00",
    ],
)
def test_what_may_be_meant_is_not(source: str) -> None:
    """A backslash before a word may be looked for."""
    assert doubled(source) is None
