"""SIGTERM and Ctrl-C: the first ends properly, the second at once."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable

SECOND_SIGNAL = 130
"""The exit code after a second signal."""

LAST_WORDS_SECONDS = 0.5
"""How long a second signal waits for what is still to be said."""

_NUMBERS = (signal.SIGTERM, signal.SIGINT)


def on_first_signal(stop: Callable[[signal.Signals], None], last_words: Callable[[], object]) -> None:
    """Call ``stop`` with the first of the signals, on the running loop; a second one ends the process at once.

    What is stored then is on the disk, whatever runs.

    Args:
        stop: called once.
        last_words: called by the second signal, in a thread of its own and for ``LAST_WORDS_SECONDS`` at most: writes what was
            logged.
    """
    loop = asyncio.get_running_loop()

    def first(number: signal.Signals) -> None:
        for each in _NUMBERS:
            _remove(loop, each)
            signal.signal(each, lambda *_: _end_at_once(last_words))
        stop(number)

    for number in _NUMBERS:
        try:
            loop.add_signal_handler(number, first, number)
        except NotImplementedError:  # Windows: the interpreter takes it, and hands it to the loop
            signal.signal(number, lambda got, _: loop.call_soon_threadsafe(first, signal.Signals(got)))


def _end_at_once(last_words: Callable[[], object]) -> None:
    for each in _NUMBERS:
        signal.signal(each, signal.SIG_DFL)
    # In a thread, as what was interrupted may hold a lock that writing needs; nothing waits for that any longer.
    speaking = threading.Thread(target=last_words, name="last-words", daemon=True)
    speaking.start()
    speaking.join(LAST_WORDS_SECONDS)
    os._exit(SECOND_SIGNAL)


def _remove(loop: asyncio.AbstractEventLoop, number: signal.Signals) -> None:
    try:
        loop.remove_signal_handler(number)
    except NotImplementedError:
        signal.signal(number, signal.SIG_DFL)
