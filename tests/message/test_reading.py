"""From callbacks to messages (language.md section 4, dingtalk-stream.md section 6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.errors import MessageError
from prx_dingtalk_router.message import Message, read_message

FEW = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

Read = Callable[..., Message]
RECEIVED_MS = 1_788_200_001_234

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["1", "2", "text", "richText", "audio", "20001", "true"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["content", "richText", "repliedMsg", "text", "type", "atName", "fileName"])
            | st.text(max_size=5),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    "msgId msgtype conversationId conversationType conversationTitle createAt senderId senderStaffId senderNick "
    "senderCorpId chatbotUserId robotCode isAdmin isInAtList sessionWebhook sessionWebhookExpiredTime text content "
    "quoteMessage errorCode errCode".split()
)


def test_a_private_text_is_read_field_by_field(read: Read) -> None:
    """Every field of the table comes from the key that the table names."""
    message = read()
    assert message.msg_id == "msgPriv01=="
    assert message.robot == "dingexample0001"
    assert message.conversation == "cidPriv01=="
    assert (message.private, message.group, message.kind) == (True, False, "private")
    assert (message.text, message.type) == ("status", "text")
    assert (message.sender, message.sender_id) == ("u1001", "$:LWCP_v1:$u1")
    assert (message.sender_name, message.corp) == ("Lin", "dingcorp01")
    assert (message.mentioned, message.admin, message.external) == (False, False, False)
    assert message.created_at_ms == 1_788_200_000_000
    assert message.notice is None
    assert message.session_webhook_expires_ms == 1_788_205_400_100


def test_a_group_text_has_its_title_and_mention(read: Read) -> None:
    """Conversation type 2 is a group, with a title and the flag that the robot was mentioned."""
    message = read(
        conversationType="2", conversationTitle="运维群", isInAtList=True, text={"content": " 重启 "}
    )
    assert (message.group, message.conversation_title, message.mentioned) == (True, "运维群", True)
    assert message.text == "重启"


@pytest.mark.parametrize(
    ("written", "group"), [("1", False), ("2", True), (1, False), (2, True), (None, False), ("", False)]
)
def test_the_kind_of_conversation_may_be_string_or_number(read: Read, written: object, group: bool) -> None:
    """Both spellings count; a missing one is private."""
    assert read(conversationType=written).group is group


@pytest.mark.parametrize("written", [1_788_200_000_000, "1788200000000", 1_788_200_000_000.0])
def test_the_time_may_be_number_or_string(read: Read, written: object) -> None:
    """``createAt`` is read in either spelling."""
    assert read(createAt=written).created_at_ms == 1_788_200_000_000


@pytest.mark.parametrize("written", [None, "", 0])
def test_a_missing_time_is_that_of_receipt(read: Read, written: object) -> None:
    """Without ``createAt`` the message counts as written when it arrived."""
    assert read(createAt=written).created_at_ms == RECEIVED_MS


@pytest.mark.parametrize("written", ["true", "false", 1, 0, True, False, None, ""])
def test_flags_may_be_strings_numbers_or_absent(read: Read, written: object) -> None:
    """``isAdmin`` and ``isInAtList`` are read in every spelling that clients use."""
    expected = written in ("true", 1, True)
    message = read(isAdmin=written, isInAtList=written)
    assert (message.admin, message.mentioned) == (expected, expected)


def test_a_missing_robot_code_is_the_client_id(read: Read) -> None:
    """The client id stands in for ``robotCode``."""
    assert read(robotCode=None).robot == "dingclient"


def test_a_sender_without_staff_id_is_external(read: Read) -> None:
    """People outside the organisation are told apart by their sender id."""
    message = read(senderStaffId=None)
    assert (message.external, message.sender, message.sender_key) == (True, "", "ext:$:LWCP_v1:$u1")


def test_a_message_without_any_sender_has_no_key(read: Read) -> None:
    """Neither staff ID nor sender id: nobody."""
    assert read(senderStaffId="", senderId=None).sender_key == ""


def test_numeric_ids_are_read_as_text(read: Read) -> None:
    """An id that comes as a number is its digits."""
    assert read(senderStaffId=1001, senderNick=7).sender == "1001"


@pytest.mark.parametrize("missing", [None, "", " \n"])
def test_a_message_needs_its_id(read: Read, missing: object) -> None:
    """Without ``msgId`` nothing can be acknowledged, and the error names the field."""
    with pytest.raises(MessageError, match="msgId"):
        read(msgId=missing)


@pytest.mark.parametrize(
    ("payload", "field", "zh"),
    [
        ({}, "msgId", "缺少这个字段"),
        ({"msgId": " "}, "msgId", "它是空的"),
        ({"msgId": "m", "conversationId": ["c"]}, "conversationId", "它不是文字"),
    ],
)
def test_what_cannot_be_read_is_told_in_the_words_of_the_catalogue(
    payload: dict[str, Any], field: str, zh: str
) -> None:
    """The sentence names the field and what is wrong with it, with no words of a library in it."""
    with pytest.raises(MessageError) as caught:
        read_message(payload, received_ms=RECEIVED_MS)
    assert caught.value.text.render("zh") == f"回调字段 `{field}` 无法识别：{zh}"


@pytest.mark.parametrize("document", [None, 3, "text", [{"msgId": "m"}]])
def test_what_is_no_object_is_refused(document: Any) -> None:
    """Only an object can be a callback."""
    with pytest.raises(MessageError, match="JSON"):
        read_message(document, received_ms=RECEIVED_MS)


def test_unknown_fields_are_no_hindrance(read: Read) -> None:
    """Fields that appear without notice change nothing."""
    assert read(openThreadId="cid", newThing={"a": [1]}) == read()


# ---- notices


@pytest.mark.parametrize("code", [{"errorCode": "20001"}, {"errorCode": 20001}, {"errCode": 20001}])
def test_an_over_quota_notice_is_told_apart(read: Read, code: dict[str, Any]) -> None:
    """Code 20001 without text is a notice, whatever the spelling."""
    assert read(text=None, msgtype=None, **code).notice == "quota"


def test_text_under_the_quota_code_is_a_message(read: Read) -> None:
    """With a text it is an ordinary message."""
    assert read(errorCode="20001").notice is None


def test_the_robots_own_message_is_told_apart(read: Read) -> None:
    """``senderId`` equal to ``chatbotUserId`` is the robot itself."""
    assert read(senderId="$:LWCP_v1:$bot").notice == "own"


def test_two_absent_ids_are_nobodys_own(read: Read) -> None:
    """Both ids missing does not make a message the robot's."""
    assert read(senderId=None, chatbotUserId=None).notice is None


@FEW
@given(st.dictionaries(FIELDS | st.text(max_size=6), JSON, max_size=8), st.text(max_size=5))
def test_any_object_gives_a_message_or_an_error(document: dict[str, Any], robot_name: str) -> None:
    """No JSON object leads to anything but a message or a ``MessageError``."""
    said = ""
    try:
        message = read_message(document, received_ms=RECEIVED_MS, robot_name=robot_name, client_id="c")
        said = message.msg_id
        assert message.created_at.tzinfo is not None
    except MessageError as problem:
        said = str(problem)
    assert said


IDS = frozenset("msgId msgtype conversationId conversationType senderId senderStaffId robotCode".split())


@FEW
@given(FIELDS, JSON)
def test_one_odd_field_costs_the_message_only_if_it_is_an_id(field: str, value: object) -> None:
    """A sound callback with one odd field is read; only an id of a wrong kind is refused, with its name."""
    document: dict[str, Any] = {
        "msgId": "m",
        "msgtype": "text",
        "senderStaffId": "u",
        "createAt": 1,
        field: value,
    }
    refusal = ""
    try:
        read_message(document, received_ms=RECEIVED_MS)
    except MessageError as problem:
        refusal = str(problem)
    assert not refusal or (field in refusal and field in IDS)
    if field in IDS and isinstance(value, (bool, list, dict)):
        assert refusal


def test_the_session_webhook_stays_out_of_the_representation(read: Read) -> None:
    """The webhook is a secret; printing a message does not show it."""
    message = read()
    assert "session=aaaa1111" in message.session_webhook
    assert "aaaa1111" not in repr(message)
