"""Keeps the garbage collector away from sets: thousands of objects that live as long as the set, and hold no garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
