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

import aiohttp
import httpx
import pytest

from prx_dingtalk_router.sandbox.dingtalk import Faults
from prx_dingtalk_router.sandbox.prx import PrxFaults


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


def test_prx_has_the_settings_that_are_written(simulate: Callable[..., tuple[Any, str]]) -> None:
    """A token of one's own lasts over a start of the simulator; what PRX calls its settings is in force."""
    process, line = simulate("prx", "--set", "paired_tokens=my-token", "--set", "api-rate-limit-per-minute=2")
    assert "token my-token" in line
    url = re.search(r"at (\S+) \(", line)[1]  # type: ignore[index]
    headers = {"authorization": "Bearer my-token"}
    answers = [httpx.get(f"{url}/api/status", headers=headers).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    process, line = simulate("prx", "--set", "paired_tokens=")
    code = re.search(r"no token yet, pairing code (\d{6})", line)[1]  # type: ignore[index]
    url = re.search(r"at (\S+) \(", line)[1]  # type: ignore[index]
    assert httpx.post(f"{url}/pair", headers={"X-Pairing-Code": code}).json()["paired"] is True


async def test_a_program_writes_messages_as_the_help_says(simulate: Callable[..., tuple[Any, str]]) -> None:
    """What ``--help`` documents is all that a test in another language needs: register, push, acknowledge, see it told."""
    process, line = simulate("dingtalk", "--speed", "200")
    api, page = re.findall(r"http://127\.0\.0\.1:\d+", line)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as http:
        async with http.post(
            f"{api}/v1.0/gateway/connections/open",
            json={
                "clientId": "dingsandbox",
                "clientSecret": "sandbox-secret",
                "subscriptions": [{"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"}],
            },
            headers={"Accept": "application/json"},
        ) as answer:
            granted = await answer.json()
        stream = await http.ws_connect(f"{granted['endpoint']}?ticket={granted['ticket']}")
        orders = await http.ws_connect(f"{page}/socket", headers={"Origin": page})
        known = await orders.receive_json()
        assert {"people", "conversations", "faults"} <= set(known)
        asked: dict[str, Any] = {"person": "u1001", "conversation": "cidITHelpDesk2026A1==", "text": "hi"}
        await orders.send_json({"id": 1, "ask": "say", **asked})
        while (done := await orders.receive_json()).get("id") != 1:
            pass
        assert done["type"] == "done"
        frames = []
        while len(frames) < 2:  # it comes again after a minute of DingTalk's, which is 0.3 s here
            frame = await stream.receive_json()
            if frame["type"] == "CALLBACK":
                frames.append(frame)
        assert {json.loads(frame["data"])["msgId"] for frame in frames} == {done["msg_id"]}
        assert len({frame["headers"]["messageId"] for frame in frames}) == 2
        await stream.close()
        await orders.close()
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert [json.loads(each)["event"] for each in out.splitlines()].count("Pushed") >= 2


def test_when_nobody_reads_the_events_it_ends_quietly(simulate: Callable[..., tuple[Any, str]]) -> None:
    """A reader that goes away, like ``head``, ends the simulator with 0 and without a traceback."""
    process, line = simulate("dingtalk")
    process.stdout.close()
    url = re.search(r"at (\S+) \(", line)[1]  # type: ignore[index]
    httpx.post(f"{url}/v1.0/gateway/connections/open", json={})
    assert process.wait(timeout=20) == 0
    assert process.stderr.read() == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_faults_of_the_examples_are_ones(invoke: Callable[..., Any], lang: str) -> None:
    """The examples of ``--help`` are accepted as they stand."""
    shown = invoke("simulate", "--help", "--lang", lang).out.replace("\\\n", " ")
    examples = re.findall(r"simulate (prx|dingtalk)[^\n]*--fault ([\w-]+)=(\S+)", shown)
    assert {part for part, _, _ in examples} == {"prx", "dingtalk"}
    for part, name, value in examples:
        (PrxFaults() if part == "prx" else Faults()).set(name, value)


def test_faults_are_listed_with_all_their_choices(invoke: Callable[..., Any]) -> None:
    """What a knob takes can be read in the list, in a narrow terminal too."""
    told = invoke("simulate", "dingtalk", "--faults", "--lang", "en", COLUMNS="80").out
    cells = [line.split("│")[3].strip() for line in told.splitlines() if line.count("│") == 4]
    shown = "".join(cells).replace(" ", "")
    for knob in Faults().describe():
        assert "|".join(knob["choices"]) in shown  # type: ignore[arg-type]


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
        (["dingtalk", "--listen", "127.0.0.1:99999"], "65535 at most"),
        (["prx", "--listen", "0.0.0.0:0"], "allow_public_bind"),
        (["prx", "--agent", ""], "must not be empty"),
        (["prx", "--set", "nope=1"], "no setting `nope`; known settings: allow_public_bind"),
        (["prx", "--set", "autonomy=god"], "expected full, supervised, read_only"),
        (["prx", "--set", "require_pairing=maybe"], "expected true, false"),
        (["prx", "--set", "idempotency_ttl_secs=-1"], "expected 0, 1, 2"),
        (["dingtalk", "--speed", "0"], "speed must be greater than 0"),
        (["dingtalk", "--client-id", ""], "must not be empty"),
        (["dingtalk", "--client-secret", ""], "must not be empty"),
    ],
)
def test_wrong_use_is_told(invoke: Callable[..., Any], arguments: list[str], sentence: str) -> None:
    """Exit 2, and what may be written."""
    told = invoke("simulate", *arguments, "--lang", "en")
    assert told.code == 2
    assert sentence in told.err
