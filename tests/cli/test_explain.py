"""``explain``: which rule takes a message, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXPLAINED = """language 1
list it = ["u1"]
rule spam when text contains "广告" then drop "ads"
rule warn when text matches /(?P<n>\\d{3})/ then reply "n={{ match.n }}" then next
rule trial shadow when always then agent next-bot
rule vpn when text contains "vpn" and not sender in it then agent helpdesk else reply "稍后"
otherwise reply "您好，{{ sender.name }}"
"""


@pytest.fixture
def explained(write: Callable[..., Path]) -> Path:
    """A set with something of everything."""
    return write("rules/main.rules", EXPLAINED)


@pytest.mark.usefixtures("explained")
def test_each_rule_is_told_with_what_it_saw(invoke: Callable[..., Any]) -> None:
    """Earlier rules with each condition's value and what it looked at, the taker, and the rendered steps."""
    told = invoke(
        "explain", "ＶＰＮ 坏了 123", "--from", "u2", "--named", "小林", "--lang", "en", "--no-color"
    )
    assert told.code == 0
    assert "✗ spam: the text “vpn坏了123” does not contain “广告”" in told.out
    assert "rule trial, which is only tried out (`shadow`), would take it too" in told.out
    assert "because the text contains “vpn”, and the sender is “u2”, not in the list it" in told.out
    assert "rule warn passes it on" in told.out
    assert "1. reply: n=123" in told.out
    assert "2. ask the agent helpdesk, which is told: ＶＰＮ 坏了 123" in told.out
    assert "otherwise: reply: 稍后" in told.out


@pytest.mark.usefixtures("explained")
def test_the_way_through_next_is_told(invoke: Callable[..., Any]) -> None:
    """A message that rules pass on and nobody takes says which, and that ``otherwise`` follows."""
    told = invoke("explain", "123", "--lang", "en", "--no-color")
    assert "rule warn passes it on" in told.out
    assert "no rule takes it, so `otherwise` does" in told.out


@pytest.mark.usefixtures("explained")
def test_json_is_the_decision_with_a_trace(invoke: Callable[..., Any]) -> None:
    """The keys of a decision, and ``trace`` besides."""
    document = invoke("explain", "vpn", "--json", "--group", "--title", "IT").documents[0]
    assert (document["by"], document["shadow"]) == ("vpn", ["trial"])
    assert document["steps"][0]["session"] == "dingtalk:test-robot:group:test-group:test-user"
    assert [each["rule"] for each in document["trace"]] == ["spam", "warn", "trial", "vpn"]


@pytest.mark.usefixtures("explained")
def test_a_recorded_callback_can_be_explained(
    invoke: Callable[..., Any], write: Callable[..., Path], callback: Callable[..., dict[str, Any]]
) -> None:
    """``--message`` takes a bot callback; one that is none is an error that names the file."""
    file = write("message.json", json.dumps(callback("vpn")))
    assert invoke("explain", "--message", file, "--json").documents[0]["by"] == "vpn"
    told = invoke("explain", "--message", write("broken.json", "{"), "--lang", "en")
    assert told.code == 2
    assert "broken.json is not JSON" in told.err


@pytest.mark.usefixtures("explained")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [([], "say what the message is"), (["hi", "--at", "tomorrow"], "`tomorrow` is no time")],
)
def test_wrong_use_is_told(invoke: Callable[..., Any], arguments: list[str], sentence: str) -> None:
    """Without a message, or with a time that is none: exit 2 and what to write."""
    told = invoke("explain", *arguments, "--lang", "en")
    assert told.code == 2
    assert sentence in told.err


def test_a_refused_sender_is_told(
    invoke: Callable[..., Any], write: Callable[..., Path], explained: Path
) -> None:
    """Under a configuration whose ``allowed_users`` does not admit the sender no rule is asked."""
    config = write(
        "prx-router.toml",
        '[channels_config.dingtalk]\nclient_id = "ding1"\nclient_secret = "s"\nallowed_users = ["u9"]\n'
        '[agents.helpdesk]\nurl = "http://127.0.0.1:1"\n[agents.next-bot]\nurl = "http://127.0.0.1:2"\n',
    )
    told = invoke("explain", "vpn", "--from", "u2", "--config", config, "--lang", "en", "--no-color")
    assert "allowed_users does not have u2" in told.out
    assert "the sender is not admitted, so no rule is asked" in told.out
    assert "spam" not in told.out


@pytest.mark.usefixtures("explained")
def test_a_message_without_a_sender_is_not_blamed_on_the_list(
    invoke: Callable[..., Any], write: Callable[..., Path], callback: Callable[..., dict[str, Any]]
) -> None:
    """Nobody is admitted without an ID, whoever ``allowed_users`` names."""
    file = write("one.json", json.dumps(callback("vpn", senderId="", senderStaffId="")))
    told = invoke("explain", "--message", file, "--lang", "en", "--no-color")
    assert "the message has no sender ID" in told.out
    assert "allowed_users" not in told.out


OPTIONS = """
hours office = mon-fri 09:00-18:00 in "Asia/Shanghai"
rule grouped when group and conversation.title is "服务台" and mentioned then reply "群里"
rule guest   when external then reply "来宾 {{ sender.name }}"
rule boss    when admin then reply "主任"
rule photo   when pictured then reply "{{ type }} {{ pictures }}"
rule voice   when type is "audio" then reply "语音"
rule late    when text is "几点" and not during office then reply "下班了"
otherwise reply "其他"
"""


@pytest.mark.parametrize(
    ("arguments", "by", "content"),
    [
        (["hi"], "otherwise", "其他"),
        (["hi", "--group", "--title", "服务台"], "grouped", "群里"),
        (["hi", "--title", "服务台"], "grouped", "群里"),
        (["hi", "--external", "--named", "马可"], "guest", "来宾 马可"),
        (["hi", "--admin"], "boss", "主任"),
        (["", "--type", "audio"], "voice", "语音"),
        (["看图", "--pictured"], "photo", "richText 1"),
        (["", "--pictured"], "photo", "picture 1"),
        (["几点", "--at", "2026-01-07 20:00"], "late", "下班了"),
        (["几点", "--at", "2026-01-07 10:00"], "otherwise", "其他"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_every_option_is_part_of_the_message(
    invoke: Callable[..., Any], write: Callable[..., Path], arguments: list[str], by: str, content: str
) -> None:
    """The message is as the options say, and the reply is rendered."""
    write("rules/main.rules", OPTIONS)
    (document,) = invoke("explain", *arguments, "--json").documents
    assert (document["by"], document["steps"][0]["content"]) == (by, content)


@pytest.mark.usefixtures("explained")
def test_a_decision_is_that_of_replay(
    invoke: Callable[..., Any], write: Callable[..., Path], callback: Callable[..., dict[str, Any]]
) -> None:
    """Without what explains it, ``explain --json`` is what ``replay --json`` says of the same callback."""
    line = json.dumps(callback("vpn 123"))
    write("one.json", line)
    write("one.jsonl", line)
    (explained,) = invoke("explain", "--message", "one.json", "--json").documents
    assert explained.pop("trace")
    assert explained.pop("explanation")
    assert [explained] == invoke("replay", "one.jsonl", "--json").documents


@pytest.mark.usefixtures("explained")
def test_a_message_cannot_act_on_the_terminal(
    on_terminal: Callable[..., Any], write: Callable[..., Path], callback: Callable[..., dict[str, Any]]
) -> None:
    """Escape sequences in a recorded message are shown as dots, while the command's own styles stay."""
    write("one.json", json.dumps(callback("hi \x1b[5mblink", senderNick="\x1b]0;title\x07")))
    told = on_terminal("explain", "--message", "one.json")
    assert "hi ·[5mblink" in told.out
    assert "\x1b[5m" not in told.out
    assert "\x1b]0;" not in told.out
    assert "\x1b[1" in told.out


@pytest.mark.usefixtures("explained")
def test_a_text_beside_a_file_is_a_misuse(
    invoke: Callable[..., Any], write: Callable[..., Path], callback: Callable[..., dict[str, Any]]
) -> None:
    """The file holds the whole message: a text beside it would be passed over, so it is refused."""
    file = write("one.json", json.dumps(callback("vpn")))
    told = invoke("explain", "hello", "--message", file, "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert "either a text or --message" in told.err
