"""An interrupt while a command loads."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from prx_dingtalk_router.cli.signals import interrupt_ends_at_once

SWALLOWING = """
import os, signal
from prx_dingtalk_router.cli.signals import interrupt_ends_at_once
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
module, number, *arguments = sys.argv[1:]
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            try:
                os.kill(os.getpid(), int(number))
            except KeyboardInterrupt:  # as some libraries do
                print("swallowed")
sys.meta_path.insert(0, Interrupting())
from prx_dingtalk_router.cli.main import main
main(arguments)
"""


def ended(program: str, *arguments: object) -> tuple[int, bytes, bytes]:
    """Exit code and output of a program."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=40)
    return done.returncode, done.stdout, done.stderr


def test_nobody_can_swallow_it() -> None:
    """The process ends with 130 whatever the code that loads does with exceptions."""
    assert ended(SWALLOWING) == (130, b"", b"")


def test_the_command_ends_in_the_middle_of_its_imports() -> None:
    """Ctrl-C while the commands are loaded: 130, no traceback."""
    module, number = "prx_dingtalk_router.cli.command_line", int(signal.SIGINT)
    assert ended(IN_THE_MIDDLE, module, number, "--version") == (130, b"", b"")


@pytest.mark.parametrize("module", ["prx_dingtalk_router.cli.validate", "prx_dingtalk_router.settings.model"])
def test_a_command_ends_in_the_middle_of_what_it_imports(
    configuration: Path, sound: Path, module: str
) -> None:
    """Ctrl-C while a command imports what it needs, or what its configuration needs: 130, no traceback."""
    assert ended(IN_THE_MIDDLE, module, int(signal.SIGINT), "validate") == (130, b"", b"")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("prx_dingtalk_router.cli.running", ("run", "--sandbox")),
        ("prx_dingtalk_router.cli.simulating", ("simulate",)),
        ("prx_dingtalk_router.cli.simulating", ("simulate", "prx")),
    ],
)
def test_what_runs_until_a_signal_ends_by_one_while_it_loads(
    module: str, arguments: tuple[str, ...], number: signal.Signals, code: int
) -> None:
    """``run`` and ``simulate`` end as they do later, and print nothing."""
    assert ended(IN_THE_MIDDLE, module, int(number), *arguments) == (code, b"", b"")


def test_a_termination_before_the_service_stands_is_an_end() -> None:
    """SIGTERM between loading and the service's own handlers: 0."""
    program = "import os, signal\nfrom prx_dingtalk_router.cli.signals import termination_ends_at_once\n"
    program += "with termination_ends_at_once(): os.kill(os.getpid(), signal.SIGTERM); print('alive')"
    assert ended(program) == (0, b"", b"")


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


HANGING_UP = """
import os, signal
from prx_dingtalk_router.cli.signals import hangup_means_nothing
with hangup_means_nothing():
    os.kill(os.getpid(), signal.SIGHUP)
    print("goes on")
os.kill(os.getpid(), signal.SIGHUP)
"""


def test_a_hangup_does_not_end_a_router_that_starts() -> None:
    """Whoever asks for a reload too early is not heard, and does no harm; afterwards it is as it was before."""
    assert ended(HANGING_UP.rpartition("os.kill")[0]) == (0, b"goes on\n", b"")
    assert ended(HANGING_UP)[0] == -signal.SIGHUP
