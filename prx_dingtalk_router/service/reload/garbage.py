"""Keeps the garbage collector away from sets: thousands of objects that live as long as the set, and hold no garbage."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

AFFORDABLE = 0.025
"""Seconds that looking for garbage may take after each reload: half of those for which the event loop may be held."""
PUT_OFF = 10
"""Where it takes longer, or nobody knows yet how long, it is done after so many reloads."""


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
    leave behind as cycles later. Going through all objects takes a fifth of a second with 10,000 rules, in which nothing else
    happens, so it is done after each reload of a small set, and now and then with a large one: what is left over is bounded.
    """

    def __init__(self) -> None:
        self._reloads = 0
        self._took = math.inf

    def reloaded(self) -> None:
        """Look for garbage, if it is time."""
        self._reloads += 1
        if self._took > AFFORDABLE and self._reloads < PUT_OFF:
            return
        self._reloads = 0
        began = time.perf_counter()
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._took = time.perf_counter() - began
