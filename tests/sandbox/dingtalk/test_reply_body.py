"""Bodies that robots post, judged without a server."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.sandbox.dingtalk.reply_body import links, pictures, read, texts

KINDS = ["text", "markdown", "link", "actionCard", "feedCard", "empty", "file", "image", "voice"]
KEYS = [
    *("content", "title", "text", "messageUrl", "picUrl", "messageURL", "picURL", "singleTitle", "singleURL"),
    *("btns", "actionURL", "links", "mediaId", "at", "atUserIds", "atMobiles", "isAtAll"),
]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", "x", "https://example.com/a", "![p](u)"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(kind=st.sampled_from(KINDS), typed=ANYTHING, at=ANYTHING)
def test_any_body_is_judged(kind: str, typed: object, at: object) -> None:
    """Every body is either whole or has a problem with a code of the document; content checks read all of it."""
    body = {"msgtype": kind, kind: typed, "at": at}
    problem, shown = read(body)
    if problem is not None:
        assert problem[0] in (400105, 401102)
        assert shown is None
    else:
        assert (shown is None) == (kind == "empty")
    for found in (*texts(body), *links(body), *pictures(body)):
        assert isinstance(found, str)


def test_at_most_fifty_people_are_highlighted() -> None:
    """Of more mentions the first fifty count, each once."""
    people = [f"u{number:04}" for number in range(60)]
    text = " ".join(f"@{person}" for person in people)
    _, shown = read({"msgtype": "text", "text": {"content": text}, "at": {"atUserIds": people * 2}})
    assert shown is not None
    assert shown.mentions == tuple(people[:50])


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            {
                "msgtype": "markdown",
                "markdown": {"title": "t", "text": "![a](https://e.cn/1.png) ![](https://e.cn/2.png)"},
            },
            2,
        ),
        (
            {
                "msgtype": "link",
                "link": {"title": "t", "text": "x", "messageUrl": "https://e.cn", "picUrl": "https://e.cn/p"},
            },
            1,
        ),
        (
            {
                "msgtype": "feedCard",
                "feedCard": {
                    "links": [{"title": "t", "messageURL": "https://e.cn", "picURL": "https://e.cn/p"}]
                },
            },
            1,
        ),
        ({"msgtype": "text", "text": {"content": "https://e.cn/no-picture"}}, 0),
    ],
)
def test_pictures_are_found(body: dict[str, Any], found: int) -> None:
    """Pictures of Markdown and of the picture parameters are looked at, other links are not."""
    assert len(list(pictures(body))) == found
