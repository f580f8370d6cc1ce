"""A person's text in Markdown stays text, by the word of a real Markdown parser."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prx_dingtalk_router.templates import Audience, PersonText, escape_markdown, render_template

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HARMLESS = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak"}
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|www\.[\w-]|[\w.+-]+@\w|\w\.[^\W\d_]", re.IGNORECASE)

hostile = st.lists(
    st.sampled_from(
        ["[", "]", "(", ")", "!", "#", "# ", "*", "**", "_", "`", "```", "~~", ">", "<b>", "-", "- ", "+ ", "1.", "1. ", "1) ", "=", "===", "---", "\n", "\n\n", "\r", "    ", "\t",
         "http:", "//", "/", "https://evil.example", "www", ".", "evil", "com", "@", "|", "\\", "&", "&#64;", "&lt;", "a", "重", ":", "mailto:", "\u2028", "\u200b", "dingtalk://x", "|-|"]
    ),
    max_size=10,
).map("".join)  # fmt: skip


def kinds(markdown: str) -> set[str]:
    """Every kind of token that a parser sees in a text."""
    tokens = PARSER.parse(markdown)
    return {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or ()
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[点我](https://evil.example)", "［点我］（https:／／evil．example）"), ("![x](a)", "!［x］（a）"), ("# 大", "＃ 大"), ("C# 和 #2", "C# 和 #2"),
        ("@所有人", "＠所有人"), ("**a** _b_", "＊＊a＊＊ ＿b＿"), ("a\n    code\n- b\n1. c\n12) d", "a\ncode\n－ b\n1． c\n12） d"), ("> q", "＞ q"),
        ("<font color=red>", "＜font color=red＞"), ("www.evil.example", "www．evil．example"), ("版本 3.5. 好", "版本 3.5. 好"), ("evil.", "evil．"), ("小林", "小林"), ("2026-11-20 10:30", "2026-11-20 10:30"), ("OPS-42", "OPS-42"), ("太好了!", "太好了！"),
    ],
)  # fmt: skip
def test_what_means_something_becomes_its_twin(text: str, shown: str) -> None:
    """Signs of Markdown become full-width; everyday text stays as it is."""
    assert escape_markdown(text) == shown


@given(hostile, hostile)
def test_persons_add_nothing_but_text(name: str, text: str) -> None:
    """Whatever two people's values hold, beside each other and beside the template's words, a parser sees only text."""
    values = {"sender": {"name": PersonText(name)}, "text": PersonText(text)}
    for source in (
        "{{ text }}好",
        "好{{ sender.name }}{{ text }}\n{{ sender.name }}",
        "好\n{{ sender.name }}:{{ text }}",
        "好 {{ text }}/{{ sender.name }}",
    ):
        markdown = render_template(source, values, audience=Audience.MARKDOWN)
        assert kinds(markdown) <= HARMLESS, markdown
        assert "://" not in markdown
    assert (
        ADDRESS.search(render_template("好 {{ sender.name }}{{ text }}", values, audience=Audience.MARKDOWN))
        is None
    )


@pytest.mark.parametrize(
    ("template", "text", "shown"),
    [
        ("{{ text }}. 楼", "12", "１２. 楼"),
        ("> 1{{ text }}) 楼", "2", "> 1２) 楼"),
        ("{{ text }}0. 楼", "1", "１0. 楼"),
        ("共 {{ text }}. 谢谢", "12", "共 12. 谢谢"),
        ("{{ text }}.5", "12", "12.5"),
        ("1{{ text }}", ".\n好", "1．\n好"),
    ],
)
def test_a_number_and_a_full_stop_make_no_list_together(template: str, text: str, shown: str) -> None:
    """Where the one is a person's and the other the template's; numbers elsewhere stay as they are."""
    markdown = render_template(template, {"text": PersonText(text)}, audience=Audience.MARKDOWN)
    assert markdown == shown
    assert not {"ordered_list_open", "list_item_open"} & kinds(markdown)


@given(hostile)
def test_the_templates_own_markdown_survives(text: str) -> None:
    """The template's link after a person's text stays a link, and becomes no image."""
    values = {"text": PersonText(text)}
    seen = kinds(
        render_template("好 {{ text }}[查看](https://a.example)", values, audience=Audience.MARKDOWN)
    )
    assert "image" not in seen
    assert "link_open" in seen
