"""What commands import: little for what is typed most, nothing heavy where it is not needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

IMPORTED = """
import json, os, sys
before = set(sys.modules)
from prx_dingtalk_router.cli.main import run
code = run(sys.argv[1:], os.environ)
print(json.dumps([code, sorted(set(sys.modules) - before)]))
"""
NETWORK = (
    *(f"prx_dingtalk_router.{part}" for part in ("net", "stream", "delivery", "service", "sandbox")),
    *("httpx", "websockets", "aiohttp"),
)
HEAVY = ("pydantic", "rich", "holidays", "structlog", "markdown_it", "importlib.metadata", "asyncio")
ONCE_WRONG = (
    "prx_dingtalk_router.language.syntax.recovery.declarations",
    "prx_dingtalk_router.language.syntax.recovery.repair",
    "lark.tools",
)
"""What only a set with mistakes needs."""


def imported(*arguments: str, environ: Mapping[str, str] | None = None) -> list[str]:
    """The modules that a command imports, which has to succeed."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *arguments],
        env={**os.environ, **(environ or {})},
        capture_output=True,
        timeout=40,
        check=True,
    )
    code, modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0
    return list(modules)


def libraries(modules: list[str]) -> set[str]:
    """The libraries among modules."""
    names = {module.partition(".")[0] for module in modules}
    return {name for name in names if name not in sys.stdlib_module_names and not name.startswith("_")}


def parts(modules: list[str]) -> set[str]:
    """The parts of this package among modules."""
    return {module.split(".")[1] for module in modules if module.startswith("prx_dingtalk_router.")}


@pytest.mark.parametrize(
    ("words", "at"),
    [("prx-router va", "1"), ("prx-router validate --f", "2"), ("prx-router explain --lang ", "3")],
)
def test_completion_imports_no_command(words: str, at: str) -> None:
    """What a shell asks at every key needs the command line alone, whatever is completed."""
    asked = {"_PRX_ROUTER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": at}
    modules = imported(environ=asked)
    assert libraries(modules) == {"click", "prx_dingtalk_router"}
    assert parts(modules) <= {"catalogue", "cli", "errors"}


@pytest.mark.parametrize(
    "arguments",
    [("--version",), ("--help",), ("validate", "--help"), ("run", "-h"), ("simulate", "-h")],
    ids=" ".join,
)
def test_version_and_help_import_no_command(arguments: tuple[str, ...]) -> None:
    """Neither needs what the commands need."""
    modules = imported(*arguments)
    assert libraries(modules) == {"click", "prx_dingtalk_router"}
    assert parts(modules) <= {"catalogue", "cli", "errors"}


@pytest.mark.parametrize("form", ["text", "concise", "json", "github"])
def test_checking_a_sound_set_imports_nothing_heavy(sound: Path, form: str) -> None:
    """A set in order, without a configuration, is checked without pydantic, rich, holidays and recovery."""
    modules = imported("validate", "--format", form)
    assert [each for each in modules if each.startswith((*HEAVY, *NETWORK, *ONCE_WRONG))] == []


def test_a_configured_calendar_is_known_without_its_days(sound: Path, configuration: Path) -> None:
    """The days of 250 countries are imported for rules that use a calendar; whether there is one is known by its name."""
    written = configuration.read_text("utf-8")
    for code, unused in (("CN", "holidays"), ("FR", "holidays.countries.")):
        configuration.write_text(f'{written}\n[rules]\ncalendar = "{code}"\n', "utf-8")
        assert [each for each in imported("validate") if each.startswith(unused)] == [], code


@pytest.mark.parametrize("arguments", [("validate",), ("replay", "calls.jsonl", "--json")], ids=" ".join)
def test_checking_and_deciding_load_no_network(
    arguments: tuple[str, ...], configuration: Path, sound: Path, write: Callable[..., Path]
) -> None:
    """These commands start without loading what talks to others (architecture.md), with a configuration too."""
    write("calls.jsonl", '{"msgId": "m", "senderStaffId": "u"}\n')
    assert [module for module in imported(*arguments) if module.startswith(NETWORK)] == []
