"""The table of states."""

from __future__ import annotations

from pathlib import Path

from prx_dingtalk_router.delivery.journal.states import ENDED, INITIAL, STATES, TRANSITIONS, picture

PAGE = Path(__file__).parent.parent.parent / "docs" / "architecture.md"


def test_the_picture_in_the_docs_is_the_table():
    """`docs/architecture.md` shows what the code obeys."""
    assert f"```mermaid\n{picture()}\n```" in PAGE.read_text("utf-8")


def test_every_state_has_a_row_and_can_be_reached():
    """Nothing is left out, nothing leads to a state that is none, and every state but the first ones comes from another."""
    assert set(TRANSITIONS) == set(STATES)
    reached = {to for row in TRANSITIONS.values() for to in row.values()}
    assert reached | set(INITIAL) == set(STATES)


def test_what_ended_stays_ended_but_for_the_dead():
    """Only an operator's word leads on from the dead."""
    assert {state: set(TRANSITIONS[state]) for state in ENDED} == {
        "done": set(),
        "dropped": set(),
        "dead": {"retried", "discarded"},
    }
