"""What the steps of a decision come to where nothing is contacted (language.md section 7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.matching.rehearsal import Done, Rehearsal
from prx_dingtalk_router.message import Message

Message_ = Callable[..., Message]


def shown(done: Done) -> tuple[str, str | None]:
    """The outcome and its value."""
    return done.outcome, done.value


@pytest.mark.parametrize(
    ("steps", "happened"),
    [
        ('reply "a" then agent hr', [("reply", "a"), ("agent", "hr")]),
        (
            'reply "{{ quoted }}" else reply "{{ failure }}" then agent hr',
            [("reply", "empty"), ("agent", "hr")],
        ),
        ('reply "{{ quoted }}" then agent hr', [("skipped", None), ("agent", "hr")]),
        ('agent hr with "{{ quoted }}"', [("drop", "empty message")]),
        ('agent hr with "{{ quoted }}" else agent it', [("agent", "it")]),
        ('agent hr with "{{ quoted }}" else reply "{{ quoted }}" else reply "x"', [("reply", "x")]),
        ('agent hr with "{{ quoted }}" else drop "why"', [("drop", "why")]),
        ("forget then cancel", [("forget", None), ("cancel", None), ("drop", None)]),
        (
            'agent hr with "{{ quoted }}" else reply "{% if failure == \'empty message\' %}words, please{% endif %}"',
            [("reply", "words, please")],
        ),
    ],
)
def test_what_has_nothing_to_say_is_passed_over(
    router: Callable[..., Router], message: Message_, steps: str, happened: list[tuple[str, str | None]]
) -> None:
    """Its ``else`` is done, or what becomes of the message without one."""
    built = router(f"rule r when private then {steps}\notherwise drop\n")
    (found,) = [Rehearsal().perform(built.decide(message("hi")))]
    assert [
        (kind, "empty" if value and value.startswith("the template") else value)
        for kind, value in map(shown, found)
    ] == happened


@pytest.mark.parametrize("scope", ["", " per sender", " per conversation"])
def test_guards_fill(router: Callable[..., Router], message: Message_, scope: str) -> None:
    """Step by step; what was not done takes no room, and an exhausted chain ends as it does where it is delivered."""
    built = router(
        "rule r when private "
        f'then reply "once" at most 1 per 10m{scope} '
        f'then agent hr at most 2 per 1m{scope} else reply "later" at most 1 per 1m{scope}\notherwise drop\n'
    )
    rehearsal = Rehearsal()
    seen = [[shown(done) for done in rehearsal.perform(built.decide(message("hi")))] for _ in range(4)]
    assert seen == [
        [("reply", "once"), ("agent", "hr")],
        [("skipped", None), ("agent", "hr")],
        [("skipped", None), ("reply", "later")],
        [("skipped", None), ("drop", "limited")],
    ]


def test_what_was_not_done_is_told(router: Callable[..., Router], message: Message_) -> None:
    """With its reason, and whether that was a guard."""
    built = router(
        'rule r when private then agent hr at most 1 per 1m else reply "{{ quoted }}" else agent it\notherwise drop\n'
    )
    rehearsal = Rehearsal()
    rehearsal.perform(built.decide(message("hi")))
    (done,) = rehearsal.perform(built.decide(message("hi")))
    assert shown(done) == ("agent", "it")
    assert [(each.step.position, each.limited) for each in done.instead_of] == [("1", True), ("1.1", False)]
    assert done.others() == ()
