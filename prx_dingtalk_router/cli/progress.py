"""How far a long command is, on the terminal of whoever waits for it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

from prx_dingtalk_router.catalogue import Text

EVERY = 2_000
"""Items between two looks at the clock."""


@contextlib.contextmanager
def progress(title: Text, whole: int | None, *, wanted: bool) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error while something is done; what is given is called with how much was done.

    Args:
        title: what is being done.
        whole: how much there is to do, in any unit; None if that is not known.
        wanted: whether anybody would see it and is not disturbed by it; a standard error that is no terminal shows none.
    """
    if not wanted or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(str(title), total=whole)
    calls = done = 0

    def advance(amount: int) -> None:
        nonlocal calls, done
        calls += 1
        done += amount
        if calls % EVERY == 0:
            bar.update(task, completed=done)

    with bar:
        yield advance
