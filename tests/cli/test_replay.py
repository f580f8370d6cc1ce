"""``replay``: one decision a line, and a word about each line that is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

KEYS = ["msg_id", "rules", "by", "via", "outcome", "steps", "reason", "match", "shadow"]


def lines(*documents: object) -> str:
    """Documents as JSON lines."""
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in documents)


@pytest.fixture
def recorded(write: Callable[..., Path], callback: Callable[..., dict[str, Any]], sound: Path) -> Path:
    """Three callbacks: for an agent, for ``otherwise``, and without a sender."""
    return write(
        "calls.jsonl",
        lines(
            callback("VPN 坏了", msgId="m1"),
            callback("hi", msgId="m2"),
            callback("x", msgId="m3", senderId="", senderStaffId=""),
        ),
    )


def test_each_line_is_a_decision(invoke: Callable[..., Any], recorded: Path) -> None:
    """``--json`` gives the shape of interfaces.md section 2, key by key, one line a callback."""
    told = invoke("replay", recorded, "--json")
    assert told.code == 0
    agent, greeting, denied = told.documents
    assert [list(each) for each in told.documents] == [KEYS] * 3
    assert agent["rules"].startswith("sha256:")
    assert (agent["msg_id"], agent["by"], agent["outcome"]) == ("m1", "vpn", "agent")
    assert agent["steps"] == [
        {
            "step": "agent",
            "agent": "helpdesk",
            "message": "VPN 坏了",
            "session": "dingtalk::private:cid1",
            "timeout": 600.0,
            "else": [{"step": "reply", "format": "text", "content": "稍后再试", "mention": False}],
        }
    ]
    assert (greeting["by"], greeting["outcome"]) == ("otherwise", "reply")
    assert greeting["steps"][0]["content"] == "您好，王芳"
    assert (denied["by"], denied["outcome"], denied["reason"]) == ("denied", "drop", "denied")


def test_sessions_carry_the_client_id(
    invoke: Callable[..., Any], recorded: Path, configuration: Path
) -> None:
    """Under a configuration the session is the one that PRX would get, and nothing is remarked."""
    told = invoke("replay", recorded, "--json")
    assert told.documents[0]["steps"][0]["session"] == "dingtalk:ding1abc:private:cid1"
    assert told.err == ""


def test_people_get_a_line_each(invoke: Callable[..., Any], recorded: Path) -> None:
    """Without ``--json`` a line says number, rule, outcome and the beginning of the text, on one line."""
    recorded.write_text(
        lines({"msgId": "m", "senderStaffId": "u", "text": {"content": "vpn\n\tbroken " + "很" * 99}}),
        "utf-8",
    )
    told = invoke("replay", recorded)
    number, by, outcome, said = told.out.removesuffix("\n").split("\t")
    assert (number, by, outcome) == ("1", "vpn", "agent helpdesk")
    assert said.startswith("vpn broken 很很")
    assert (len(said), said[-1]) == (40, "…")


def test_a_message_cannot_act_on_the_terminal(
    invoke: Callable[..., Any], recorded: Path, callback: Callable[..., dict[str, Any]]
) -> None:
    """Escape sequences in a recorded text are shown as dots."""
    recorded.write_text(lines(callback("\x1b[31mred\x07")), "utf-8")
    assert invoke("replay", recorded).out == "1\totherwise\treply\t·[31mred·\n"


def test_the_summary_counts(invoke: Callable[..., Any], recorded: Path) -> None:
    """``--summary`` gives rules and counts instead of lines, the most frequent first."""
    recorded.write_text(
        recorded.read_text("utf-8") * 2 + lines({"msgId": "m", "senderStaffId": "u"}), "utf-8"
    )
    told = invoke("replay", recorded, "--summary")
    words = [line.split() for line in told.out.splitlines()]
    head, *rows = [(row[1], row[3]) for row in words if len(row) > 4]
    assert head == ("rule", "count")
    assert rows == [("otherwise", "3"), ("vpn", "2"), ("denied", "2")]


def test_the_summary_is_json_too(
    invoke: Callable[..., Any],
    recorded: Path,
    callback: Callable[..., dict[str, Any]],
    write: Callable[..., Path],
) -> None:
    """With ``--json`` it is one document: who took how many, and the lines that are no callback."""
    write(
        "rules/main.rules", 'rule s shadow when group then drop\nrule vpn when text contains "vpn" then drop'
    )
    more = lines(callback("hi", msgId="m4", conversationType="2"), [])
    recorded.write_text(recorded.read_text("utf-8") + more, "utf-8")
    told = invoke("replay", recorded, "--summary", "--json")
    assert told.code == 1
    (document,) = told.documents
    assert document["counts"] == [
        {"by": None, "reason": "no rule", "count": 2, "share": 0.5, "sample": {"line": 2, "text": "hi"}},
        {"by": "vpn", "reason": None, "count": 1, "share": 0.25, "sample": {"line": 1, "text": "VPN 坏了"}},
        {"by": "denied", "reason": None, "count": 1, "share": 0.25, "sample": {"line": 3, "text": "x"}},
    ]
    assert document["shadow"] == [{"rule": "s", "count": 1}]
    assert [each["line"] for each in document["errors"]] == [5]


def test_broken_json_is_told_in_one_language(invoke: Callable[..., Any], recorded: Path) -> None:
    """Where it goes wrong, without the words of the library that reads it."""
    recorded.write_text("nonsense\n", "utf-8")
    told = invoke("replay", recorded, "--json", "--lang", "zh")
    assert told.documents == [{"line": 1, "error": "这不是 JSON：第 1 列附近有误"}]


BAD = [
    "nonsense",
    "[1]",
    '"text"',
    "null",
    "{}",
    '{"msgId": ""}',
    '{"msgId": ["m"]}',
    '{"msgId": "m", "senderStaffId": {"id": 1}}',
    '{"headers": {}, "data": "nope"}',
    '{"headers": {}, "data": [1]}',
    '{"msgId": ' + "9" * 5000 + "}",
    '{"msgId": "m", "senderCorpId": 1' + "0" * 400 + "}",
    '{"msgId": "m", "createAt": 1e999}',
    '{"msgId": "m", "odd": [NaN]}',
    "[" * 100_000,
    '{"msgId": "m"',
]


@pytest.mark.parametrize("line", BAD, ids=lambda line: line[:24])
def test_a_bad_line_is_told_and_the_rest_goes_on(
    invoke: Callable[..., Any], recorded: Path, line: str
) -> None:
    """A line that is no callback gives its number and a sentence; the others are decided; the end is 1."""
    good = recorded.read_text("utf-8").splitlines()[0]
    recorded.write_text(f"{good}\n{line}\n{good}\n", "utf-8")
    told = invoke("replay", recorded, "--json")
    assert told.code == 1
    first, bad, last = told.documents
    assert first == last
    assert list(bad) == ["line", "error"]
    assert bad["line"] == 2
    assert bad["error"]
    told = invoke("replay", recorded)
    assert (told.code, len(told.out.splitlines())) == (1, 2)
    assert f"line 2: {bad['error']}" in told.err.splitlines()


def test_frames_are_taken_too(
    invoke: Callable[..., Any], write: Callable[..., Path], callback: Callable[..., Any], sound: Path
) -> None:
    """A recorded frame is decided like the callback in it, whether its data is text or an object."""
    inner = callback("vpn", msgId="m1")
    headers = {"topic": "/v1.0/im/bot/messages/get", "messageId": "f1"}
    as_text = {"type": "CALLBACK", "headers": headers, "data": json.dumps(inner)}
    write("calls.jsonl", lines(inner, as_text, {**as_text, "data": inner}))
    plain, *framed = invoke("replay", "calls.jsonl", "--json").documents
    assert framed == [plain, plain]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf{line}\r\n\r\n  \r\n{line}\r\n",
        b"{line}\n\n{line}",
        b"\n\n\t\n{line}\n{line}\n",
        b"  {line}  \n{line}\n",
    ],
    ids=["windows", "no end", "blank lines", "blanks"],
)
def test_line_ends_and_marks_do_not_matter(
    invoke: Callable[..., Any], write: Callable[..., Path], sound: Path, content: bytes
) -> None:
    """A byte order mark, CRLF, blank lines and a missing last line end change nothing."""
    line = b'{"msgId": "m", "senderStaffId": "u"}'
    write("calls.jsonl", content.replace(b"{line}", line))
    told = invoke("replay", "calls.jsonl", "--json")
    assert (told.code, len(told.documents)) == (0, 2)


def test_the_number_of_a_line_counts_blank_ones(
    invoke: Callable[..., Any], write: Callable[..., Path], sound: Path
) -> None:
    """The number of a bad line is the one that an editor shows."""
    write("calls.jsonl", "\n\nnonsense\n")
    assert invoke("replay", "calls.jsonl", "--json").documents[0]["line"] == 3


def test_bytes_that_are_no_text_are_one_bad_line(
    invoke: Callable[..., Any], write: Callable[..., Path], sound: Path
) -> None:
    """A line in another encoding cannot break the rest."""
    write("calls.jsonl", b'\xff\xfe\x00\n{"msgId": "m", "senderStaffId": "u"}\n')
    told = invoke("replay", "calls.jsonl", "--json")
    assert told.code == 1
    assert ["line" in each for each in told.documents] == [True, False]


def test_a_line_in_another_encoding_is_not_guessed_at(
    invoke: Callable[..., Any],
    write: Callable[..., Path],
    sound: Path,
    callback: Callable[..., dict[str, Any]],
) -> None:
    """JSON in GBK is a bad line that says so, not a message of replacement characters that some rule takes."""
    good = lines(callback("代开"))
    gbk = json.dumps(callback("代开"), ensure_ascii=False).encode("gbk")
    write("calls.jsonl", good.encode() + gbk + b"\n" + good.encode())
    first, bad, last = invoke("replay", "calls.jsonl", "--json").documents
    assert first == last
    assert (bad["line"], "UTF-8" in bad["error"]) == (2, True)


def test_standard_input_is_a_file_too(
    execute: Callable[..., Any], sound: Path, callback: Callable[..., dict[str, Any]]
) -> None:
    """``-`` reads callbacks from standard input."""
    told = execute("replay", "-", "--json", stdin=lines(callback("vpn")).encode())
    assert (told.code, told.documents[0]["by"]) == (0, "vpn")


@pytest.mark.parametrize("path", ["gone.jsonl", "."])
def test_a_file_that_cannot_be_read_is_a_misuse(invoke: Callable[..., Any], sound: Path, path: str) -> None:
    """A missing file and a folder end with 2 and a sentence."""
    told = invoke("replay", path)
    assert (told.code, told.out) == (2, "")
    assert f"prx-router: {path} cannot be read: " in told.err


def test_rules_with_errors_decide_nothing(invoke: Callable[..., Any], recorded: Path, faulty: Path) -> None:
    """With errors in the rules nothing is decided: they are told, and the end is 1."""
    told = invoke("replay", recorded)
    assert (told.code, told.out) == (1, "")
    assert "PRX" in told.err
    assert "prx-router validate" in told.err.splitlines()[-1]


def test_the_robot_s_name_is_cut_off(
    invoke: Callable[..., Any], recorded: Path, configuration: Path, callback: Callable[..., dict[str, Any]]
) -> None:
    """The configured name of the robot counts as in the running router."""
    configuration.write_text(
        f'{configuration.read_text("utf-8")}\n[dingtalk]\nrobot_name = "小助手"\n', "utf-8"
    )
    recorded.write_text(lines(callback("@小助手 vpn")), "utf-8")
    assert invoke("replay", recorded, "--json").documents[0]["steps"][0]["message"] == "vpn"


def test_many_lines_keep_their_order(
    invoke: Callable[..., Any],
    write: Callable[..., Path],
    sound: Path,
    callback: Callable[..., dict[str, Any]],
) -> None:
    """Two thousand callbacks come out in their order, none lost, with one fingerprint."""
    write("calls.jsonl", lines(*(callback("vpn" if n % 3 else "hi", msgId=f"m{n}") for n in range(2000))))
    decisions = invoke("replay", "calls.jsonl", "--json").documents
    assert [each["msg_id"] for each in decisions] == [f"m{n}" for n in range(2000)]
    assert len({each["rules"] for each in decisions}) == 1


def test_only_the_agents_that_are_asked_are_shown(
    invoke: Callable[..., Any], recorded: Path, sound: Path
) -> None:
    """The line for people names the agent of the step, not the ones that stand by for it."""
    sound.write_text("otherwise agent first else agent second\n", "utf-8")
    assert invoke("replay", recorded).out.splitlines()[0].split("\t")[1:3] == ["otherwise", "agent first"]
