"""Checks again whenever a file is saved, until interrupted."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import complain, note
from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.language import Report
from prx_dingtalk_router.service.reload.file_state import FileState, FileStates, digest_of, look_at

LOOK_MS = 1_000
"""How often the files are looked at, whatever the file system tells."""
STILL_MS = 50
CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Empties the screen and what was scrolled off it, so that only the last check is to be read."""
RULE = "─" * 20


def watch(
    check: Callable[[], Sequence[Report]], beside: Callable[[], Collection[Path]], *, marks: bool
) -> NoReturn:
    """Check now and after every change, until interrupted.

    Args:
        check: checks, and writes what is found.
        beside: the files that count besides those of the sets, there or not.
        marks: whether what separates the checks is written with the results, and not only for people.

    Raises:
        RouterError: the first check is impossible; later ones only say so, as somebody may be at work on it.
    """
    seen: FileStates = {}
    while True:
        _begin(marks=marks, first=not seen)
        before = look_at({*seen, *beside()})
        read: FileStates = {}
        try:
            read = _read(check())
        except RouterError as problem:
            if not seen:
                raise
            complain(problem)
        sys.stdout.flush()
        # What changed while it was read was read as it was before.
        seen = {**look_at({*beside()} - before.keys()), **before, **read}
        note(text("cli.validate.watching"))
        _wait(seen)


def _read(reports: Iterable[Report]) -> FileStates:
    """Return what the files of sets held when they were read."""
    states: dict[Path, FileState] = {}
    for report in reports:
        digests = {path: digest_of(content) for path, content in report.looked_at.items()}
        states |= {path: FileState(path, digest) for path, digest in digests.items()}
        states |= {
            path: FileState(target or path, digests.get(target or path))
            for path, target in report.links.items()
        }
    return states


def _begin(*, marks: bool, first: bool) -> None:
    """Make room for a check, and say when it was."""
    moment = text("cli.validate.checked-at", time=f"{datetime.now().astimezone():%H:%M:%S}")
    if sys.stdout.isatty():
        sys.stdout.write(f"{CLEAR}{moment}\n\n")
    elif marks:
        sys.stdout.write(f"{'' if first else chr(10)}{RULE} {moment} {RULE}\n")
    else:
        note(moment)
    sys.stdout.flush()


def _wait(seen: FileStates) -> None:
    """Wait until the files are not what they were, and nobody is writing them any more."""
    from watchfiles._rust_notify import RustNotify  # documented for use by others: folders change here

    folders = {folder for path, state in seen.items() for folder in (path.parent, state.target.parent)}
    notices = None
    with contextlib.suppress(OSError, RuntimeError):  # looking alone has to do
        notices = RustNotify(
            sorted(str(each) for each in folders if each.is_dir()), False, False, 0, False, True
        )
    with notices or contextlib.nullcontext():
        while (now := look_at(seen)) == seen:
            told = notices.watch(STILL_MS * 4, STILL_MS, LOOK_MS, None) if notices is not None else _pause()
            if told == "signal":
                raise KeyboardInterrupt
    while True:  # half a file may be a set, too
        _pause(STILL_MS)
        rest = look_at(seen)
        if rest == now:
            return
        now = rest


def _pause(milliseconds: int = LOOK_MS) -> str:
    import time

    time.sleep(milliseconds / 1_000)
    return "timeout"
