"""Tables and code fences found in a text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prx_dingtalk_router.delivery.dingtalk.blocks import blocks_of

_PARSER = MarkdownIt("commonmark").enable("table")
LINES = st.lists(
    st.sampled_from(
        [
            "\n一段文字",
            "\n# 标题",
            "",
            "| 甲 | 乙 |",
            "甲 | 乙",
            "| 甲\\|乙 |",
            "|---|---|",
            "| :-- | --: |",
            "--- | ---",
            "|---|",
            "| 行 | `a` |",
            "```py",
            "```",
            "````",
            "~~~",
            "\n``` ` ```",
        ]
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=100)
@given(LINES)
@example(["| 甲 |", "|---|", "| 甲 | 乙 |", "|---|---|", "| 甲 | 乙 |"])
def test_blocks_are_those_that_a_parser_finds(lines):
    """Tables and fences begin and end at the lines at which a parser of Markdown has them."""
    content = "\n".join(lines).rstrip()
    expected = [
        (token.type == "table_open", *token.map)
        for token in _PARSER.parse(content)
        if token.type in ("table_open", "fence")
    ]
    found = [
        (block.is_table, content.count("\n", 0, block.start), content.count("\n", 0, block.end) + 1)
        for block in blocks_of(content)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("content", "head", "foot"),
    [
        ("```py\nx\n```", "```py\n", "```"),
        ("~~~~\r\nx\r\n~~~~", "~~~~\n", "~~~~"),
        ("> ```py\n> x\n> ```", "> ```py\n", "> ```"),
        ("- ```py\n  x\n  ```", "- ```py\n", "  ```"),
        ("   ```py\n   x\n   ```", "```py\n", "```"),
        ("```" + "x" * 99 + "\ncode", "```" + "x" * 57 + "\n", "```"),
        ("> | 甲 |\n> |---|\n> | 1 |", "> | 甲 |\n> |---|\n", ""),
        ("- | 甲 |\r\n  |---|\r\n  | 1 |", "- | 甲 |\r\n  |---|\n", ""),
    ],
)
def test_what_opens_and_closes_a_block_keeps_its_place(content, head, foot):
    """What is said again at a cut stands in the quote or list item that the block stands in."""
    (block,) = blocks_of(content)
    assert (block.head, block.foot) == (head, foot)
    assert (block.start, block.end) == (0, len(content))


@pytest.mark.parametrize(
    "line", [" " * 200_000, "- " * 100_000, "|" * 200_000, "`" * 200_000, "> " * 100_000 + "x"]
)
def test_a_hostile_line_costs_little(line):
    """A line of any length is looked at once: two hundred thousand signs are no work."""
    assert len(list(blocks_of(f"| 甲 |\n{line}\n{line}"))) <= 1
