"""The table of knobs."""

from __future__ import annotations

import contextlib
import dataclasses
import re

import pytest

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.prx import PrxFaults

DEFAULTS = {knob["name"]: knob["default"] for knob in PrxFaults().describe()}


def test_every_knob_is_described_in_both_languages() -> None:
    """Each knob has a kind, a default and a line in Chinese and in English."""
    described = PrxFaults().describe()
    assert [knob["name"] for knob in described] == [field.name for field in dataclasses.fields(PrxFaults)]
    for knob in described:
        assert knob["kind"] in {"bool", "int", "float", "choice"}
        assert knob["value"] == knob["default"]
        assert re.search(r"[\u4e00-\u9fff]", str(knob["zh"]))
        assert str(knob["en"]).isascii()
        assert ("choices" in knob) == (knob["kind"] == "choice")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_knobs_line_names_its_special_values(language: str) -> None:
    """Whoever reads only the line knows every choice, and that -1 is no end where that is taken."""
    for knob in PrxFaults().describe():
        assert all(choice in str(knob[language]) for choice in knob.get("choices", ()))  # type: ignore[attr-defined]
        faults = PrxFaults()
        with contextlib.suppress(SandboxError):
            faults.set(str(knob["name"]), "-1")
        assert ("-1" in str(knob[language])) == (getattr(faults, str(knob["name"])) == -1)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("hang", "true", True),
        ("hang", "Off", False),
        ("turn_delay", " 1.5 ", 1.5),
        ("turn-delay", "2", 2.0),
        ("drop_answers", "3", 3),
        ("drop_answers", "-1", -1),
        ("fail", "error", "error"),
        ("fail", "", ""),
        ("autonomy", "supervised", "supervised"),
        ("proxy_status", "504", 504),
        ("gateway_state", "stopped", "stopped"),
        pytest.param("answer_bytes", "1" + "0" * 400, 10**400, id="more than a float holds"),
    ],
)
def test_knobs_are_turned_by_text(name: str, value: str, expected: object) -> None:
    """A knob takes its value as text, as from a command line; the description shows the new value."""
    faults = PrxFaults()
    faults.set(name, value)
    shown = {knob["name"]: knob["value"] for knob in faults.describe()}
    assert shown == DEFAULTS | {name.replace("-", "_"): expected}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hang", "maybe"),
        ("turn_delay", "soon"),
        ("turn_delay", "-1"),
        ("turn_delay", "nan"),
        ("turn_delay", "inf"),
        ("answer_bytes", "-1"),
        ("drop_answers", "-2"),
        ("drop_answers", "1.5"),
        ("fail", "sometimes"),
        ("proxy_status", "100"),
        ("proxy_status", "600"),
    ],
)
def test_value_that_a_knob_does_not_take(name: str, value: str) -> None:
    """A wrong value is an error that names knob and value, and changes nothing."""
    faults = PrxFaults()
    with pytest.raises(SandboxError) as raised:
        faults.set(name, value)
    assert name in str(raised.value)
    assert value in str(raised.value)
    assert getattr(faults, name) == DEFAULTS[name]


def test_unknown_knob_lists_the_known_ones() -> None:
    """A name that does not exist is answered with those that do."""
    with pytest.raises(SandboxError) as raised:
        PrxFaults().set("_observers", "1")
    assert all(name in str(raised.value) for name in DEFAULTS)


def test_counting_knob_is_used_up() -> None:
    """A count goes down with each use; -1 never does."""
    faults = PrxFaults(drop_answers=2, bad_gateway=-1)
    assert [faults.take("drop_answers") for _ in range(3)] == [True, True, False]
    assert [faults.take("bad_gateway") for _ in range(3)] == [True, True, True]


def test_observers_hear_every_turn_of_a_knob() -> None:
    """An observer is called after a change by name or by attribute, until it stops observing."""
    faults = PrxFaults()
    seen: list[bool] = []
    forget = faults.observe(lambda: seen.append(faults.hang))
    faults.hang = True
    faults.set("hang", "false")
    forget()
    faults.hang = True
    assert seen == [True, False]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("hang", "true, false"),
        ("turn_delay", "0, 0.5, 1, …"),
        ("tool_calls", "0, 1, 2, …"),
        ("drop_answers", "-1, 0, 1, 2, …"),
        ("proxy_status", "400…599"),
        ("cancel", "'killed', 'requested', 'not_killable'"),
    ],
)
def test_refusal_says_what_the_knob_takes(name: str, wanted: str) -> None:
    """A value that is not taken is answered with those that are."""
    with pytest.raises(SandboxError) as raised:
        PrxFaults().set(name, "much")
    assert wanted in str(raised.value)
