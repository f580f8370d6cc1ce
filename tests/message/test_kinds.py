"""What is made of fields that are of no kind that means anything (dingtalk-stream.md section 10, rule 5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.errors import MessageError
from prx_dingtalk_router.message import Message

Read = Callable[..., Message]
RECEIVED_MS = 1_788_200_001_234


@pytest.mark.parametrize(
    "field", "msgId senderStaffId senderId conversationId robotCode conversationType msgtype".split()
)
@pytest.mark.parametrize("value", [["SEEN"], {"SEEN": "SEEN"}, True, False, float("inf"), float("nan")])
def test_an_id_of_a_wrong_kind_is_named(read: Read, field: str, value: object) -> None:
    """Ids stand for who may do what, so one that means nothing is refused by name, and what it held is not told."""
    with pytest.raises(MessageError, match=f"`{field}`") as caught:
        read(**{field: value})
    assert "SEEN" not in str(caught.value)


ODD: list[Any] = [
    [1],
    {"a": 1},
    "perhaps",
    "",
    -1,
    1.5,
    7,
    True,
    False,
    None,
    float("inf"),
    float("nan"),
    1e18,
]


@pytest.mark.parametrize(
    "value", [odd for odd in ODD if odd not in (1.5, 7)] + ["-5", "1e3", "１２３", "9" * 30]
)
def test_a_time_that_means_nothing_is_that_of_receipt(read: Read, value: Any) -> None:
    """A ``createAt`` that is no time does not cost the message, and an end of the webhook that is none is unknown."""
    message = read(createAt=value, sessionWebhookExpiredTime=value)
    assert (message.created_at_ms, message.session_webhook_expires_ms) == (RECEIVED_MS, 0)


@pytest.mark.parametrize(
    "written", [1_788_200_000_000.4, 1_788_199_999_999.6, "1788199999999.6", " 1788200000000\n"]
)
def test_a_time_with_a_fraction_is_rounded(read: Read, written: object) -> None:
    """Fractions of a millisecond and blanks around the digits do no harm."""
    message = read(createAt=written, sessionWebhookExpiredTime=written)
    assert (message.created_at_ms, message.session_webhook_expires_ms) == (1_788_200_000_000,) * 2


@pytest.mark.parametrize("value", [odd for odd in ODD if not isinstance(odd, str)])
def test_words_of_a_wrong_kind_are_empty(read: Read, value: Any) -> None:
    """Title, nickname and webhook are text or nothing."""
    message = read(conversationType="2", conversationTitle=value, senderNick=value, sessionWebhook=value)
    assert (message.conversation_title, message.sender_name, message.session_webhook) == ("", "", "")
    assert message.text == "status"


@pytest.mark.parametrize(
    "value", [[1], 5, True, 1.5, ["status"], {"content": 5}, {"content": ["x"]}, None, ""]
)
def test_a_body_of_a_wrong_kind_is_empty(read: Read, value: Any) -> None:
    """``text`` and ``content`` that hold no words give a message without text."""
    for fields in ({"text": value}, {"text": None, "content": value}, {"msgtype": "file", "content": value}):
        message = read(**fields)
        assert (message.text, message.file_name, message.notice) == ("", "", None)


@pytest.mark.parametrize("value", ["perhaps", "2", 7, -1, 1.5, [True], {"true": True}, float("nan")])
def test_a_flag_that_means_nothing_is_false(read: Read, value: Any) -> None:
    """Nobody becomes an administrator by an oddity, and no message is lost by one."""
    message = read(isAdmin=value, isInAtList=value)
    assert (message.admin, message.mentioned) == (False, False)


@pytest.mark.parametrize("value", [[1], {"a": 1}, True])
def test_ids_that_nothing_stands_on_may_be_odd(read: Read, value: Any) -> None:
    """Organisation, the robot's own id and error codes of a wrong kind are as if absent."""
    message = read(senderCorpId=value, chatbotUserId=value, errorCode=value, errCode=value)
    assert (message.corp, message.notice, message.text) == ("", None, "status")


@pytest.mark.parametrize(
    ("written", "conversation"),
    [(" cid==\r\n", "cid=="), ("\u3000cid==\t", "cid=="), (" \n", ""), ("", ""), (None, ""), (7, "7")],
)
def test_a_conversation_id_has_no_blanks_around_it(read: Read, written: object, conversation: str) -> None:
    """Blanks and line breaks at the ends are no part of the id; a blank id is a missing one."""
    assert read(conversationId=written).conversation == conversation


def test_half_a_surrogate_pair_is_replaced(read: Read) -> None:
    """Half a character in any text leaves a message that can be stored."""
    half = "a\ud83d"
    fields = dict.fromkeys(("msgId", "senderStaffId", "senderNick", "senderCorpId"), half)
    message = read(**fields, text={"content": half, "repliedMsg": {"content": half}})
    assert {message.msg_id, message.sender, message.sender_name, message.corp, message.text} == {"a\ufffd"}
    assert message.quoted == "a\ufffd"


@pytest.mark.parametrize("nested", ["[" * 100_000, '{"a":' * 100_000])
def test_a_body_nested_too_deep_is_words(read: Read, nested: str) -> None:
    """A string that only looks like JSON is the text itself."""
    assert read(text=None, content=nested).text == nested
