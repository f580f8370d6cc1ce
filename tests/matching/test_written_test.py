"""A message written down as a ``test`` block."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.matching import Baseline, run_tests
from prx_dingtalk_router.matching.written_test import written_test
from prx_dingtalk_router.message import SampleMessage

RULES = """language 1
hours office = mon-fri 09:00-18:00
rule warn when text matches /(?P<n>\\d{3})/ then reply "n={{ match.n }}" then next
rule fresh when text is "/new" then forget then cancel then reply "ok"
rule vpn when text contains "vpn" then reply "hi {{ sender.name }}" then agent helpdesk else agent general
rule night when private and text is "late" and not during office then reply "closed"
rule desk when conversation is "cid1" and text is "where" then agent "agent"
rule boss when admin and text is "hi" then drop
rule ticket when text is "ops-1" then agent helpdesk with "look up {{ text }}" else reply "later" mention
rule duty when text is "duty" then reply "soon" mention ["u7"] then reply "me" mention
rule ads when text contains "广告" then drop "ads"
rule quiet when group and not mentioned and text is "psst" then drop "quiet"
rule seen when pictured then reply "a picture"
otherwise agent general
"""
SUNDAY = datetime(2026, 11, 29, 20, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

Rules = Callable[..., Any]


def written(router: Any, **said: Any) -> str:
    """The test of a message that came in."""
    message = SampleMessage(**{"at": SUNDAY, "text": "", "sender": "u1", "nick": "林晓雨", **said}).message(
        msg_id="msg7", client_id="ding1"
    )
    return written_test(router, message)


@pytest.mark.parametrize(
    ("said", "block"),
    [
        ({"text": "vpn"}, 'given "vpn" from "u1" named "林晓雨"|expect reply "hi 林晓雨" by vpn|expect agent helpdesk by vpn'),
        ({"text": "123"}, 'given "123" from "u1"|expect reply "n=123" by warn|expect next by warn|expect agent general by default'),
        ({"text": "/new", "group": True, "title": "IT"}, 'given "/new" from "u1" in group "IT"|expect forget by fresh|expect cancel by fresh|expect reply "ok" by fresh'),
        ({"text": "late"}, 'given "late" from "u1" at "2026-11-29 20:00"|expect reply "closed" by night'),
        ({"text": "where", "conversation": "cid1"}, 'given "where" from "u1" conversation "cid1"|expect agent "agent" by desk'),
        ({"text": "hi", "admin": True}, 'given "hi" from "u1" admin|expect drop by boss'),
        ({"text": "ops-1"}, 'given "ops-1" from "u1"|expect agent helpdesk told "look up ops-1" by ticket'),
        ({"text": "duty", "group": True}, 'given "duty" from "u1" in group|expect reply "soon" mention ["u7"] by duty|expect reply "me" mention by duty'),
        ({"text": "psst", "group": True}, 'given "psst" from "u1" in group not mentioned|expect drop "quiet" by quiet'),
        ({"text": "广告", "external": True}, 'given "广告" external|expect drop "ads" by ads'),
        ({"text": "", "type": "picture"}, 'given "" from "u1" pictured|expect reply "a picture" by seen'),
    ],
)  # fmt: skip
def test_it_says_what_decides_and_what_happens(router: Rules, said: dict[str, Any], block: str) -> None:
    """Sender, place and kind always; name, time, ids and roles only where they matter."""
    title, *lines = written(router(RULES), **said).splitlines()
    assert title.startswith('test "')
    assert "|".join(line.strip() for line in lines) == block


@given(st.text(max_size=60), st.text(max_size=8), st.booleans(), st.sampled_from(["text", "audio", "file"]))
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_passes_as_pasted(router: Rules, text: str, nick: str, group: bool, kind: str) -> None:
    """Whatever people write, the block is valid at the end of the set, and all that it expects happens."""
    block = written(
        router(RULES), text=f"{text} vpn", nick=nick, group=group, title=nick, type=kind, quoted=text
    )
    (result,) = run_tests(router(f"{RULES}\n{block}"))
    assert result.problems == ()


def test_titles_are_not_given_twice(router: Rules) -> None:
    """A second test of the same words gets a number."""
    first = written(router(RULES), text="vpn")
    assert written(router(f"{RULES}\n{first}"), text="vpn").startswith('test "vpn 2"')


def test_a_refusal_is_expected(router: Rules) -> None:
    """Of somebody who may not use the robot the test says so."""
    baseline = Baseline(allowed_users=frozenset({"boss"}))
    block = written(router(RULES, baseline), text="vpn")
    assert block.splitlines()[1:] == ['  given "vpn" from "u1"', "  expect refused"]
    (result,) = run_tests(router(f"{RULES}\n{block}"), baseline=baseline)
    assert result.passed


def test_what_a_test_cannot_say_is_refused(router: Rules) -> None:
    """A percentage of messages falls otherwise for the message of a test, whose id is another."""
    some = router("language 1\nrule half when 50% of messages then agent a\notherwise agent b\n")
    told = []
    for number in range(20):
        try:
            told.append(written(some, text=f"{number}"))
        except UsageError as problem:
            told.append(problem.text.key)
    assert "matching.no-test" in told
    assert any(each.startswith("test") for each in told)


def test_a_step_that_cannot_be_done_is_no_test(router: Rules) -> None:
    """What would fail as soon as it is pasted is not written; a step in its place is what happens."""
    nothing = 'then reply "{{ match.n }}"'
    pattern = "when text matches /a(?P<n>\\d*)/"
    with pytest.raises(UsageError) as refused:
        written(router(f"language 1\nrule a {pattern} {nothing}\notherwise agent b\n"), text="a")
    assert refused.value.text.key == "matching.no-test-of-failure"
    instead = router(f'language 1\nrule a {pattern} {nothing} else reply "?"\notherwise agent b\n')
    assert written(instead, text="a").splitlines()[-1] == '  expect reply "?" by a'
