"""The command as users run it: in this process, as a process of its own, and on a terminal."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.cli.main import run

DEADLINE = 40.0

SOUND = """language 1

rule vpn "VPN trouble"
  when text contains "vpn"
  then agent helpdesk
  else reply "稍后再试"

otherwise reply "您好，{{ sender.name }}"
"""

FAULTY = """language 1

list vip   = ["u1"]
list spare = ["u2"]

rule greeting
  when text is “你好”
  then reply "您好"

rule lost
  when sender in vop
  then drop

otherwise reply "请换个说法"
"""

WARNED = """language 1
list vip = ["u1"]
otherwise reply "您好"
"""

CONFIGURATION = """[channels_config.dingtalk]
client_id     = "ding1abc"
client_secret = "${env:DINGTALK_CLIENT_SECRET}"
allowed_users = ["*"]

[agents.helpdesk]
url = "http://127.0.0.1:16830"
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def documents(self) -> list[Any]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without what would change the outcome of a test."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PRX_ROUTER", "LC_", "PYTEST"))
        and name not in ("LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    }
    return {**kept, "LANG": "en_US.UTF-8", "PYTHONUTF8": "1", **more}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test works in an empty folder, with nothing of the machine's own settings, and leaves the language alone."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("PRX_ROUTER", "LC_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    yield
    use_language("en")


@pytest.fixture
def invoke(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """Run a command in this process; keywords go into the environment."""

    def invoked(*arguments: str | Path, **environ: str) -> Told:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        capfd.readouterr()
        code = run([str(each) for each in arguments], os.environ)
        out, err = capfd.readouterr()
        return Told(code, out, err)

    return invoked


@pytest.fixture
def execute(tmp_path: Path) -> Callable[..., Told]:
    """Run a command as a process of its own; keywords but ``stdin`` go into the environment."""

    def executed(*arguments: str | Path, stdin: bytes = b"", **environ: str) -> Told:
        done = subprocess.run(
            [sys.executable, "-m", "prx_dingtalk_router", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            timeout=DEADLINE,
            env=clean_environment(**environ),
            cwd=tmp_path,
        )
        return Told(done.returncode, done.stdout.decode(), done.stderr.decode())

    return executed


@pytest.fixture
def clean() -> dict[str, str]:
    """The environment of a process of its own."""
    return clean_environment()


@pytest.fixture
def on_terminal(tmp_path: Path) -> Callable[..., Told]:
    """Run a command on a terminal, where ``typed`` was typed: everything that appears there is ``out``."""

    def executed(*arguments: str, typed: str = "", **environ: str) -> Told:
        leader, follower = pty.openpty()
        os.write(leader, typed.encode())
        process = subprocess.Popen(
            [sys.executable, "-m", "prx_dingtalk_router", *arguments],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env=clean_environment(**{"TERM": "xterm-256color", **environ}),
            cwd=tmp_path,
        )
        os.close(follower)
        try:
            shown = _everything(leader)
            return Told(process.wait(DEADLINE), shown, "")
        finally:
            process.kill()
            process.wait()
            os.close(leader)

    return executed


def _everything(leader: int) -> str:
    """What is written to a terminal until nobody has it open any more."""
    pieces = []
    end = time.monotonic() + DEADLINE
    with contextlib.suppress(OSError):  # Linux says EIO where others say end of file
        while select.select([leader], [], [], max(0.0, end - time.monotonic()))[0]:
            piece = os.read(leader, 65_536)
            if not piece:
                break
            pieces.append(piece)
    return b"".join(pieces).decode()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file below the test's folder."""

    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


@pytest.fixture
def sound(write: Callable[..., Path]) -> Path:
    """A sound set of rules in ``rules``."""
    return write("rules/main.rules", SOUND)


@pytest.fixture
def faulty(write: Callable[..., Path]) -> Path:
    """A set with errors and warnings in ``rules``."""
    return write("rules/main.rules", FAULTY)


@pytest.fixture
def warned(write: Callable[..., Path]) -> Path:
    """A set with a warning in ``rules``."""
    return write("rules/main.rules", WARNED)


@pytest.fixture
def configuration(write: Callable[..., Path]) -> Path:
    """A configuration that goes with the sound set."""
    return write("prx-router.toml", CONFIGURATION)


@pytest.fixture
def callback() -> Callable[..., dict[str, Any]]:
    """Makes a bot callback: a private text."""

    def made(text: str = "hi", **more: Any) -> dict[str, Any]:
        plain: Mapping[str, Any] = {
            "msgId": "m1",
            "conversationId": "cid1",
            "conversationType": "1",
            "senderId": "$:1",
            "senderStaffId": "u1003",
            "senderNick": "王芳",
            "msgtype": "text",
            "text": {"content": text},
            "createAt": 1788200002000,
        }
        return {**plain, **more}

    return made
