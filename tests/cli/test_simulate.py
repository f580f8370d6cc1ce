"""``simulate``: DingTalk or PRX alone, as a process that other programs test against."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest


@pytest.fixture
def simulate(tmp_path: Path, clean: dict[str, str]) -> Iterator[Callable[..., tuple[Any, str]]]:
    """Start a simulator; gives the process and the line that says where it is."""
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "prx_dingtalk_router", "simulate", *arguments, "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=clean,
            cwd=tmp_path,
        )
        running.append(process)
        assert process.stderr is not None
        return process, process.stderr.readline()

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_prx_answers_and_tells_what_happens(simulate: Callable[..., tuple[Any, str]]) -> None:
    """A turn runs, each event is a line of JSON, and Ctrl-C ends it with 130."""
    process, line = simulate("prx", "--agent", "it")
    url, token = re.search(r"at (\S+) \(it\), token (\S+)", line).groups()  # type: ignore[union-attr]
    answer = httpx.post(
        f"{url}/webhook",
        json={"message": "你好", "reply_target": "t"},
        headers={"authorization": f"Bearer {token}"},
    )
    assert answer.json()["response"].startswith("**it** ← 你好")
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert {"Booted", "TurnStarted", "TurnEnded"} <= {json.loads(each)["event"] for each in out.splitlines()}


def test_a_fault_is_in_force_from_the_start(simulate: Callable[..., tuple[Any, str]]) -> None:
    """``--fault`` sets a knob: a registration is refused as it says; SIGTERM ends with 0."""
    process, line = simulate("dingtalk", "--fault", "register=authFailed", "--client-id", "ding1")
    url = re.search(r"at (\S+) \(", line)[1]  # type: ignore[index]
    answer = httpx.post(
        f"{url}/v1.0/gateway/connections/open",
        json={"clientId": "ding1", "clientSecret": "sandbox-secret", "subscriptions": []},
        headers={"accept": "application/json"},
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "authFailed")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.mark.parametrize("part", ["dingtalk", "prx"])
def test_faults_are_listed(invoke: Callable[..., Any], part: str) -> None:
    """``--faults`` prints every knob with its meaning, in both languages."""
    english, chinese = (invoke("simulate", part, "--faults", "--lang", lang) for lang in ("en", "zh"))
    assert english.code == chinese.code == 0
    assert english.out != chinese.out
    assert len(english.out.splitlines()) > 20


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["prx", "--fault", "nope=1"], "no fault `nope`"),
        (["dingtalk", "--fault", "speed"], "must be NAME=VALUE"),
        (["prx", "--listen", "8080"], "must be HOST:PORT"),
        (["dingtalk", "--listen", "127.0.0.1:99999"], "must be HOST:PORT"),
    ],
)
def test_wrong_use_is_told(invoke: Callable[..., Any], arguments: list[str], sentence: str) -> None:
    """Exit 2, and what may be written."""
    told = invoke("simulate", *arguments, "--lang", "en")
    assert told.code == 2
    assert sentence in told.err
