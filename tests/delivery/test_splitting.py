"""Long replies cut into parts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery.dingtalk.bodies import reply_body
from prx_dingtalk_router.delivery.dingtalk.replies import parts_of
from prx_dingtalk_router.delivery.dingtalk.splitting import MOST_BYTES, encoded_size, split

# Pieces of every kind, so that borders, wide characters, escapes and joined emoji meet the limit.
PIECES = st.sampled_from(
    [
        "字",
        "word ",
        "句子。",
        "\n",
        "\n\n",
        " ",
        '"',
        "\\",
        "👨‍👩‍👧",
        "é",
        "a" * 90,
        "- 项\n",
        "`",
        "\x00",
        "，",
        "！”",
    ]
)
TEXTS = st.lists(PIECES, max_size=400).map("".join)


def _bare(content):
    return re.sub(r"\s", "", content)


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.integers(256, 600))
def test_parts_hold_everything_and_fit(content, limit):
    """Joined parts are the text but for white space, each part fits, and none is blank."""
    parts = split(content, limit)
    assert _bare("".join(parts)) == _bare(content)
    assert all(encoded_size(part) <= limit and part.strip() for part in parts)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(PIECES, st.sampled_from(["```py\n", "```\n", "~~~\n"])), max_size=300).map("".join))
def test_markdown_parts_fit_with_their_fences(content):
    """Fences that are closed and opened again count: every part fits."""
    assert all(encoded_size(part) <= 400 for part in split(content, 400, markdown=True))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a" * 200 + "\n\n" + "b" * 200, ["a" * 200, "b" * 200]),
        ("a" * 200 + "\n" + "b" * 200, ["a" * 200, "b" * 200]),
        ("字" * 60 + "。" + "句" * 60, ["字" * 60 + "。", "句" * 60]),
        ("x" * 150 + " " + "y" * 150, ["x" * 150, "y" * 150]),
        ("  \n ", []),
        ("short", ["short"]),
    ],
)
def test_cuts_stand_where_a_reader_would_cut(content, expected):
    """Paragraphs come before lines, lines before sentences, sentences before words."""
    assert list(split(content, 256)) == expected


def test_an_emoji_of_several_characters_is_not_torn():
    """Characters that are joined into one stay in one part."""
    family = "👨‍👩‍👧"
    for part in split(family * 60, 256):
        assert part.replace(family, "") == ""


def test_a_cut_code_fence_is_closed_and_opened_again():
    """Each part of a long code block is a code block of its own language, its indentation kept."""
    code = "\n".join(f"    line {number} = call({number})" for number in range(40))
    parts = split(f"看：\n```python\n{code}\n```\n完", 400, markdown=True)
    assert len(parts) > 2
    for part in parts:
        assert part.count("```") == 2
    assert all(part.startswith("```python\n    line") for part in parts[1:])
    shown = [line for part in parts for line in part.splitlines() if line.startswith("    ")]
    assert "\n".join(shown) == code


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30), st.sampled_from(["text", "markdown"]), st.booleans())
def test_bodies_stay_below_the_limit(seed, kind, called):
    """Whatever is said, the whole body of every post is below 18,000 bytes, and only the first calls somebody out."""
    content = (seed + '汉\n"') * 4000
    reply = RenderedReply(kind, content, ("manager1234", "u2") if called else ())
    parts = parts_of(reply)
    assert len(parts) > 1
    for number, part in enumerate(parts):
        assert len(reply_body(part.format, part.content, part.mentions)) <= MOST_BYTES
        assert bool(part.mentions) == (called and number == 0)
