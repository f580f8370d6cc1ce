"""Messages that nobody sent."""

from __future__ import annotations

from prx_dingtalk_router.message.sample_message import SampleMessage, default_time


def test_defaults_are_those_of_the_reference() -> None:
    """A private text of ``test-user`` on Wednesday 2026-01-07 at 10:00 in the zone (language.md section 9)."""
    at = default_time("Asia/Shanghai")
    message = SampleMessage(text="hi", at=at).message()
    assert (message.sender, message.type, message.private) == ("test-user", "text", True)
    assert at.strftime("%Y-%m-%d %H:%M %a") == "2026-01-07 10:00 Wed"
    assert message.created_at == at


def test_somebody_outside_has_an_id_but_no_staff_id() -> None:
    """An external message is not one without any sender."""
    message = SampleMessage(text="hi", at=default_time("UTC"), external=True).message()
    assert (message.external, message.sender_key) == (True, "ext:test-guest")


def test_the_shown_text_is_that_of_a_received_message() -> None:
    """The mention of the robot is cut off, and blanks at the ends are."""
    composed = SampleMessage(text=" @助手 重置 ", at=default_time("UTC"), group=True, title="IT")
    message = composed.message(robot_name="助手", client_id="ding1")
    assert (message.text, message.conversation_title, message.robot) == ("重置", "IT", "ding1")
