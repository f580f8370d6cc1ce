"""A decision as JSON, key by key (interfaces.md section 2)."""

from __future__ import annotations

import json
from collections.abc import Callable

from prx_dingtalk_router.matching import Router, decision_json
from prx_dingtalk_router.message import Message

MakeRouter = Callable[..., Router]
MakeMessage = Callable[..., Message]


def test_the_example_of_the_interfaces(router: MakeRouter, message: MakeMessage) -> None:
    """The shape that section 2 shows, whole."""
    routed = router(
        "rule new-bot shadow when always then agent next-bot\n"
        'rule vpn when text contains "vpn"\n'
        '  then reply "{{ sender.name }}，已收到，正在处理…"\n'
        "  then agent helpdesk timeout 120s\n"
        "otherwise drop"
    )
    seen = message("VPN 密码重置", group=True, conversation="cidGroup==")
    assert decision_json(routed.decide(seen)) == {
        "msg_id": "msgAbC==",
        "rules": routed.rules.fingerprint,
        "by": "vpn",
        "via": [],
        "outcome": "agent",
        "steps": [
            {"step": "reply", "format": "text", "content": "小林，已收到，正在处理…", "mention": False},
            {
                "step": "agent",
                "agent": "helpdesk",
                "message": "VPN 密码重置",
                "session": "dingtalk:ding1abc:group:cidGroup==:u1001",
                "timeout": 120.0,
            },
        ],
        "reason": None,
        "match": {},
        "shadow": ["new-bot"],
    }
    assert routed.rules.fingerprint.startswith("sha256:")


def test_a_decision_is_json(router: MakeRouter, message: MakeMessage) -> None:
    """It goes through the JSON writer of the standard library and back unchanged."""
    routed = router('rule r when text matches /(?P<n>.)/ then reply "x" at most 1 per 1h then next')
    shown = decision_json(routed.decide(message()))
    assert json.loads(json.dumps(shown)) == shown


def test_alternatives_and_guards_are_shown(router: MakeRouter, message: MakeMessage) -> None:
    """``else`` holds steps of the same shape, ``at_most`` the guard."""
    routed = router(
        'rule r when always then agent a at most 5 per 1m per sender else reply markdown "b" mention else drop "c"'
    )
    (step,) = decision_json(routed.decide(message(group=True)))["steps"]
    assert step["at_most"] == {"count": 5, "per": 60.0, "scope": "sender"}
    assert step["else"] == [
        {"step": "reply", "format": "markdown", "content": "b", "mention": True},
        {"step": "drop", "reason": "c"},
    ]


def test_why_it_failed_is_a_word_ahead_of_time(router: MakeRouter, message: MakeMessage) -> None:
    """``failure`` of an ``else`` step, which is never empty when it happens, is not empty here either."""
    routed = router(
        'rule r when always then agent a with "{{ text }}" else agent b with "{{ failure }}" '
        'else reply "{{ failure }}" else reply "暂时不可用：{{ failure }}"'
    )
    (step,) = decision_json(routed.decide(message()))["steps"]
    second, bare, within = step["else"]
    assert second["message"] == bare["content"] == "(why it failed)"
    assert within["content"] == "暂时不可用：(why it failed)"
    assert all("failed" not in each for each in step["else"])


def test_plain_steps_are_their_word(router: MakeRouter, message: MakeMessage) -> None:
    """``forget`` and ``cancel``; named people who are mentioned are listed."""
    routed = router('rule r when always then forget then cancel then reply "x" mention ["u5"]')
    assert decision_json(routed.decide(message(group=True)))["steps"] == [
        {"step": "forget"},
        {"step": "cancel"},
        {"step": "reply", "format": "text", "content": "x", "mention": ["u5"]},
    ]


def test_a_drop_says_why(router: MakeRouter, message: MakeMessage) -> None:
    """``reason`` is that of the drop, in the decision and in the step."""
    shown = decision_json(router('rule r when always then drop "ads"').decide(message()))
    assert (shown["outcome"], shown["reason"], shown["steps"]) == (
        "drop",
        "ads",
        [{"step": "drop", "reason": "ads"}],
    )


def test_captures_and_via_are_shown(router: MakeRouter, message: MakeMessage) -> None:
    """``match`` holds the captures of the taking rule, ``via`` the rules on the way."""
    routed = router(
        'rule a when text contains "see" then reply "w" then next\n'
        'rule b when text matches /(?P<n>\\d+)/ then reply "{{ match.n }}"'
    )
    shown = decision_json(routed.decide(message("see 42")))
    assert (shown["by"], shown["via"], shown["match"]) == ("b", ["a"], {"n": "42"})
    assert [step["content"] for step in shown["steps"]] == ["w", "42"]


def test_outcomes_without_a_rule(router: MakeRouter, message: MakeMessage) -> None:
    """``by`` is ``denied``, or nothing where no rule sees the message."""
    routed = router('rule r when text is "x" then forget')
    denied = decision_json(routed.decide(message(sender="", sender_id="")))
    assert (denied["by"], denied["outcome"], denied["reason"]) == ("denied", "drop", "denied")
    nobody = decision_json(routed.decide(message()))
    assert (nobody["by"], nobody["outcome"], nobody["reason"]) == (None, "drop", "no rule")
    forgotten = decision_json(routed.decide(message("x")))
    assert (forgotten["by"], forgotten["outcome"], forgotten["reason"]) == ("r", "drop", None)


def test_a_step_that_cannot_be_rendered_says_so(router: MakeRouter, message: MakeMessage) -> None:
    """Empty content, and why."""
    (step,) = decision_json(router('rule r when always then reply "{{ quoted }}"').decide(message()))["steps"]
    assert step["content"] == ""
    assert step["failed"]
