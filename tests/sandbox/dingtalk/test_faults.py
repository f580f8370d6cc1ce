"""Knobs: known by name, typed, described in both languages, watched."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.dingtalk import Faults
from prx_dingtalk_router.sandbox.dingtalk.faults import KNOBS


def test_every_knob_is_described(faults: Faults) -> None:
    """The table names, types and words every knob in Chinese and English."""
    table = faults.describe()
    assert len(table) == len(KNOBS) > 40
    for row in table:
        assert set(row) == {"name", "kind", "default", "value", "choices", "zh", "en"}
        assert "_" not in str(row["name"])
        assert row["kind"] in {"bool", "int", "float", "str", "choice"}
        assert row["value"] == row["default"]
        assert any("\u4e00" <= character <= "\u9fff" for character in str(row["zh"]))
        assert str(row["en"]).isascii()
    assert len({row["zh"] for row in table}) == len({row["en"] for row in table}) == len(table)


def test_every_default_can_be_set_by_name(faults: Faults) -> None:
    """Each knob takes its own default back, as a value and as text, and every one of its choices."""
    for row in faults.describe():
        faults.set(str(row["name"]), row["default"])
        faults.set(str(row["name"]), str(row["default"]))
        for choice in row["choices"]:  # type: ignore[attr-defined]
            faults.set(str(row["name"]), choice)


@pytest.mark.parametrize(
    ("name", "value", "attribute", "became"),
    [
        ("webhook-rate", "5", "webhook_rate", 5),
        ("webhook-rate", 5, "webhook_rate", 5),
        ("ping-every", "0.5", "ping_every", 0.5),
        ("black-hole", "on", "black_hole", True),
        ("black_hole", True, "black_hole", True),
        ("permission", "No", "permission", False),
        ("webhook", " 130101 ", "webhook", "130101"),
        ("webhook", -1, "webhook", "-1"),
        ("close-on-open", "-1", "close_on_open", -1),
    ],
)
def test_values_from_text(faults: Faults, name: str, value: object, attribute: str, became: object) -> None:
    """Text becomes the knob's own type."""
    faults.set(name, value)
    assert getattr(faults, attribute) == became
    assert type(getattr(faults, attribute)) is type(became)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webhook-rate", "many"),
        ("webhook-rate", "-1"),
        ("webhook-rate", "1.5"),
        ("ping-every", "nan"),
        ("ping-every", "inf"),
        ("black-hole", "perhaps"),
        ("webhook", "12345"),
        ("close-on-open", "-2"),
        ("handshake-status", "600"),
        ("handshake-status", "101"),
        ("handshake-status", "-1"),
    ],
)
def test_values_that_do_not_fit(faults: Faults, name: str, value: str) -> None:
    """A value of the wrong type or range is refused by an error that names knob and value, and changes nothing."""
    before = faults.describe()
    with pytest.raises(SandboxError, match=name) as refused:
        faults.set(name, value)
    assert value in str(refused.value)
    assert faults.describe() == before


def test_unknown_knob(faults: Faults) -> None:
    """An unknown name is refused with the known ones."""
    with pytest.raises(SandboxError, match="ticket-life") as refused:
        faults.set("gravity", "1")
    assert "gravity" in str(refused.value)


def test_counted_faults_end(faults: Faults) -> None:
    """A fault that is limited to some requests is over after them; one without a limit stays."""
    faults.set("webhook", "300001")
    faults.set("webhook-for", 2)
    assert [faults.take("webhook") for _ in range(3)] == ["300001", "300001", "ok"]
    faults.set("api", "system.error")
    assert {faults.take("api") for _ in range(5)} == {"system.error"}


def test_changes_are_watched(faults: Faults) -> None:
    """Observers hear of every knob that is set, by either way."""
    seen: list[str] = []
    faults.observe(seen.append)
    faults.black_hole = True
    faults.set("webhook-rate", "3")
    assert seen == ["black_hole", "webhook_rate"]


def test_lists_may_be_written_with_chinese_commas(faults: Faults) -> None:
    """Entries of a list are parted by either comma, and blanks around them do not count."""
    faults.set("unsuitable-words", "赌博， 发票, 代开,")
    assert faults.listed("unsuitable_words") == ("赌博", "发票", "代开")
