"""DingTalk's own Node SDK against the sandbox."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from prx_dingtalk_router.sandbox.dingtalk import (
    Acked,
    Connected,
    DingTalk,
    PingAnswered,
    Refused,
    Registered,
    Replied,
    Said,
)

HERE = Path(__file__).parent / "node"


@pytest.fixture(scope="session")
def node() -> str:
    """Node, with the SDK in ``node/node_modules`` (which Git ignores); without either the tests are reported skipped."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found is None or npm is None:
        pytest.skip("Node or npm is not installed: the official Node SDK was not tried")
    if not (HERE / "node_modules" / "dingtalk-stream").is_dir():
        try:
            install(npm)
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"npm could not install the official Node SDK: {type(error).__name__}")
    return found


def install(npm: str) -> None:
    """Install beside the folder and move it into place, for other test processes may be doing the same."""
    with tempfile.TemporaryDirectory(dir=HERE, prefix="node_modules.") as beside:
        shutil.copy(HERE / "package.json", beside)
        command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
        subprocess.run(command, cwd=beside, check=True, capture_output=True, timeout=45)
        with contextlib.suppress(OSError):
            (Path(beside) / "node_modules").rename(HERE / "node_modules")
    if not (HERE / "node_modules" / "dingtalk-stream").is_dir():
        raise FileNotFoundError(HERE / "node_modules")


@pytest_asyncio.fixture
async def sdk(node: str, dingtalk: DingTalk, log: Any) -> AsyncIterator[None]:
    """A bot of the official SDK, connected."""
    environment = {
        **os.environ,
        "SANDBOX_URL": dingtalk.base_url,
        "CLIENT_ID": "dingexample0001",
        "CLIENT_SECRET": "s3cr3t-value",
    }
    process = await asyncio.create_subprocess_exec(
        *(node, "bot.mjs"),
        cwd=HERE,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await log.first(Connected)
        yield
    finally:
        process.kill()
        await process.wait()


async def test_official_node_sdk_receives_acknowledges_and_replies(
    sdk: None, dingtalk: DingTalk, log: Any
) -> None:
    """The SDK registers with its EVENT default, echoes pings, acknowledges, gets a token and replies."""
    registered = log.of(Registered)[0]
    assert ("EVENT", "*") in registered.subscriptions
    msg_id = dingtalk.say(Said("u1001", text="报销流程是什么?"))
    assert (await log.first(Acked, msg_id=msg_id)).data == '{"response":null}'
    await log.first(Replied, msg_id=msg_id, errcode=0)
    lines = dingtalk.transcript(dingtalk.directory.private("u1001").id)
    assert lines[-1].text == "echo: 报销流程是什么?"
    assert (await log.first(PingAnswered)).echoed
    assert not log.of(Refused)


async def test_official_node_sdk_answers_events(sdk: None, dingtalk: DingTalk, log: Any) -> None:
    """An event that the SDK got by its default subscription is answered with a status."""
    event_id = dingtalk.send_event("user_add_org", {"userId": ["u001"]})
    assert (await log.first(Acked, msg_id=event_id)).data == '{"status":"SUCCESS"}'
