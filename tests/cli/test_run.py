"""``run`` before it runs: what keeps it from starting, said in a sentence. How it runs is in ``tests/e2e``."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SECRET = "s3cr3t-0f-th3-b0t"
TOKEN = "t0ken-0f-th3-ag3nt"
SIGNING = "s1gning-k3y"
WEBHOOK_TOKEN = "w3bh00k-t0ken"
PROXY_PASSWORD = "pr0xy-passw0rd"
PLANTED = (SECRET, TOKEN, SIGNING, WEBHOOK_TOKEN, PROXY_PASSWORD)

FULL_OF_SECRETS = f"""
[channels_config.dingtalk]
client_id     = "ding1abc"
client_secret = "{SECRET}"
allowed_users = ["*"]

[dingtalk]
proxy = "http://me:{PROXY_PASSWORD}@127.0.0.1:9"

[agents.helpdesk]
url            = "http://127.0.0.1:9"
token          = "${{file:token.txt}}"
signing_secret = "${{env:SIGNING}}"
webhook_token  = "{WEBHOOK_TOKEN}"
"""


@pytest.fixture
def secrets(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with a secret in every place that takes one."""
    monkeypatch.setenv("SIGNING", SIGNING)
    write("token.txt", TOKEN)
    return write("prx-router.toml", FULL_OF_SECRETS)


def test_running_needs_a_configuration(invoke: Callable[..., Any], sound: Path) -> None:
    """Without a configuration it ends with 2 and shows the way into the sandbox."""
    told = invoke("run")
    assert (told.code, told.out) == (2, "")
    assert "prx-router run --sandbox" in told.err


def test_running_needs_credentials(
    invoke: Callable[..., Any], sound: Path, write: Callable[..., Path]
) -> None:
    """A configuration without the bot's credentials ends with 2 and names the keys."""
    write("prx-router.toml", '[agents.helpdesk]\nurl = "http://127.0.0.1:9"\n')
    told = invoke("run")
    assert told.code == 2
    assert "client_id" in told.err
    assert "client_secret" in told.err


@pytest.mark.parametrize("arguments", [("run",), ("run", "--sandbox", "--port", "0")], ids=" ".join)
def test_rules_with_errors_do_not_run(
    execute: Callable[..., Any], secrets: Path, faulty: Path, arguments: tuple[str, ...]
) -> None:
    """Errors in the rules end it with 1 before anything is connected, and are told with their places."""
    told = execute(*arguments, SIGNING=SIGNING)
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("rules/main.rules:7:16: PRX111")


@pytest.mark.parametrize("arguments", [("run",), ("run", "--sandbox", "--port", "0")], ids=" ".join)
def test_without_rules_it_does_not_run(
    execute: Callable[..., Any], secrets: Path, arguments: tuple[str, ...]
) -> None:
    """Missing rules end it with 2 and the path that was looked at."""
    told = execute(*arguments, SIGNING=SIGNING)
    assert (told.code, told.out) == (2, "")
    assert "rules`" in told.err


def test_a_taken_page_port_is_a_sentence(execute: Callable[..., Any], sound: Path) -> None:
    """The sandbox says which port of the page is taken, and ends with 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = execute("run", "--sandbox", "--port", port)
    assert told.code == 2
    assert port in told.err
    assert "Traceback" not in told.err


BREAKAGES = {
    "unknown key": 'secret_thing = "{s}"',
    "wrong type": '[log]\nlevel = ["{s}"]',
    "broken table": '[agents.x]\nurl = "http://u:{s}@127.0.0.1:9"\ntoken = ["{s}"]',
    "broken toml": 'x = "{s}',
    "secret as address": '[agents.y]\nurl = "{s}"',
}


@pytest.mark.parametrize("breakage", BREAKAGES)
@pytest.mark.parametrize("command", [("validate",), ("run",)], ids=" ".join)
def test_no_secret_in_what_is_said_about_a_configuration(
    invoke: Callable[..., Any], secrets: Path, sound: Path, command: tuple[str, ...], breakage: str
) -> None:
    """Whatever is wrong with the configuration, no value of a secret key is shown."""
    broken = f"{BREAKAGES[breakage].format(s='pl4in-oth3r')}\n"
    first = breakage == "unknown key"
    written = secrets.read_text("utf-8")
    secrets.write_text(broken + written if first else written + broken, "utf-8")
    told = invoke(*command)
    assert told.code == 2
    assert [secret for secret in PLANTED if secret in told.out + told.err] == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_in_results(
    invoke: Callable[..., Any], secrets: Path, sound: Path, write: Callable[..., Path], form: str
) -> None:
    """Neither checking nor deciding shows a secret of the configuration or of a callback."""
    webhook = "https://oapi.dingtalk.com/robot/sendBySession?session=s3ss10n"
    write(
        "calls.jsonl",
        f'{{"msgId": "m", "senderStaffId": "u", "sessionWebhook": "{webhook}", "senderId": [7]}}\n' * 2,
    )
    shown = [
        invoke("validate", "--format", form),
        invoke("replay", "calls.jsonl", *["--json"][: form == "json"]),
    ]
    everything = "".join(told.out + told.err for told in shown)
    assert [secret for secret in (*PLANTED, "s3ss10n") if secret in everything] == []


def test_no_secret_in_a_crash(
    invoke: Callable[..., Any], secrets: Path, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect while everything is loaded names its place only."""
    monkeypatch.setattr(logging.root, "handlers", list(logging.root.handlers))
    monkeypatch.setattr(logging.root, "level", logging.root.level)

    def defective(settings: Any, *_: object, **__: object) -> None:
        raise ValueError(settings.channel.client_secret.get_secret_value(), repr(settings))

    monkeypatch.setattr("prx_dingtalk_router.cli.running.RouterService", defective)
    told = invoke("run")
    assert told.code == 70
    assert [secret for secret in PLANTED if secret in told.out + told.err] == []
