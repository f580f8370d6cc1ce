"""Tests that can never pass (language.md section 9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]

SET = """rule vpn when text contains "vpn" then agent helpdesk else agent general else reply "later"
rule hello when text is "hello" and group then reply "hi {{ sender.name }}" mention then next
rule pay when text is "pay" and group then reply "ask" mention
rule block when text is "block" then reply \"\"\"
  two
  lines

  \"\"\"
rule spam when text is "spam" then drop "ads"
rule stop when text is "stop" then cancel then forget
rule trial shadow when text is "new" then agent "bot"
otherwise reply "?"
"""


@pytest.mark.parametrize(
    "expected",
    [
        "agent helpdesk by vpn",
        "agent general by vpn",
        "reply by vpn",
        'reply "later" by vpn',
        'drop "limited" by vpn',
        'drop "empty message" by vpn',
        "agent helpdesk by vpn else agent general else reply",
        'reply "hi anybody" by hello',
        "reply mention sender by hello",
        "next by hello",
        'reply "two\\nlines\\n" by block',
        'reply "two\\nlines" by block',
        'drop "ads" by spam',
        "drop by spam",
        "drop by stop",
        "cancel",
        'reply "?" by default shadow trial',
        'reply "hi" mention none',
        "next",
    ],
)
def test_what_may_pass_is_let_pass(found: Found, expected: str) -> None:
    """Whether or not it passes."""
    assert found(f'{SET}test "t" given "x" in group expect {expected}') == []


@pytest.mark.parametrize(
    ("expected", "place"),
    [
        ("agent general by pay", None),
        ("agent bot by vpn", None),
        ("agent helpdesk by default", None),
        ('reply "ask" by vpn', None),
        ('reply "ask me" by pay', None),
        ('reply "no" by default', None),
        ("reply mention by vpn", None),
        ("reply by spam", None),
        ("next by vpn", None),
        ('drop "x" by spam', None),
        ("drop by pay", None),
        ("forget by pay", None),
        ("agent bot by trial", None),
        ("reply by default shadow pay", None),
        ("agent helpdesk by vpn else agent helpdesk", "else agent helpdesk"),
        ('agent helpdesk by vpn else agent general else reply "soon"', 'else reply "soon"'),
    ],
)
def test_what_never_passes_is_warned_of(found: Found, expected: str, place: str | None) -> None:
    """At the ``expect``, or at its ``else``."""
    assert found(f'{SET}test "t" given "x" in group expect {expected}') == [
        ("never-passes", place or f"expect {expected}")
    ]


def test_nobody_is_mentioned_in_private(found: Found) -> None:
    """A test of a private chat cannot expect it."""
    assert [name for name, _ in found(f'{SET}test "t" given "pay" expect reply mention sender by pay')] == [
        "never-passes"
    ]


def test_without_otherwise_nothing_is_by_default(found: Found) -> None:
    """There is no such rule."""
    assert [
        name
        for name, _ in found('rule a when group then reply "x"\ntest "t" given "x" expect reply by default')
    ] == ["never-passes"]


def test_nothing_is_said_where_rules_are_missing(found: Found) -> None:
    """A set with errors is mended first."""
    assert "never-passes" not in [
        name for name, _ in found(f'{SET}rule broken when\ntest "t" given "x" expect next by vpn')
    ]
