"""Lines of conversations."""

from __future__ import annotations

import json
from dataclasses import replace

from prx_dingtalk_router.sandbox.dingtalk import Button, Line
from prx_dingtalk_router.sandbox.dingtalk.transcript import Transcript

LINE = Line(1, "cid1", "person", "林晓雨", "u1001", "msg1", "text", "hi", buttons=(Button("a", "b"),))


def test_lines_stand_in_their_own_conversation() -> None:
    """Each conversation shows its own lines in order, and a message is found only where it was written."""
    transcript = Transcript()
    other = replace(LINE, conversation_id="cid2", msg_id="msg2")
    for line in (LINE, other, replace(LINE, msg_id="msg3")):
        transcript.add(line)
    assert [line.msg_id for line in transcript.lines("cid1")] == ["msg1", "msg3"]
    assert transcript.lines("cid9") == []
    assert transcript.find("cid2", "msg2") is other
    assert transcript.find("cid1", "msg2") is None


def test_what_is_handed_out_can_be_changed_freely() -> None:
    """The list of lines is the caller's own."""
    transcript = Transcript()
    transcript.add(LINE)
    transcript.lines("cid1").clear()
    assert transcript.lines("cid1") == [LINE]


def test_line_is_plain_json() -> None:
    """A line becomes JSON with its buttons."""
    assert json.loads(json.dumps(LINE.to_json()))["buttons"] == [{"title": "a", "url": "b"}]
