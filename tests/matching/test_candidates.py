"""The index names the rules that may hold, and hardly any other."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.matching.candidates import CandidateIndex
from prx_dingtalk_router.message import Message

MakeRouter = Callable[..., Router]
MakeMessage = Callable[..., Message]


@pytest.mark.parametrize(
    ("condition", "named", "others"),
    [
        ('text contains "vpn"', {"text": "ＶＰＮ"}, [{"text": "vp n"}]),
        ('text contains ["a1", "重置 b"]', {"text": "重置B"}, [{"text": "重置"}]),
        ('text contains all ["x", "vpnx"]', {"text": "vpnx"}, [{"text": "x"}]),
        ('text is "停止"', {"text": "停止"}, [{"text": "停止。"}]),
        ('text is "停止"', {"text": "停止。", "type": "audio"}, [{"text": "请停止", "type": "audio"}]),
        ('sender is in ["u7", "u8"]', {"sender": "u8"}, [{"sender": "U8"}]),
        ("text matches /OPS-\\d+/", {"text": "ops-1"}, [{"text": "ops 1"}]),
        ("text matches /[A-Z]{2}\\d/", {"text": "AB1"}, [{"text": "ab1"}, {"text": "AB"}]),
        ('sender matches /^X\\d/ or quoted contains "zz"', {"quoted": "ZZ"}, [{"quoted": "z"}]),
        ("group and admin", {"group": True, "admin": True}, [{"group": True}, {"admin": True}]),
        ("private and not (admin or mentioned)", {}, [{"admin": True}, {"mentioned": True}, {"group": True}]),
        ("(admin or mentioned) and external", {"sender": "", "admin": True}, [{"admin": True}, {"sender": ""}]),
        ("text is empty and not pictured", {"text": "\u200b"}, [{"text": "", "pictures": 1}, {"text": "x"}]),
        ('group and text contains "vpn"', {"text": "vpn", "group": False}, [{"text": "x", "group": True}]),
        ('not (not text contains "vpn" or private)', {"text": "vpn", "group": True}, [{"text": "x"}]),
    ],
)  # fmt: skip
def test_a_rule_is_named_where_its_witness_is_found(
    router: MakeRouter,
    message: MakeMessage,
    condition: str,
    named: dict[str, object],
    others: list[dict[str, object]],
) -> None:
    """By what it says, who sends it, or how its flags are set."""
    index = CandidateIndex(router(f"rule a when {condition} then drop\notherwise drop").rules.rules)
    assert list(index.candidates(MessageView(message(**{"text": "x", **named})))) == [0]
    for other in others:
        assert list(index.candidates(MessageView(message(**{"text": "x", **other})))) == []


def test_candidates_are_in_order_and_each_is_there_once(router: MakeRouter, message: MakeMessage) -> None:
    """Those that a literal names among those that every message may fulfil, few or many."""
    lines = [f'rule n{number} when not text contains "{number}x" then drop' for number in range(30)]
    lines.insert(7, 'rule both when text contains "vpn" or admin then drop')
    lines.append('rule last when text contains ["vpn", "v", "pn"] then drop')
    index = CandidateIndex(router("\n".join([*lines, "otherwise drop"])).rules.rules)
    assert list(index.candidates(MessageView(message("vpn", admin=True)))) == list(range(32))
    assert list(index.candidates(MessageView(message("x")))) == [n for n in range(31) if n != 7]


def test_the_index_is_the_same_after_a_journey(router: MakeRouter, message: MakeMessage) -> None:
    """Pickled before or after it was asked, it names the same rules."""
    index = CandidateIndex(
        router(
            'rule a when text contains ["vpn", "wifi"] then drop\nrule b when text matches /\\d[A-Z]/ then drop\n'
            "rule c when admin then drop\notherwise drop"
        ).rules.rules
    )
    before = pickle.dumps(index)
    seen = MessageView(message("WiFi 3A"))
    assert list(index.candidates(seen)) == [0, 1]
    for travelled in (before, pickle.dumps(index)):
        assert list(pickle.loads(travelled).candidates(seen)) == [0, 1]  # noqa: S301


def test_rules_without_a_clue_are_known(router: MakeRouter) -> None:
    """They are asked about every message."""
    rules = router(
        'rule a when text contains "x" then drop\nrule b when not text contains "x" then drop\n'
        'rule c when 10% of senders or text is "y" then drop\notherwise drop'
    ).rules.rules
    assert CandidateIndex(rules).always_asked == (1, 2)


def test_preparing_goes_in_pieces_and_changes_nothing(router: MakeRouter, message: MakeMessage) -> None:
    """Others can go on between two pieces; afterwards the decision is what it would have been."""
    text = "".join(f"rule r{n} when text matches /{n}[A-Z]/ then drop\n" for n in range(120))
    prepared, other = router(text), router(text)
    assert sum(1 for _ in prepared.preparing()) > 4
    assert prepared.decide(message("77Q")) == other.decide(message("77Q"))
    assert prepared.decide(message("77Q")).by == "r7"
