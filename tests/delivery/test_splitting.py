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


HEADER = "| 序号 | 姓名 |\n|:---|---|"
CELLS = st.lists(st.sampled_from(["字" * 9, "a\\|b", "word ", "é。", "*x*", "`"]), max_size=6).map("".join)
ROWS = st.lists(CELLS, min_size=1, max_size=60)
AROUND = st.sampled_from(["", "前言。\n\n", "一段话 " * 30 + "\n\n", "```py\n| a |\n|---|\n```\n\n"])


def _rows(part, prefix=""):
    return [line for line in part.splitlines() if line.startswith(f"{prefix}| 第")]


@settings(deadline=None, max_examples=80)
@given(ROWS, AROUND, AROUND, st.sampled_from(["", "> "]), st.integers(400, 900))
def test_every_part_of_a_cut_table_is_a_table(cells, before, after, prefix, limit):
    """Rows stay whole and in order, and in each part they follow the header and separator; each part fits."""
    rows = [f"{prefix}| 第 {number} | {cell} |" for number, cell in enumerate(cells)]
    header = [f"{prefix}{line}" for line in HEADER.splitlines()]
    content = before + "\n".join([*header, *rows]) + "\n\n" + after
    parts = split(content, limit, markdown=True)
    assert [row for part in parts for row in _rows(part, prefix)] == rows
    for part in parts:
        assert encoded_size(part) <= limit
        lines = part.splitlines()
        if found := _rows(part, prefix):
            first = lines.index(found[0])
            assert lines[first - 2 : first] == header
        assert part.count(HEADER.splitlines()[0]) == (1 if found else 0)


def test_a_row_longer_than_a_part_goes_on_in_its_column():
    """Of a row that cannot be sent whole the rest stands in the column where it was cut."""
    row = f"| 1 | {'很长的备注，' * 60} | 末 |"
    parts = split(f"| 号 | 备注 | 尾 |\n|---|---|---|\n{row}", 400, markdown=True)
    assert len(parts) > 2
    for part in parts[1:]:
        assert part.startswith("| 号 | 备注 | 尾 |\n|---|---|---|\n||")
    said = "".join(part.split("\n", 2)[2].lstrip("|") for part in parts)
    assert _bare(said) == _bare(row).lstrip("|")


def test_a_header_that_leaves_no_room_is_not_said_again():
    """A header of a quarter of the limit and more stands once."""
    header = "| " + "很长的表头" * 30 + " |\n|---|\n"
    parts = split(header + "| 行 |\n" * 60, 800, markdown=True)
    assert sum(part.count("很长的表头") for part in parts) == 30
    assert "".join(parts).count("| 行 |") == 60


def test_a_table_in_a_code_block_is_code():
    """Rows within a fence are repeated no header, and the fence is closed and opened again."""
    rows = "\n".join(f"| {number} | 备注 |" for number in range(60))
    parts = split(f"```\n| 序号 | 备注 |\n|---|---|\n{rows}\n```", 400, markdown=True)
    assert sum("序号" in part for part in parts) == 1
    assert all(part.startswith("```\n") and part.endswith("\n```") for part in parts)


def test_no_part_is_an_empty_code_block():
    """A fence whose code ends where a part does is closed there, and not opened again for nothing."""
    for length in range(330, 400):
        parts = split("```\n" + "x" * length + "\n```\n之后", 400, markdown=True)
        assert all(re.sub(r"```|\s", "", part) for part in parts)
        assert re.sub(r"```|\s", "", "".join(parts)) == "x" * length + "之后"


def test_a_fence_in_a_quote_stays_in_it():
    """A quoted code block is closed and opened again within the quote."""
    code = "\n".join(f"> line {number}" for number in range(80))
    parts = split(f"> ```py\n{code}\n> ```", 400, markdown=True)
    assert len(parts) > 1
    assert all(part.startswith("> ```py\n> line") and part.endswith("\n> ```") for part in parts)


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
