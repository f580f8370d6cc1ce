"""Line breaks as DingTalk's Markdown wants them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prx_dingtalk_router.delivery.dingtalk.line_breaks import with_line_breaks, without_line_breaks

CASES = {
    "one-line": ("好的", "好的"),
    "two-lines": ("第一行\n第二行", "第一行  \n  第二行"),
    "paragraphs": ("一\n\n二", "一\n\n二"),
    "heading-and-text": ("### 状态\n正常", "### 状态  \n  正常"),
    "list": ("### 状态\n- web\n- db", "### 状态  \n- web  \n- db"),
    "nested-list": ("- a\n  - b\n  - c", "- a  \n  - b  \n  - c"),
    "numbers": ("1. 一\n2. 二", "1. 一  \n2. 二"),
    "quote": ("> 一\n> 二", "> 一  \n> 二"),
    "already": ("一  \n  二", "一  \n  二"),
    "hard-break": ("一\\\n二", "一\\\n二"),
    "windows": ("一\r\n二", "一  \n  二"),
    "fence": ("看：\n```\na\nb\n```\n完", "看：\n```\na\nb\n```\n完"),
    "table": ("看：\n| a | b |\n|---|---|\n| 1 | 2 |", "看：\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
    "table-after-blank": ("看：\n\n| a |\n|---|\n| 1 |", "看：\n\n| a |\n|---|\n| 1 |"),
    "table-first": ("| a |\n|---|\n| 1 |", "| a |\n|---|\n| 1 |"),
    "underlined-heading": ("标题\n---\n正文", "标题  \n---  \n  正文"),
}


@pytest.mark.parametrize("case", CASES)
def test_lines_stay_lines(case):
    """Lines of a paragraph get two spaces on each side of the break; lists, quotes, code and tables keep their form."""
    written, sent = CASES[case]
    assert with_line_breaks(written) == sent
    assert with_line_breaks(sent) == sent


LINES = st.lists(
    st.sampled_from(
        [
            "字",
            "一 二",
            "",
            "",
            "- a",
            "  - b",
            "1. x",
            "> q",
            "# h",
            "```",
            "| a | b |",
            "|---|---|",
            "---",
            "**b**",
        ]
    ),
    max_size=14,
).map("\n".join)
_PARSER = MarkdownIt("commonmark").enable("table")


def _shape(content):
    """The blocks that a reader sees, and their words."""
    shape = []
    for token in _PARSER.parse(content):
        if token.type == "inline":
            shape.append([child.content for child in token.children if child.content])
        else:
            shape.append((token.type, token.tag, token.content.split()))
    return shape


@settings(deadline=None, max_examples=300)
@given(LINES)
def test_nothing_but_line_breaks_changes(content):
    """For a parser of Markdown the blocks and their words are the same, except where a table had no blank line before it."""
    sent = with_line_breaks(content)
    assert [line.strip() for line in sent.split("\n") if line.strip()] == [
        line.strip() for line in content.split("\n") if line.strip()
    ]
    if "|---|" not in content:
        assert _shape(sent) == _shape(content)


@given(LINES)
def test_plain_text_has_none_of_it(content):
    """As plain text the reply has its lines as they were written, but for a blank line before a table."""
    back = without_line_breaks(with_line_breaks(content))
    if "|---|" not in content:
        assert back == content


@pytest.mark.parametrize(
    "line", ["x", "x" + " " * 50, " ", "\n", "x\n", "-" * 60 + " ", "x  \n  ", "| a\n", "> \n", "```\n"]
)
def test_a_long_hostile_answer_is_no_harder(line):
    """Half a megabyte of anything gets its breaks in time."""
    content = line * (500_000 // len(line))
    assert with_line_breaks(content).split() == content.split()
