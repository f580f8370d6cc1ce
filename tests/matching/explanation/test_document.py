"""An explanation as JSON: what scripts and the chat page get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.matching import Router, explain, explanation_json, in_both, why_not
from prx_dingtalk_router.message import Message

RULES = """
list it = ["u1", "ops-007"]
rule spam "ads" when text contains ["广告", "代开"] then drop "ads"
rule warn when text matches /(?P<n>\\d{3})/ then reply markdown "n={{ match.n }}" mention at most 1 per 10m per sender then next
rule trial shadow when text contains "vpn" then agent next-bot
rule canary when text contains "vpn" and 10% of senders then agent new
rule vpn when text contains "VPN" and not sender in it
  then agent helpdesk timeout 2m while busy reply "稍等" else reply "稍后"
rule later when text contains "坏了" then drop
rule other when text contains "坏了" and private then drop
otherwise drop
"""


def test_everything_is_there_as_data(
    router: Callable[..., Router], message: Callable[..., Message], snapshot: SnapshotAssertion
) -> None:
    """The decision as everywhere, each rule with its parts, hits and sentences, what nearly took it and what to change."""
    explanation = explain(router(RULES), message("ＶＰＮ 坏了 123", group=True, mentioned=True))
    document = explanation_json(explanation, why_not(explanation, "other"))
    for entry in (*document["trace"], *document["explanation"]["near"], *document["explanation"]["later"]):
        entry["file"] = "main.rules"
    document["rules"] = "sha256:…"
    assert document == snapshot


def test_the_page_gets_sentences_in_both_languages(
    router: Callable[..., Router], message: Callable[..., Message]
) -> None:
    """Each sentence by language, whatever the language of the process is; the data is the same."""
    explanation = explain(router(RULES), message("广告 123"))
    use_language("zh")
    try:
        one, both = explanation_json(explanation), explanation_json(explanation, say=in_both)
    finally:
        use_language("en")
    assert both["explanation"]["headline"] == {"zh": "规则 spam 接走了它", "en": "rule spam takes it"}
    assert in_chinese(both) == one


def in_chinese(document: Any) -> Any:
    """A document with sentences in both languages as one in Chinese."""
    match document:
        case {"zh": said, "en": _}:
            return said
        case dict():
            return {key: in_chinese(value) for key, value in document.items()}
        case list():
            return [in_chinese(each) for each in document]
        case _:
            return document


def test_of_many_misses_the_last_are_sent(
    router: Callable[..., Router], message: Callable[..., Message]
) -> None:
    """Those that hold and those that nearly did are there wherever they are; how many were asked is told."""
    rules = "".join(f'rule r{n} when text contains "词{n}号" then drop\n' for n in range(30))
    first = (
        'rule first when text contains "vpn" and group then drop\nrule tried shadow when always then drop\n'
    )
    explanation = explain(router(f"{first}{rules}otherwise drop"), message("vpn"))
    document = explanation_json(explanation, most=4)
    assert [each["rule"] for each in document["trace"]] == ["first", "tried", "r26", "r27", "r28", "r29"]
    assert document["explanation"]["asked"] == 32
