"""What language.md sections 4 and 5 say of conditions, sentence by sentence, and their captures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from prx_dingtalk_router.language.semantics import message_view
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.text.alignment import Alignment

MakeRouter = Callable[..., Router]
MakeMessage = Callable[..., Message]


@pytest.mark.parametrize(
    ("condition", "text", "holds"),
    [
        ('text contains "vpn"', "ＶＰＮ 坏了", True),
        ('text contains "VPN"', "V\u200bPN", True),
        ('text is "重置VPN密码"', " 重置 VPN 密码\n", True),
        ('text is "a b"', "a\u3000\u3000b", True),
        ('text is "ab"', "a b", False),
        ('text contains word "hr"', "找hr谈", True),
        ('text contains word "hr"', "chrome", False),
        ('text contains word "hr"', "chrome hr", True),
        ('text contains word "/new"', "see /new", True),
        ('text starts with word "/new"', "/new topic", True),
        ('text starts with word "/new"', "/newer", False),
        ('text starts with word "重置"', "重置密码", True),
        ("text matches /VPN/", "ｖｐｎ", False),
        ("text matches /VPN/", "ＶＰＮ", True),
        ("text matches /^VPN 坏/", "  VPN  坏了", True),
        ('text contains all ["a", "b"]', "b a", True),
        ('text not contains ["a", "b"]', "b", False),
        ('text not contains ["a", "b"]', "c", True),
        ('text not contains all ["a", "b"]', "a", True),
        ('text contains ["代开发票", "刷单"]', "找我代\u0336开\u0332\u0336发\u0336票\u0336", True),
        ('text is "1"', "1\ufe0f\u20e3", True),
        ('text is "cafe"', "cafe\u0301", False),
        ('text is "café"', "cafe\u0301", True),
        ('text is "か"', "か\u3099", False),
        ("text matches /^が$/", "か\u3099", True),
        ("text is empty", "\u200b\u3000\ufeff", True),
        ("text is not empty", "。", True),
        ("sender is empty", "x", False),
        ('sender is "U1001"', "x", False),
        ('sender contains "100"', "x", True),
    ],
)
def test_the_reference_holds(
    router: MakeRouter, message: MakeMessage, condition: str, text: str, holds: bool
) -> None:
    """Each case is a sentence of section 4 or 5."""
    decided = router(f"rule r when {condition} then drop\notherwise drop").decide(message(text))
    assert (decided.by == "r") is holds


@pytest.mark.parametrize(
    ("condition", "text", "holds"),
    [
        ('text is "停止"', "停止。", True), ('text is "停止"', "停止！？…", True), ('text in ["x", "STOP"]', "Stop .", True),
        ('text is "停止。"', "停止。", True), ('text is "停止。"', "停止", False), ('text is "停止。"', "停止。。", False),
        ('text is not "停止"', "停止。", False), ('text not in ["停止"]', "停止了。", True), ('text is "停止"', "停。止", False),
        ('text is "stop"', "stop . .", False), ('text is "。"', "。", True), ("text is empty", "。", False),
        ('text ends with "停止"', "停止。", False), ("text matches /停止$/", "停止。", False), ('quoted is "停止"', "停止。", False),
        ('type is "audi"', "停止。", False),
    ],
)  # fmt: skip
def test_a_spoken_text_is_the_literal_with_or_without_its_final_marks(
    router: MakeRouter, message: MakeMessage, condition: str, text: str, holds: bool
) -> None:
    """Only the final run, only ``is`` and ``in`` and their negations, only the text of an audio message."""
    routed = router(f"rule r when {condition} then drop\notherwise drop")
    assert (routed.decide(message(text, type="audio", quoted=text)).by == "r") is holds
    typed = router('rule r when text is "停止" then drop\notherwise drop').decide(message("停止。"))
    assert typed.by == "otherwise"


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        ("2026-01-07 08:59", False),
        ("2026-01-07 09:00", True),
        ("2026-01-07 11:59", True),
        ("2026-01-07 12:00", False),
        ("2026-01-10 10:00", False),
    ],
)
def test_hours_are_those_when_the_message_was_written(
    router: MakeRouter, message: MakeMessage, at: str, holds: bool
) -> None:
    """``during`` looks at ``createAt`` in the zone; the end is exclusive."""
    decided = router("rule r when during mon-fri 09:00-12:00 then drop\notherwise drop").decide(
        message(at=at)
    )
    assert (decided.by == "r") is holds


def test_the_zone_of_hours_is_their_own(router: MakeRouter, message: MakeMessage) -> None:
    """Ten in Shanghai is two in the morning in London."""
    text = 'hours h = daily 02:00-03:00 in "Europe/London"\nrule r when during h then drop\notherwise drop'
    assert router(text).decide(message(at="2026-01-07 10:30")).by == "r"


def test_make_up_days_are_workdays(router: MakeRouter, message: MakeMessage) -> None:
    """A Sunday that China works on is a workday, and its National Day a holiday."""
    text = (
        'hours w = workdays calendar "CN"\nhours h = holidays calendar "CN"\n'
        "rule w when during w then drop\nrule h when during h then drop\notherwise drop"
    )
    routed = router(text)
    assert routed.decide(message(at="2025-09-28 10:00")).by == "w"
    assert routed.decide(message(at="2025-10-01 10:00")).by == "h"
    assert routed.decide(message(at="2025-10-19 10:00")).by == "otherwise"


def test_percentages_depend_on_the_rule_that_is_decided(router: MakeRouter, message: MakeMessage) -> None:
    """Inside a named condition too: the same share of two rules holds for different people."""
    text = (
        "condition tenth = 10% of senders\n"
        'rule a when tenth then reply "a" then next\nrule b when tenth then reply "b" then next\notherwise drop'
    )
    routed = router(text)
    via = [routed.decide(message(sender=f"u{n}")).via for n in range(300)]
    for rule in ("a", "b"):
        inside = [n for n in range(300) if rule in via[n]]
        expected = [
            n
            for n in range(300)
            if int.from_bytes(hashlib.sha256(f"{rule}\nu{n}".encode()).digest()[:8], "big") % 10_000 < 1_000
        ]
        assert inside == expected


def test_a_growing_share_keeps_who_was_in(router: MakeRouter, message: MakeMessage) -> None:
    """Sticky: nobody drops out when the percentage grows."""
    inside = []
    for percent in ("5", "20.5", "100"):
        routed = router(f"rule r when {percent}% of senders then drop\notherwise drop")
        inside.append({n for n in range(200) if routed.decide(message(sender=f"u{n}")).by == "r"})
    assert inside[0] < inside[1] < inside[2]
    assert len(inside[2]) == 200


def test_an_external_sender_is_told_by_its_sender_id(router: MakeRouter, message: MakeMessage) -> None:
    """``ext:`` and ``senderId`` stand in."""
    routed = router("rule r when 50% of senders then drop\notherwise drop")
    for n in range(40):
        key = f"r\next:i{n}".encode()
        expected = int.from_bytes(hashlib.sha256(key).digest()[:8], "big") % 10_000 < 5_000
        assert (routed.decide(message(sender="", sender_id=f"i{n}")).by == "r") is expected


@pytest.mark.parametrize(
    ("condition", "text", "captures"),
    [
        (r"text matches /(?P<n>\d+)/", "a 12 b 34", {"n": "12"}),
        (r"text matches /(?P<n>[a-z]+)-(?P<m>\d+)?/", "ops-", {"n": "ops", "m": ""}),
        (r"text matches /x(?P<n>a)/ or text matches /(?P<n>b)/", "b xa", {"n": "a"}),
        (r"text matches /zz(?P<n>a)/ or text matches /(?P<n>b)/", "b xa", {"n": "b"}),
        (r"text matches /b/ or text matches /x(?P<n>a)/", "b xa", {"n": "a"}),
        (r"group or text matches /(?P<n>b)/ or private", "b", {"n": "b"}),
        (r"not text matches /(?P<n>zz)/", "b", {}),
        (r"text not matches /(?P<n>zz)/", "b", {}),
        (r"not (not text matches /(?P<n>b)/)", "b", {}),
        (r"text matches [/zz(?P<n>a)/, /(?P<n>b)/, /(?P<n>c)/]", "c b", {"n": "b"}),
        (r"said and text matches /(?P<m>c)/", "b c", {"n": "b", "m": "c"}),
        (r"text matches /(?P<m>c)/ or said", "b c", {"n": "b", "m": "c"}),
        (r"text matches /密码 (?P<n>\S+)/", "密码\u3000 ＡＢ", {"n": "ＡＢ"}),
        (r"text matches /^ai\s*(?P<n>.+)$/i", "ＡＩ\n看：\n\tx  y\u3000", {"n": "看：\n\tx  y"}),
        (
            r"text matches /(?P<n>.*)/ and quoted matches /(?P<m>.*)/",
            "❤\ufe0f！",
            {"n": "❤\ufe0f！", "m": "Ｑ\n\nＱ"},
        ),
        (r"sender matches /(?P<n>\d+)/", "x", {"n": "1001"}),
    ],
)
def test_captures_come_from_the_first_true_matches_that_has_them(
    router: MakeRouter, message: MakeMessage, condition: str, text: str, captures: dict[str, str]
) -> None:
    """Written order, outside negations, whatever ``and`` and ``or`` decided; what was written there."""
    rules = f"condition said = text matches /(?P<n>b)/\nrule r when {condition} then drop\notherwise drop"
    decided = router(rules).decide(message(text, quoted=" Ｑ\n\nＱ "))
    assert decided.by == "r"
    assert dict(decided.match) == captures


def test_what_was_written_is_looked_up_for_captures_of_rules_that_hold(
    router: MakeRouter, message: MakeMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Aligning a text with its plain form takes longer than deciding: nothing else asks for it."""
    aligned: list[str] = []

    class Counted(Alignment):
        def __init__(self, text: str, plain_form: str) -> None:
            aligned.append(text)
            super().__init__(text, plain_form)

    monkeypatch.setattr(message_view, "Alignment", Counted)
    routed = router(
        "rule a when text matches /(?P<n>Ａ)x/ and group then drop\n"
        "rule b when text matches /x/ and private then drop\n"
        "rule c when text matches /(?P<n>.)(?P<m>.)/ and quoted matches /(?P<o>.)/ then drop\notherwise drop"
    )
    assert (routed.decide(message("Ａx")).by, aligned) == ("b", [])
    assert dict(routed.decide(message("Ａ，", quoted="Ｑ")).match) == {"n": "Ａ", "m": "，", "o": "Ｑ"}
    assert aligned == ["Ａ，", "Ｑ"]


@pytest.mark.parametrize(("pictures", "by"), [(0, "words"), (1, "picture"), (3, "picture")])
def test_a_message_with_pictures_is_pictured(
    router: MakeRouter, message: MakeMessage, pictures: int, by: str
) -> None:
    """However many, with words or without."""
    routed = router(
        "rule picture when pictured then drop\nrule words when not pictured then drop\notherwise drop"
    )
    assert routed.decide(message("看图", pictures=pictures)).by == by
    assert routed.decide(message("", pictures=pictures)).by == by


def test_the_moment_of_a_message_is_aware(message: MakeMessage) -> None:
    """What the tests rely on."""
    moment = datetime(2026, 1, 7, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert message().created_at == moment
