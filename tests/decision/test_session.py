"""The names of sessions (interfaces.md section 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.matching import session_name
from prx_dingtalk_router.message import Message

MakeMessage = Callable[..., Message]


@pytest.mark.parametrize(
    ("scope", "fields", "name"),
    [
        ("conversation", {}, "dingtalk:ding1abc:private:cidPriv=="),
        ("sender", {}, "dingtalk:ding1abc:private:cidPriv==:u1001"),
        ("sender", {"group": True, "conversation": "cidGroup=="}, "dingtalk:ding1abc:group:cidGroup==:u1001"),
        ("sender", {"sender": ""}, "dingtalk:ding1abc:private:cidPriv==:ext:$:LWCP_v1:$u1"),
        ("message", {}, "dingtalk:ding1abc:private:cidPriv==:msgAbC=="),
    ],
)
def test_a_session_is_named_by_what_it_holds(
    message: MakeMessage, scope: str, fields: dict[str, object], name: str
) -> None:
    """Client id, kind, conversation, and the sender or message where they part sessions."""
    assert session_name("ding1abc", message(**fields), scope) == name  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields", [{"sender": "u1"}, {"sender": "", "sender_id": "i1"}, {"sender": "u1", "group": True}]
)
def test_without_a_conversation_strangers_share_no_session(
    message: MakeMessage, fields: dict[str, object]
) -> None:
    """The sender stands in, in every scope: nobody reads on in what another said."""
    other = {**fields, "sender": "u2"} if fields["sender"] else {**fields, "sender_id": "i2"}
    for scope in ("conversation", "sender"):
        names = {session_name("c", message(conversation="", **each), scope) for each in (fields, other)}  # type: ignore[arg-type]
        assert len(names) == 2
    assert session_name("c", message(conversation="", sender="u1"), "conversation") == "dingtalk:c:private:u1"


def test_each_forget_starts_another_session(message: MakeMessage) -> None:
    """``:g<n>`` after the n-th."""
    assert session_name("c", message(), "conversation", 2) == "dingtalk:c:private:cidPriv==:g2"


def test_without_a_client_id_the_robot_stands_in(message: MakeMessage) -> None:
    """As in commands without a configuration."""
    assert session_name("", message(robot="dingbot"), "conversation") == "dingtalk:dingbot:private:cidPriv=="
