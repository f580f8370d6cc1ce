"""Loading what a command needs, during which a signal ends the process at once."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator

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


@contextlib.contextmanager
def _ends_at_once(number: signal.Signals, code: int) -> Iterator[None]:
    try:
        before = signal.signal(number, lambda *_: os._exit(code))
    except ValueError:  # only the main thread gets signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(number, before)


@contextlib.contextmanager
def hangup_means_nothing() -> Iterator[None]:
    """Ignore SIGHUP here: for a command that takes it as a wish to reload, before it can; by itself it would end the process."""
    try:
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    except ValueError:  # only the main thread gets signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)
