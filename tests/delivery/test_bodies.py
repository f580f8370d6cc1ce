"""The JSON bodies of replies."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.dingtalk.bodies import reply_body


def test_a_mention_needs_text_and_ids():
    """Each staff ID is in the text and in `at`, once, and empty ones are not."""
    body = json.loads(reply_body("text", "好了", ["u1", "", "u1", "u2"]))
    assert body == {"msgtype": "text", "text": {"content": "@u1 @u2 好了"}, "at": {"atUserIds": ["u1", "u2"]}}


def test_a_mention_keeps_a_heading_a_heading():
    """In markdown the mention stands in a paragraph of its own, and not in the title."""
    body = json.loads(reply_body("markdown", "# 完成", ["u1"]))
    assert body["markdown"] == {"title": "完成", "text": "@u1\n\n# 完成"}


@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_nobody_is_called_out_unasked(kind):
    """Without a mention there is no `at` at all, whatever the text says."""
    body = json.loads(reply_body(kind, "@所有人 @all @u9"))
    assert "at" not in body
    assert b"isAtAll" not in reply_body(kind, "x", ["u1"])


@pytest.mark.parametrize("kind", ["text", "markdown"])
@given(content=st.text(st.characters(exclude_categories=["Cs"])))
@example(content='C:\\Data\\new "a"\tb\u2028c {x} %s ${y}\x00')
def test_a_body_says_the_same_words(kind, content):
    """Whatever is in a reply, its body is valid JSON with the same words, and its title is never missing."""
    body = json.loads(reply_body(kind, content).decode("utf-8"))
    assert body[kind]["content" if kind == "text" else "text"] == content
    if kind == "markdown":
        assert body["markdown"]["title"].strip()
