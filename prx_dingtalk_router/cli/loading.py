"""Loading what a command needs, during which an interrupt ends the process at once."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator

INTERRUPTED = 130


@contextlib.contextmanager
def interrupt_ends_at_once() -> Iterator[None]:
    """End with 130 when interrupted here, where nothing is under way yet.

    An exception would not do: some libraries swallow one that reaches them while they load, and the command goes on.
    """
    try:
        before = signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    except ValueError:  # only the main thread is interrupted
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
