"""What the interpreter is told for a process that does nothing but route."""

from __future__ import annotations

import asyncio
import gc
import sys

import pytest

from prx_dingtalk_router.service.interpreter import (
    SWITCH_SECONDS,
    YOUNG_OBJECTS,
    new_event_loop,
    tune_interpreter,
)


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


@pytest.mark.parametrize("is_there", [True, False], ids=["with uvloop", "without"])
def test_the_loop_is_uvloops_where_there_is_one(monkeypatch: pytest.MonkeyPatch, is_there: bool) -> None:
    """Without uvloop it is that of asyncio; both run."""
    if is_there:
        pytest.importorskip("uvloop")
    else:
        monkeypatch.setitem(sys.modules, "uvloop", None)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        assert runner.run(asyncio.sleep(0, "ran")) == "ran"
        assert (type(runner.get_loop()).__module__ == "uvloop") is is_there
