"""SIGTERM and Ctrl-C: the first ends properly, the second at once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable

SECOND_SIGNAL = 130
"""The exit code after a second signal."""

_NUMBERS = (signal.SIGTERM, signal.SIGINT)


def on_first_signal(stop: Callable[[signal.Signals], None]) -> None:
    """Call ``stop`` with the first of the signals, on the running loop; a second one ends the process at once.

    What is stored then is on the disk, whatever runs.
    """
    loop = asyncio.get_running_loop()

    def first(number: signal.Signals) -> None:
        for each in _NUMBERS:
            _remove(loop, each)
            signal.signal(each, lambda *_: os._exit(SECOND_SIGNAL))
        stop(number)

    for number in _NUMBERS:
        try:
            loop.add_signal_handler(number, first, number)
        except NotImplementedError:  # Windows: the interpreter takes it, and hands it to the loop
            signal.signal(number, lambda got, _: loop.call_soon_threadsafe(first, signal.Signals(got)))


def _remove(loop: asyncio.AbstractEventLoop, number: signal.Signals) -> None:
    try:
        loop.remove_signal_handler(number)
    except NotImplementedError:
        signal.signal(number, signal.SIG_DFL)
