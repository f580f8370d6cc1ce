"""``validate --watch``: a real process, on a terminal and into a pipe, and files that are saved as editors save them."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

DEADLINE = 40.0
CLEAR = "\x1b[2J\x1b[3J\x1b[H"
WAITING = "saving a file checks again; Ctrl-C ends"
SOUND = 'language 1\notherwise reply "x"\n'


class Watched:
    """A process and what it wrote."""

    def __init__(self, process: subprocess.Popen[bytes], reading: int) -> None:
        self.process = process
        self.out = ""
        self._reading = reading

    def until(self, words: str, times: int = 1) -> str:
        """Wait until something was written that often; returns all that was written."""
        end = time.monotonic() + DEADLINE
        while self.out.count(words) < times:
            assert select.select([self._reading], [], [], max(0.0, end - time.monotonic()))[0], self.out
            self.out += os.read(self._reading, 65_536).decode()
        return self.out

    def interrupted(self) -> int:
        """Press Ctrl-C; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(DEADLINE)


@contextmanager
def watching(clean: dict[str, str], folder: Path, *options: str, terminal: bool) -> Iterator[Watched]:
    """Watch in a folder."""
    leader, follower = pty.openpty() if terminal else os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "prx_dingtalk_router", "validate", "--watch", *options],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        env={**clean, "TERM": "xterm"},
        cwd=folder,
        # A shell starts what runs in the background with interrupts ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    os.close(follower)
    try:
        yield Watched(process, leader)
    finally:
        process.kill()
        process.wait()
        os.close(leader)


def test_a_save_checks_again_on_a_cleared_screen(clean: dict[str, str], tmp_path: Path, sound: Path) -> None:
    """Each check begins with an empty screen and the time, and ends with the count; Ctrl-C ends it with 130 and not a word."""
    with watching(clean, tmp_path, terminal=True) as seen:
        shown = seen.until(WAITING)
        assert shown.startswith(f"{CLEAR}checked at ")
        assert "all is well: files: 1, rules: 1" in shown
        sound.write_text(SOUND + "rule\n", "utf-8")
        last = seen.until(WAITING, 2).split(CLEAR)[-1]
        assert "error[PRX103]" in last
        assert "errors: 1, warnings: 0" in last
        assert seen.interrupted() == 130
        assert seen.out.rstrip().endswith(WAITING)


def save(path: Path) -> None:
    """Write a file in place."""
    path.write_text(SOUND + "# saved\n", "utf-8")


def replace(path: Path) -> None:
    """Write another file and put it in its place, as many editors do."""
    beside = path.with_name(".4913~")
    beside.write_text(SOUND + "# replaced\n", "utf-8")
    beside.replace(path)


def used(path: Path) -> None:
    """Use a file that is not there yet, and write that."""
    path.write_text(SOUND + 'use "later/new.rules"\n', "utf-8")


@pytest.mark.parametrize("change", [save, replace, used])
def test_ways_to_save(
    clean: dict[str, str], tmp_path: Path, sound: Path, change: Callable[[Path], None]
) -> None:
    """However a file is saved, it is noticed; without a terminal a line parts the checks."""
    with watching(clean, tmp_path, terminal=False) as seen:
        seen.until(WAITING)
        change(sound)
        assert seen.until(WAITING, 2).count("─ checked at ") == 2
        if change is used:
            assert "PRX100" in seen.out
            new = sound.parent / "later" / "new.rules"
            new.parent.mkdir()
            new.write_text('list later = ["x"]\n', "utf-8")
            assert "`later` is never used" in seen.until(WAITING, 3)
        assert seen.interrupted() == 130


def test_what_is_in_the_way_is_told_and_waited_for(
    clean: dict[str, str], tmp_path: Path, sound: Path
) -> None:
    """A broken configuration, or rules that are gone for a moment, do not end it; a configuration that appears counts."""
    with watching(clean, tmp_path, "--format", "json", terminal=False) as seen:
        seen.until(WAITING)
        config = tmp_path / "prx-router.toml"
        config.write_text("[rules\n", "utf-8")
        assert "prx-router.toml" in seen.until(WAITING, 2)
        config.unlink()
        seen.until(WAITING, 3)
        sound.rename(tmp_path / "away")
        seen.until(WAITING, 4)
        (tmp_path / "away").rename(sound)
        assert '"rules": 1' in seen.until(WAITING, 5).splitlines()[-2]
        assert seen.interrupted() == 130


def test_what_cannot_be_checked_at_first_ends_it(invoke: Callable[..., Any]) -> None:
    """Without rules there is nothing to watch; fixes are not written behind somebody's back."""
    assert invoke("validate", "--watch").code == 2
    told = invoke("validate", "--watch", "--fix")
    assert (told.code, "only checks" in told.err) == (2, True)
