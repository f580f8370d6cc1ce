"""What became of each message's steps, as the page keeps it."""

from __future__ import annotations

from prx_dingtalk_router.sandbox.page.outcomes import KEPT, KEPT_EACH, Outcome, Outcomes


def failed(step: str) -> Outcome:
    """A step that was not done."""
    return {"kind": "failed", "rule": "vpn", "step": step, "reason": {"zh": "没人", "en": "nobody"}}


def test_outcomes_are_kept_in_order() -> None:
    """By message, oldest first; a message of which nothing is known has none."""
    outcomes = Outcomes()
    for step in ("1", "1.1"):
        outcomes.add("m1", failed(step))
    assert [each["step"] for each in outcomes["m1"]] == ["1", "1.1"]
    assert outcomes["m2"] == []
    outcomes.add("m3", failed("1"), 250)
    assert outcomes.to_json()["m3"] == [{**failed("1"), "after_ms": 250}]


def test_they_are_bounded() -> None:
    """The latest of a message, and the latest messages."""
    outcomes = Outcomes()
    for number in range(KEPT_EACH + 1):
        outcomes.add("m", failed(str(number)))
    assert [each["step"] for each in outcomes["m"]] == [str(number) for number in range(1, KEPT_EACH + 1)]
    for number in range(KEPT):
        outcomes.add(f"m{number}", failed("1"))
    assert "m" not in outcomes.to_json()
    assert len(outcomes.to_json()) == KEPT
