"""What reloads keep from the garbage collector is found in the end."""

from __future__ import annotations

import gc
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


def after(sweeper: Sweeper, reloads: int) -> None:
    """So many sets were let go of."""
    for _ in range(reloads):
        sweeper.reloaded()


@pytest.mark.parametrize(("affordable", "again"), [(3600.0, 1), (0.0, PUT_OFF)])
def test_what_was_under_way_at_a_reload_is_freed_in_the_end(
    monkeypatch: pytest.MonkeyPatch, affordable: float, again: int
) -> None:
    """The collector alone would never look at it again: first after some reloads, then after each or, where it takes long, some."""
    monkeypatch.setattr(garbage, "AFFORDABLE", affordable)
    sweeper = Sweeper()
    for reloads in (PUT_OFF, again):
        found = left_under_way()
        gc.collect()
        after(sweeper, reloads - 1)
        assert found() is not None
        after(sweeper, 1)
        assert found() is None
