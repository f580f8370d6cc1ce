"""An interrupt while a command loads."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from prx_dingtalk_router.cli.loading import interrupt_ends_at_once

SWALLOWING = """
import os, signal
from prx_dingtalk_router.cli.loading import interrupt_ends_at_once
with interrupt_ends_at_once():
    try:
        os.kill(os.getpid(), signal.SIGINT)
        while True:
            pass
    except KeyboardInterrupt:
        print("swallowed")
"""
IN_THE_MIDDLE = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "prx_dingtalk_router.cli.application":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
from prx_dingtalk_router.cli.main import main
main(["--version"])
"""


def ended(program: str) -> tuple[int, bytes, bytes]:
    """Exit code and output of a program."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=40)
    return done.returncode, done.stdout, done.stderr


def test_nobody_can_swallow_it() -> None:
    """The process ends with 130 whatever the code that loads does with exceptions."""
    assert ended(SWALLOWING) == (130, b"", b"")


def test_the_command_ends_in_the_middle_of_its_imports() -> None:
    """Ctrl-C while the commands are loaded: 130, no traceback."""
    assert ended(IN_THE_MIDDLE) == (130, b"", b"")


def test_afterwards_everything_is_as_before() -> None:
    """The handler lasts as long as the loading; where there is none to set, nothing happens."""
    before = signal.getsignal(signal.SIGINT)
    with interrupt_ends_at_once():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before

    def elsewhere() -> object:
        with interrupt_ends_at_once():
            return signal.getsignal(signal.SIGINT)

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(elsewhere).result() is before
