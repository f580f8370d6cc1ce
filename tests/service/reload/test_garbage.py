"""What reloads keep from the garbage collector is found in the end."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from prx_dingtalk_router.service.reload import garbage
from prx_dingtalk_router.service.reload.garbage import PUT_OFF, Sweeper, without_collections


class Cycle:
    """Garbage that counting references does not find."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """Other tests get their collector back."""
    yield
    gc.unfreeze()


def left_under_way() -> weakref.ref[Cycle]:
    """Something that was alive when a set was made, and is garbage now."""
    cycle = Cycle()
    with without_collections():
        pass
    return weakref.ref(cycle)


def test_what_was_under_way_at_a_reload_is_freed_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The collector alone would never look at it again."""
    monkeypatch.setattr(garbage, "SMALL", sys.maxsize)
    found = left_under_way()
    gc.collect()
    assert found() is not None
    Sweeper().reloaded()
    assert found() is None


def test_large_sets_are_gone_through_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time would hold everything else too long; never would let memory grow without end."""
    monkeypatch.setattr(garbage, "SMALL", 0)
    sweeper = Sweeper()
    found = left_under_way()
    for _ in range(PUT_OFF - 1):
        sweeper.reloaded()
    assert found() is not None
    sweeper.reloaded()
    assert found() is None
