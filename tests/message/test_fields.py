"""The one table of fields (language.md section 4)."""

from __future__ import annotations

from prx_dingtalk_router.message import FIELDS, Message

FULL = Message(
    msg_id="m",
    robot="r",
    conversation="c",
    group=True,
    text="t",
    quoted="q",
    sender="s",
    sender_id="i",
    sender_name="n",
    conversation_title="ct",
    file_name="f",
    corp="co",
    type="file",
    pictures=2,
    mentioned=True,
    admin=True,
)


def test_the_table_is_that_of_the_reference() -> None:
    """Names and kinds are those of section 4."""
    assert {name: field.kind for name, field in FIELDS.items()} == {
        **dict.fromkeys(["text", "quoted", "sender.name", "conversation.title", "file.name"], "text"),
        **dict.fromkeys(["sender", "conversation", "robot", "corp", "type"], "id"),
        **dict.fromkeys(["private", "group", "pictured", "mentioned", "admin", "external"], "flag"),
    }


def test_each_field_reads_its_own_value() -> None:
    """No two fields are mixed up."""
    strings = {name: field.string(FULL) for name, field in FIELDS.items() if field.kind != "flag"}
    assert strings == {
        "text": "t",
        "quoted": "q",
        "sender.name": "n",
        "conversation.title": "ct",
        "file.name": "f",
        "sender": "s",
        "conversation": "c",
        "robot": "r",
        "corp": "co",
        "type": "file",
    }


def test_flags_follow_the_message() -> None:
    """``private`` is the opposite of ``group``, ``external`` means an empty sender."""
    set_flags = {name for name, field in FIELDS.items() if field.kind == "flag" and field.flag(FULL)}
    assert set_flags == {"group", "pictured", "mentioned", "admin"}
    outsider = Message(msg_id="m", robot="r", conversation="c", group=False, sender_id="i")
    assert {name for name, field in FIELDS.items() if field.kind == "flag" and field.flag(outsider)} == {
        "private",
        "external",
    }
