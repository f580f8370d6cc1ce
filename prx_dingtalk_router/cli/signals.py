"""Loading what a command needs, during which a signal ends the process at once."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from types import FrameType

INTERRUPTED = 130


def interrupt_ends_at_once() -> contextlib.AbstractContextManager[None]:
    """End with 130 when interrupted here, where nothing is under way yet.

    An exception would not do: some libraries swallow one that reaches them while they load, and the command goes on.
    """
    return _ends_at_once(signal.SIGINT, INTERRUPTED)


def termination_ends_at_once() -> contextlib.AbstractContextManager[None]:
    """End with 0 on SIGTERM here: for a command that runs until then, before it listens to the signal itself.

    Without a handler the first process of a container would not even notice.
    """
    return _ends_at_once(signal.SIGTERM, 0)


def hangup_means_nothing() -> contextlib.AbstractContextManager[None]:
    """Ignore SIGHUP here: for a command that takes it as a wish to reload, before it can; by itself it would end the process."""
    return _handled(signal.SIGHUP, signal.SIG_IGN)


def _ends_at_once(number: signal.Signals, code: int) -> contextlib.AbstractContextManager[None]:
    return _handled(number, lambda *_: os._exit(code))


@contextlib.contextmanager
def _handled(
    number: signal.Signals, handler: Callable[[int, FrameType | None], object] | signal.Handlers
) -> Iterator[None]:
    try:
        before = signal.signal(number, handler)
    except ValueError:  # only the main thread gets signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(number, before)
