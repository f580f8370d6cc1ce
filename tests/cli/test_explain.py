"""``explain``: which rule takes a message, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

EXPLAINED = """language 1
list it = ["u1", "ops-007"]
list ads = ["代开发票", "刷单兼职", "广告"]
condition urgent = text contains ["紧急", "故障"] and group
hours office = mon-fri 09:00-18:00 in "Asia/Shanghai"
rule spam "no ads" when text contains ads then drop "ads"
rule warn when text matches /(?P<n>\\d{3})/ then reply "n={{ match.n }}" then next
rule trial shadow when text contains "vpn" then agent next-bot
rule fault when urgent then reply "收到" mention then agent oncall while busy merge
rule canary when text contains "vpn" and 10% of senders then agent new-bot
rule account when text contains "账号" then agent accounts
rule vpn "VPN trouble" when text contains ["VPN", "内网"] and not sender in it
  then reply markdown \"\"\"
    **{{ sender.name }}**，
    已收到
    \"\"\" at most 1 per 10m per sender
  then agent helpdesk timeout 2m session per sender while busy reply "还在处理" progress reaction
  else reply "稍后"
rule after-hours when text contains "坏了" and not during office then reply "下班了"
rule broken when text contains "坏了" then drop
otherwise reply "您好，{{ sender.name }}"
"""
AGENTS = ("helpdesk", "next-bot", "oncall", "new-bot", "accounts")
SAID = ("ＶＰＮ 坏了 123 帐号", "--from", "u2", "--named", "小林", "--at", "2026-01-07 10:00")


@pytest.fixture
def explained(write: Callable[..., Path]) -> Path:
    """A set with something of everything."""
    return write("rules/main.rules", EXPLAINED)


@pytest.mark.usefixtures("explained")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_decision_is_explained_in_the_words_of_its_reader(
    invoke: Callable[..., Any], language: str, snapshot: SnapshotAssertion
) -> None:
    """The message as it was read, the taker and why, its steps with their options, what nearly took it, and the others."""
    told = invoke("explain", *SAID, "--lang", language)
    assert (told.code, told.out) == (0, snapshot)


ASKED = ("spam", "warn", "trial", "fault", "canary", "account", "vpn", "after-hours", "otherwise", "denied")


@pytest.mark.usefixtures("explained")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_rule_can_be_asked_about(
    invoke: Callable[..., Any], language: str, snapshot: SnapshotAssertion
) -> None:
    """Whatever came of it: an earlier rule took the message, these parts failed, it is only tried out, and what to change."""
    told = {rule: invoke("explain", *SAID, "--why-not", rule, "--lang", language).out for rule in ASKED}
    begins = {"zh": "\n规则 {} 呢", "en": "\nwhat about {}?"}[language]
    assert {rule: out[out.index(begins.format(rule)) :] for rule, out in told.items()} == snapshot


@pytest.mark.usefixtures("explained")
def test_a_rule_that_there_is_not_is_told(invoke: Callable[..., Any]) -> None:
    """With the name that was meant, where one is near."""
    told = invoke("explain", "hi", "--why-not", "acount", "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert "there is no rule `acount`; did you mean `account`?" in told.err
    assert "did you mean" not in invoke("explain", "hi", "--why-not", "zzz", "--lang", "en").err


@pytest.mark.usefixtures("explained")
def test_a_long_message_is_cut(invoke: Callable[..., Any]) -> None:
    """What is shown of a message fits on a screen, wherever in it the words are that hit."""
    told = invoke("explain", "长" * 3000 + "vpn", "--from", "u9", "--lang", "zh").out
    assert "规则 vpn 接走了它" in told
    assert "长" * 600 + "…" in told.splitlines()[0]
    assert len(told.splitlines()[1]) < 650


def test_of_many_rules_the_misses_are_counted(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """A thousand rules that say nothing of the message take one line; ``--all`` lists each."""
    rules = "".join(f'rule r{n} when text contains "词{n}号" then drop\n' for n in range(1000))
    write("rules/main.rules", f'{rules}rule taker when text contains "vpn" then drop\notherwise drop')
    told = invoke("explain", "vpn", "--lang", "en")
    assert len(told.out.splitlines()) < 15
    assert "1000 rules: r0, r1, r2, r3, r4 …" in told.out
    assert told.out.index("rule taker takes it") < told.out.index("1000 rules")
    everything = invoke("explain", "vpn", "--lang", "en", "--all").out
    assert "✗ r999: the text “vpn” does not contain “词999号”" in everything


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
    assert document["steps"][-1]["session"] == "dingtalk:test-robot:group:test-group:test-user"
    assert [each["verdict"] for each in document["trace"]] == [
        "missed",
        "missed",
        "would-take",
        "missed",
        "missed",
        "missed",
        "took",
    ]


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
        + "".join(f'[agents.{name}]\nurl = "http://127.0.0.1:1"\n' for name in AGENTS),
    )
    told = invoke("explain", "vpn", "--from", "u2", "--config", config, "--lang", "en", "--no-color")
    assert "allowed_users does not have u2" in told.out
    assert "the sender is not admitted, so no rule is asked" in told.out
    assert "→ add u2 to allowed_users in the configuration" in told.out
    assert "spam" not in told.out
    asked = invoke("explain", "vpn", "--from", "u2", "--config", config, "--why-not", "spam", "--lang", "en")
    assert "rule spam was not asked" in asked.out
    admitted = invoke("explain", "vpn", "--from", "u9", "--config", config, "--lang", "en")
    assert "allowed_users has u9" in admitted.out


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
rule unheard when group and not mentioned then reply "没有 @"
rule guest   when external then reply "来宾 {{ sender.name }}"
rule boss    when admin then reply "主任"
rule photo   when pictured then reply "{{ type }} {{ pictures }}"
rule voice   when type is "audio" then reply "语音"
rule answer when quoted is not empty then reply "{{ quoted }}"
rule room    when conversation is "cid9" then reply "会话 {{ conversation.id }}"
rule resume  when file.name contains "简历" then reply "{{ type }} {{ file.name }}"
rule late    when text is "几点" and not during office then reply "下班了"
otherwise reply "其他"
"""


@pytest.mark.parametrize(
    ("arguments", "by", "content"),
    [
        (["hi"], "otherwise", "其他"),
        (["hi", "--group", "--title", "服务台"], "grouped", "群里"),
        (["hi", "--title", "服务台"], "grouped", "群里"),
        (["hi", "--group", "--not-mentioned"], "unheard", "没有 @"),
        (["hi", "--mentioned"], "otherwise", "其他"),
        (["hi", "--external", "--named", "马可"], "guest", "来宾 马可"),
        (["hi", "--admin"], "boss", "主任"),
        (["", "--type", "audio"], "voice", "语音"),
        (["hi", "--quoting", "引用的话"], "answer", "引用的话"),
        (["hi", "--conversation", "cid9"], "room", "会话 cid9"),
        (["--file", "简历.pdf"], "resume", "file 简历.pdf"),
        (["--pictured"], "photo", "picture 1"),
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
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("txt", "did you mean `text`?"),
        ("zzz", "known ones: text, richText, picture"),
        ("TEXT", "did you mean `text`?"),
    ],
)
def test_a_type_that_no_message_has_is_refused(invoke: Callable[..., Any], given: str, sentence: str) -> None:
    """With the one that was meant, and those that are known."""
    told = invoke("explain", "hi", "--type", given, "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert f"no message has the type `{given}`" in told.err
    assert sentence in told.err


def test_a_type_that_a_rule_names_is_taken(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """DingTalk may have more types than are known here."""
    write("rules/main.rules", 'rule new when type is "hologram" then reply "新" otherwise reply "旧"')
    assert invoke("explain", "", "--type", "hologram", "--json").documents[0]["by"] == "new"


@pytest.mark.usefixtures("explained")
def test_a_text_beside_a_file_is_a_misuse(
    invoke: Callable[..., Any], write: Callable[..., Path], callback: Callable[..., dict[str, Any]]
) -> None:
    """The file holds the whole message: a text beside it would be passed over, so it is refused."""
    file = write("one.json", json.dumps(callback("vpn")))
    told = invoke("explain", "hello", "--message", file, "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert "either a text or --message" in told.err
    told = invoke("explain", "--message", file, "--from", "u2", "--lang", "en")
    assert (told.code, told.out) == (2, "")
