"""The baseline and the defaults out of a configuration (language.md section 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.matching import Baseline
from prx_dingtalk_router.message import Message

MakeMessage = Callable[..., Message]


def test_without_a_configuration_everybody_is_admitted(message: MakeMessage) -> None:
    """Commands that know no ``allowed_users`` let rules decide."""
    assert Baseline().admits(message())
    assert Baseline().admits(message(sender=""))


@pytest.mark.parametrize("allowed", [set(), {"u1"}, {"*"}, {"u1001", "*"}])
def test_a_message_without_any_sender_is_denied(message: MakeMessage, allowed: set[str]) -> None:
    """Even under ``"*"``."""
    assert not Baseline(allowed_users=frozenset(allowed)).admits(message(sender="", sender_id=""))


def test_progress_is_by_agent() -> None:
    """Others show nothing."""
    baseline = Baseline(reacting=frozenset({"x"}))
    assert (baseline.progress("x"), baseline.progress("y")) == ("reaction", "none")


def test_timeouts_are_by_agent() -> None:
    """Unknown agents have ten minutes."""
    baseline = Baseline(timeouts={"x": 3.5})
    assert (baseline.timeout("x"), baseline.timeout("y")) == (3.5, 600.0)
