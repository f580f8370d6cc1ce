"""Titles of markdown messages, as the list of chats shows them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.dingtalk.titles import MOST_TITLE, title_of


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("# 标题\n正文", "标题"),
        ("\n\n> **粗体** 的 `代码`\n", "粗体 的 代码"),
        ("- [链接](https://example.com) 之后", "链接 之后"),
        ("![图](https://example.com/a.png)\n第二行", "图"),
        ("1. 第一", "第一"),
        ("2026. 一个年份", "2026. 一个年份"),
        ("```\ncode\n```", "code"),
        ("> - # 深", "深"),
        ("---\n之后", "之后"),
        ("标题\n===", "标题"),
        ("| 序号 | 姓名 |\n|---|---|\n| 1 | 王芳 |", "序号 姓名"),
        ("结果：\n| 序号 | 姓名 |\n|---|---|", "结果："),
        ("**结论：**可以", "结论：可以"),
        ("这是**“重点”**吗", "这是“重点”吗"),
        ("~~旧~~新", "旧新"),
        ("<font color=red>警告</font>：A &amp; B&nbsp;C", "警告：A & B C"),
        ("<div>\n<b>内容</b>\n</div>", "内容"),
        ("一行<br>又一行", "一行"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲 乙"),
        ("<https://example.com>", "https://example.com"),
        ("\u200b\n有字的一行", "有字的一行"),
        ("一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十"),
        ("一二三四五六七八九十一二三四五六七八九十壹", "一二三四五六七八九十一二三四五六七八九…"),
        ("一二三四五六七八九十一二三四五六七八👨‍👩‍👧好", "一二三四五六七八九十一二三四五六七八…"),
        ("***", "回复"),
    ],
)
def test_titles_are_the_first_line_as_it_is_shown(content, title):
    """A title is the first line with something to read in it, without what only a renderer reads."""
    assert title_of(content) == title


@pytest.mark.parametrize(
    "line",
    [
        "预算 100~200 元，约 3~5 天",
        "3 * 4 = 12",
        "3*4*5 = 60",
        "report_2026.xlsx",
        "snake_case 与 a_b_c",
        "a*b*.txt",
        "C:\\Data\\new",
        "价格 < 100 且 > 5",
        "A&B，5 | 6",
        "#工单123",
        "[注意]: 请看",
        "@小林 你好",
    ],
)
def test_what_only_looks_like_a_mark_stays(line):
    """Signs that a renderer shows as they are belong to the title."""
    assert title_of(line) == line


WORDS = st.lists(
    st.sampled_from(["预算", "VPN", "100~200", "a_b", "3*4", "，", "。", "x.py", " ", "“好”", "7 * 8", "é"]),
    min_size=1,
    max_size=12,
).map(lambda pieces: " ".join("".join(["句", *pieces, "末"]).split()))


def _cut(line):
    return line if len(line) <= MOST_TITLE else line[: MOST_TITLE - 1].rstrip() + "…"


@settings(deadline=None, max_examples=60)
@given(WORDS, WORDS)
def test_the_title_of_plain_text_is_its_beginning(first, second):
    """Where nothing is marked up, the title is what the first line begins with."""
    assert title_of(f"{first}\n{second}") == _cut(first)


@settings(deadline=None, max_examples=60)
@given(
    WORDS,
    st.sampled_from(
        [
            "# {}",
            "###### {} #",
            "> {}",
            "- {}",
            "**{}**",
            "*{}*",
            "***{}***后",
            "# **{}**",
            "[{}](https://example.com/a_b)",
            "![{}](@lALPabc)",
            "`{}`",
            "<b>{}</b>",
            '<a href="x">{}</a>',
            "{}<br/>",
            "| {} |\n|---|\n| 1 |",
            "```text\n{}\n```",
            "<!-- 注 -->{}",
            "{}\n---",
        ],
    ),
)
def test_marks_change_no_title(words, mark):
    """Whatever marks a line up, its title is that of the bare words."""
    after = "后" if mark.endswith("后") else ""
    assert title_of(mark.format(words)) == _cut(words + after)


MARKUP = st.lists(
    st.sampled_from(
        [*"*_~`#>|-<[](!)&;\\ \n\t:", "```", "字", "a1", "👨‍👩‍👧", "\r\n", "|---|\n", "\x00", "\ud800"]
    ),
    max_size=60,
).map("".join)


@settings(deadline=None, max_examples=150)
@given(MARKUP)
def test_any_text_has_a_title(content):
    """Every title has something in it, is one line and holds at most 20 characters."""
    title = title_of(content)
    assert title.strip()
    assert len(title) <= MOST_TITLE
    assert title == " ".join(title.split())
