"""What a callback tells of a quoted message besides its words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.message.quoted_ids import QuotedIds, quoted_ids

REPLIED = {
    "msgType": "interactiveCard",
    "msgId": "m0",
    "senderId": "$:LWCP_v1:$bot",
    "createdAt": 1_788_190_000_000,
}
ROBOT = {"chatbotUserId": "$:LWCP_v1:$bot"}


@pytest.mark.parametrize(
    ("payload", "found"),
    [
        ({"text": {"content": "你好"}}, None),
        ({"text": {"content": "repliedMsg"}, "content": "repliedMsg"}, None),
        ({"originalMsgId": " m0 "}, QuotedIds(msg_ids=("m0",))),
        ({"originalMsgId": "m0", "originalProcessQueryKey": "pqk"}, QuotedIds("pqk", ("m0",))),
        ({"originalMsgId": "m1", "text": {"repliedMsg": REPLIED}}, QuotedIds(msg_ids=("m1", "m0"))),
        ({**ROBOT, "text": {"repliedMsg": REPLIED}}, QuotedIds("", ("m0",), 1_788_190_000_000)),
        (
            {**ROBOT, "content": {"repliedMsg": json.dumps(REPLIED)}},
            QuotedIds("", ("m0",), 1_788_190_000_000),
        ),
        ({"content": json.dumps({"repliedMsg": REPLIED})}, QuotedIds(msg_ids=("m0",))),
        ({"quoteMessage": {"msgId": "m0", "msgtype": "text"}}, QuotedIds(msg_ids=("m0",))),
        ({**ROBOT, "text": {"repliedMsg": {**REPLIED, "createdAt": "x"}}}, QuotedIds(msg_ids=("m0",))),
        ({"originalMsgId": 5, "originalProcessQueryKey": None, "text": {"repliedMsg": []}}, None),
    ],
)
def test_ids_are_read_wherever_they_are(payload: dict[str, Any], found: QuotedIds | None) -> None:
    """Beside the message, in its text or content, also as JSON in a string; what is none is left alone."""
    assert quoted_ids(payload) == found


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("repliedMsg"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["repliedMsg", "msgId", "senderId", "createdAt"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "originalMsgId",
                "originalProcessQueryKey",
                "text",
                "content",
                "repliedMsg",
                "quoteMessage",
                "chatbotUserId",
            ]
        ),
        JSON,
    )
)
def test_any_callback_gives_ids_or_none(payload: dict[str, Any]) -> None:
    """Whatever a peer sends, reading it never fails."""
    found = quoted_ids(payload)
    assert found is None or found.process_query_key or found.msg_ids or found.own_at_ms
