"""Templates of which ordinary messages leave nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[..., list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("condition", "step", "place"),
    [
        ('text contains "a"', 'reply "{{ quoted }}"', '"{{ quoted }}"'),
        ("private", 'reply "{{ conversation.title }}"', '"{{ conversation.title }}"'),
        (
            "admin",
            'reply "{% if quoted %}see {{ quoted }}{% endif %}"',
            '"{% if quoted %}see {{ quoted }}{% endif %}"',
        ),
        ('text contains all ["a", "b"]', 'agent x with "{{ quoted }}"', '"{{ quoted }}"'),
        ('text is "a" or group', 'reply "{{ quoted }}" then agent x', '"{{ quoted }}"'),
    ],
)
def test_a_template_that_can_be_empty_is_warned_of(
    found: Found, condition: str, step: str, place: str
) -> None:
    """Where it is used."""
    warned = [
        each
        for each in found(f"rule r when {condition} then {step}\notherwise drop")
        if each[0] == "may-be-empty"
    ]
    assert warned == [("may-be-empty", place)]


@pytest.mark.parametrize(
    ("condition", "step"),
    [
        ("admin and not quoted is empty", 'reply "{{ quoted }}"'),
        ('quoted contains "x"', 'reply "{{ quoted }}"'),
        ("group", 'reply "{{ conversation.title }}"'),
        ("admin", 'reply "{{ sender.name }}"'),
        ("admin", 'reply "{{ text }}"'),
        ("admin", 'reply "{{ quoted | default(text) }}"'),
        ("admin", 'reply "{{ quoted }}" else reply "nothing"'),
        ('type is "file"', 'reply "{{ file.name }}"'),
        ("admin", 'reply "quoted: {{ quoted }}"'),
        ("admin", 'reply "{{ file.name }}!"'),
        ("admin", 'reply "{% if quoted %}see{% else %}no{% endif %}"'),
    ],
)
def test_a_template_that_always_has_something_is_let_pass(found: Found, condition: str, step: str) -> None:
    """The condition, words of its own, or an alternative see to that."""
    assert "may-be-empty" not in {
        name for name, _ in found(f"rule r when {condition} then {step}\notherwise drop")
    }


def test_what_an_earlier_rule_takes_is_left_out(found: Found) -> None:
    """The messages that lack the value never come to the rule."""
    text = 'rule a when quoted is empty then reply "quote it"\nrule r when always then reply "{{ quoted }}"'
    assert "may-be-empty" not in {name for name, _ in found(text)}
