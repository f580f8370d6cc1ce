"""The rules that nearly held."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.matching import Router, explain
from prx_dingtalk_router.message import Message


def near(explained: object) -> list[str]:
    """The names of the rules that nearly held."""
    return [each.rule.name for each in explained.near]  # type: ignore[attr-defined]


def test_rules_about_the_message_come_near_and_others_do_not(
    router: Callable[..., Router], message: Callable[..., Message]
) -> None:
    """A word that hit and a circumstance that did not fit is near; a word slightly off is; any other word is not."""
    routed = router(
        'list it = ["u7"]\n'
        'rule typo when text contains "账号" then drop\n'
        'rule other when text contains "打印机" then drop\n'
        'rule grouped when text contains "vpn" and group then drop\n'
        "rule flags when group then drop\n"
        'rule two when text contains "vpn" and group and admin then drop\n'
        'rule listed when sender in it and text contains "打印机" then drop\n'
        'rule taker when text contains "帐号" then drop\n'
        'rule late when text contains "vpn" and external then drop\n'
        "otherwise drop"
    )
    assert near(explain(routed, message("vpn 帐号"))) == ["grouped", "late", "typo"]
    assert near(explain(routed, message("你好", sender="u7"))) == ["listed"]


def test_no_more_are_told_than_people_read(
    router: Callable[..., Router], message: Callable[..., Message]
) -> None:
    """Of many the first."""
    rules = "".join(f'rule r{n} when text contains "vpn" and sender is "u{n}" then drop\n' for n in range(9))
    found = explain(router(f"{rules}otherwise drop"), message("vpn", sender="x"))
    assert near(found) == ["r0", "r1", "r2", "r3", "r4"]
