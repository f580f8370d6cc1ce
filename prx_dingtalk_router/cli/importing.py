"""Importing what a command needs, which is most of what a short one does."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

from prx_dingtalk_router.cli.signals import interrupt_ends_at_once


@contextlib.contextmanager
def importing() -> Iterator[None]:
    """End the process at an interrupt, and keep the garbage collector away from what is imported.

    Modules make objects by the ten thousand that live as long as the process: looking through them again and again takes
    a twelfth of a short command, and pauses of one that goes on.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        with interrupt_ends_at_once():
            yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
