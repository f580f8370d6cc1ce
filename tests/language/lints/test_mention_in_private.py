"""Mentions in rules that hold in private chats only."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]

C = 'condition alone = private and (admin or text contains "a")\n'


@pytest.mark.parametrize(
    "condition",
    [
        "private",
        "not group and admin",
        "alone and admin",
        "(private and admin) or (alone and external)",
        'not (group or text contains "x")',
    ],
)
def test_a_mention_that_is_always_left_out_is_warned_of(found: Found, condition: str) -> None:
    """However the condition says that nobody else reads it."""
    text = f'{C}rule c when alone then reply "x"\nrule r when {condition} then reply "hello" mention "u1"\notherwise drop'
    assert ("mention-in-private", 'mention "u1"') in found(text)


@pytest.mark.parametrize(
    "condition", ["group", "admin", "alone or group", "not private", 'text is "private"']
)
def test_a_mention_that_may_be_shown_is_let_pass(found: Found, condition: str) -> None:
    """One group in which the rule can hold is enough."""
    text = f'{C}rule c when alone and admin then reply "x"\nrule r when {condition} then reply "hello" mention\notherwise drop'
    assert "mention-in-private" not in {name for name, _ in found(text)}
