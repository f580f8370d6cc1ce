"""What the interpreter is told for a process that does nothing but route."""

from __future__ import annotations

import gc
import sys

import pytest

from prx_dingtalk_router.service.interpreter import SWITCH_SECONDS, YOUNG_OBJECTS, tune_interpreter


@pytest.fixture(autouse=True)
def _as_before() -> object:
    """A test begins with what Python begins with, also after a router in this process, and what it changes ends with it."""
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(0.005)
    gc.set_threshold(700, 10, 10)
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*threshold)


def test_threads_hand_over_sooner_and_garbage_is_looked_for_less_often() -> None:
    """Both are shorter or longer than what Python begins with; how older objects are looked at stays."""
    assert sys.getswitchinterval() > SWITCH_SECONDS
    _, *older = gc.get_threshold()
    tune_interpreter()
    assert sys.getswitchinterval() == pytest.approx(SWITCH_SECONDS)
    assert gc.get_threshold() == (YOUNG_OBJECTS, *older)
    assert gc.isenabled()
