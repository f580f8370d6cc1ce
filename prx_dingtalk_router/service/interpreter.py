"""What the interpreter is told for a process that does nothing but route."""

from __future__ import annotations

import asyncio
import gc
import sys

SWITCH_SECONDS = 0.0005
"""So long a thread keeps the interpreter while others want it: the event loop, and those that write the journal and the log."""

YOUNG_OBJECTS = 10_000
"""So many new objects are waited for until cycles among them are looked for; a burst makes hundreds of thousands, and hardly a cycle."""


def tune_interpreter() -> None:
    """Hand the interpreter over sooner between threads, and look for garbage less often; for the whole process."""
    sys.setswitchinterval(SWITCH_SECONDS)
    _, *older = gc.get_threshold()
    gc.set_threshold(YOUNG_OBJECTS, *older)


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Make an event loop: uvloop's where there is one (not on Windows, nor on PyPy), else asyncio's own."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
