"""Keeps the garbage collector away from sets: thousands of objects that live as long as the set, and hold no garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SMALL = 100_000
"""So many objects are gone through in less time than the event loop may be held."""
PUT_OFF = 10
"""Of larger sets it is done after so many reloads."""


@contextmanager
def without_collections() -> Iterator[None]:
    """Look for no garbage meanwhile, and never in what is made meanwhile.

    With so much that is new the collector would go through all of it, again and again, and find nothing: half of the time that
    making a set takes, and gaps of the event loop. What is made of a set that is given up is freed all the same, as nothing in
    it refers back.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class Sweeper:
    """Looks for the garbage that reloads keep from the collector.

    What is kept out of its sight is not only the set: it is all that there is at that moment, and so what messages under way
    leave behind as cycles later. Going through all objects takes a tenth of a second with 10,000 rules, in which nothing else
    happens, so it is done after each reload of a small set, and now and then with a large one: what is left over is bounded.
    """

    def __init__(self) -> None:
        self._reloads = 0

    def reloaded(self) -> None:
        """Look for garbage, if it is time."""
        self._reloads += 1
        if gc.get_freeze_count() > SMALL and self._reloads % PUT_OFF:
            return
        gc.unfreeze()
        gc.collect()
        gc.freeze()
