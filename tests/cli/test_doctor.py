"""``doctor``, also as ``channel doctor dingtalk``: one line a check, what to do, and the exit code."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CONFIG = """[channels_config.dingtalk]
client_id     = "ding1abc"
client_secret = "s3cr3t-0f-th3-b0t"
allowed_users = []

[dingtalk]
api_base      = "http://127.0.0.1:{port}"
webhook_hosts = ["127.0.0.1"]
"""


@pytest.fixture
def sick(write: Callable[..., Path]) -> Path:
    """An installation without a DingTalk, that admits nobody, and whose secret is readable."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    write("rules/main.rules", 'language 1\n\notherwise reply "hi"\n')
    config = write("prx-router.toml", CONFIG.format(port=port))
    config.chmod(0o644)
    return config


@pytest.mark.parametrize("command", [("doctor",), ("channel", "doctor", "dingtalk"), ("channel", "doctor")])
def test_each_check_is_a_line_with_what_to_do(
    invoke: Callable[..., Any], sick: Path, command: tuple[str, ...]
) -> None:
    """Under both names; marked, with a summary at the end, and 1 because something failed; no secret is shown."""
    told = invoke(*command)
    assert (told.code, told.err) == (1, "")
    lines = told.out.splitlines()
    assert lines[0].startswith("✓ rules  ")
    assert lines[1].startswith("✗ allowed users  nobody may use the bot")
    assert lines[2].strip().startswith("what to do: ")
    assert any(line.startswith("✗ secret files  ") for line in lines)
    assert any(line.startswith("- clock  ") for line in lines)
    assert lines[-1].startswith("ok ")
    assert "s3cr3t" not in told.out


def test_json_is_one_document(invoke: Callable[..., Any], sick: Path) -> None:
    """Each check with its status, summary and remedy, in Chinese as they are, and a count of each status."""
    told = invoke("doctor", "--json", "--lang", "zh")
    document = json.loads(told.out)
    assert told.code == 1
    assert list(document) == ["checks", "summary"]
    assert all(
        list(each) == ["check", "subject", "status", "summary", "remedy"] for each in document["checks"]
    )
    nobody = next(each for each in document["checks"] if each["check"] == "allowed-users")
    assert (nobody["status"], nobody["summary"][:4]) == ("failed", "没有人可")
    counted = [each["status"] for each in document["checks"]]
    assert document["summary"] == {
        each: counted.count(each) for each in ("ok", "warning", "failed", "skipped")
    }


def test_wrong_use(invoke: Callable[..., Any], sick: Path) -> None:
    """Another channel, and a folder without a configuration, end with 2."""
    told = invoke("channel", "doctor", "slack")
    assert (told.code, "there is no channel `slack`" in told.err) == (2, True)
    sick.unlink()
    assert invoke("doctor").code == 2
