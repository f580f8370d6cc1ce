"""Which configuration and which rules a command works on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.cli.workspace import (
    Workspace,
    find_workspace,
    find_workspace_in_force,
    settings_to_run,
)
from prx_dingtalk_router.errors import SettingsError, UsageError
from prx_dingtalk_router.settings.kept_configuration import keep_configuration, state_folder

TWO_AGENTS = '[agents.helpdesk]\nurl = "http://127.0.0.1:1"\n[agents.other]\nurl = "http://127.0.0.1:2"\n'


@pytest.fixture
def folder(write: Callable[..., Path], sound: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder deep below the one with the configuration, in which the command is called."""
    deep = write("deep/er/file", "").parent
    monkeypatch.chdir(deep)
    return deep


def test_a_configuration_above_is_found(folder: Path, configuration: Path) -> None:
    """The nearest ``prx-router.toml`` above counts, and its rules are those beside it."""
    workspace = find_workspace(None, None)
    assert workspace.settings is not None
    assert workspace.rules == configuration.parent / "rules"
    assert workspace.context().agents == {"helpdesk"}


def test_the_nearest_one_counts(folder: Path, configuration: Path, write: Callable[..., Path]) -> None:
    """A configuration nearer by hides one further up."""
    write("deep/prx-router.toml", TWO_AGENTS)
    assert find_workspace(None, None).context().agents == {"helpdesk", "other"}


def test_the_environment_names_one(
    folder: Path, configuration: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``PRX_ROUTER_CONFIG`` wins over what lies around, and ``--config`` over both."""
    named = write("elsewhere/named.toml", TWO_AGENTS)
    monkeypatch.setenv("PRX_ROUTER_CONFIG", str(named))
    assert find_workspace(None, None).context().agents == {"helpdesk", "other"}
    assert find_workspace(configuration, None).context().agents == {"helpdesk"}


def test_rules_can_be_named(configuration: Path) -> None:
    """``--rules`` stands in for the rules of the configuration, and the rest of it still counts."""
    workspace = find_workspace(None, Path("other"))
    assert workspace.rules == Path("other")
    assert workspace.context().agents == {"helpdesk"}


def test_without_a_configuration_everything_is_left_open(capsys: pytest.CaptureFixture[str]) -> None:
    """No configuration: any agent, no baseline, rules in ``rules``; and it is said that everybody is admitted."""
    workspace = find_workspace(None, None)
    assert (workspace.settings, workspace.rules) == (None, Path("rules"))
    assert workspace.context().agents is None
    assert workspace.context().allowed_users is None
    assert (workspace.robot_name, workspace.client_id) == ("", "")
    assert workspace.baseline().allowed_users == {"*"}
    assert "everybody" in capsys.readouterr().err


def test_a_configuration_without_a_channel_admits_everybody(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Who may use the bot is open until the channel is configured; agents and their timeouts count."""
    write("prx-router.toml", TWO_AGENTS + 'timeout = "7s"\n')
    workspace = find_workspace(None, None)
    assert workspace.context().allowed_users is None
    baseline = workspace.baseline()
    assert (baseline.allowed_users, baseline.timeouts["other"]) == ({"*"}, 7.0)
    assert "everybody" in capsys.readouterr().err


def test_the_baseline_of_a_configuration_counts(
    configuration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the channel is configured its list decides, also the empty one, and nothing needs to be said."""
    configuration.write_text(configuration.read_text("utf-8").replace('["*"]', "[]"), "utf-8")
    baseline = find_workspace(None, None).baseline()
    assert (baseline.allowed_users, baseline.client_id) == (frozenset(), "ding1abc")
    assert capsys.readouterr().err == ""


def test_checking_needs_no_secrets_and_running_does(
    configuration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A secret that is missing keeps the router from running, not its rules from being checked."""
    monkeypatch.delenv("DINGTALK_CLIENT_SECRET", raising=False)
    assert find_workspace(None, None).settings is not None
    with pytest.raises(SettingsError, match="DINGTALK_CLIENT_SECRET"):
        settings_to_run(None)
    monkeypatch.setenv("DINGTALK_CLIENT_SECRET", "x")
    assert settings_to_run(None).channel.client_id == "ding1abc"


def test_running_needs_a_configuration() -> None:
    """Without a configuration ``run`` says what to do instead."""
    with pytest.raises(UsageError, match="--sandbox"):
        settings_to_run(None)


@pytest.mark.parametrize("command", [("validate",), ("replay", "x.jsonl"), ("run",), ("run", "--sandbox")])
def test_every_problem_of_a_configuration_is_listed(
    invoke: Callable[..., Any], sound: Path, write: Callable[..., Path], command: tuple[str, ...]
) -> None:
    """A wrong configuration ends every command with 2, one line a problem, all at once."""
    write(
        "prx-router.toml",
        '[rules]\npth = "x"\ntimezone = "Mars/Olympus"\n[agents.a]\nurl = 7\n[log]\nlevel = "loud"\n',
    )
    told = invoke(*command)
    assert (told.code, told.out) == (2, "")
    problems = [line for line in told.err.splitlines() if line.startswith("  - ")]
    for word in ("rules.pth", "rules.timezone", "agents.a.url", "log.level"):
        assert any(word in line for line in problems), word


def test_a_configuration_that_is_not_there_is_told(invoke: Callable[..., Any], sound: Path) -> None:
    """A named configuration must exist, whoever names it."""
    told = invoke("validate", "--config", "gone.toml")
    assert (told.code, told.out) == (2, "")
    assert "gone.toml" in told.err
    told = invoke("validate", PRX_ROUTER_CONFIG="also-gone.toml")
    assert told.code == 2
    assert "also-gone.toml" in told.err


@pytest.mark.parametrize("content", [b"[rules", b"\xff\xfe[\x00", b"a = 1\na = 2\n", b"rules = 3\n"])
def test_a_configuration_that_is_no_toml_is_told(
    invoke: Callable[..., Any], sound: Path, write: Callable[..., Path], content: bytes
) -> None:
    """Whatever lies there, the answer is a sentence with the name of the file."""
    write("prx-router.toml", content)
    told = invoke("validate")
    assert (told.code, told.out) == (2, "")
    assert "prx-router.toml" in told.err


@pytest.mark.parametrize("command", [("validate",), ("test",), ("explain", "x"), ("run", "--sandbox")])
def test_a_folder_without_rules_says_what_to_do(invoke: Callable[..., Any], command: tuple[str, ...]) -> None:
    """In the wrong folder a newcomer learns what was looked for, and how to get a first set."""
    told = invoke(*command, "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert "prx-router.toml" in told.err
    assert "`prx-router init`" in told.err


@pytest.mark.parametrize("command", [("validate",), ("test",), ("explain", "x")])
def test_rules_that_are_not_where_the_configuration_says_name_the_key(
    invoke: Callable[..., Any], write: Callable[..., Path], command: tuple[str, ...]
) -> None:
    """What was looked for, which key says so, and in which file."""
    config = write("prx-router.toml", '[rules]\npath = "nope"\n')
    told = invoke(*command, "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert f"no rules at `{config.parent / 'nope'}`" in told.err
    assert "`rules.path`" in told.err
    assert str(config) in told.err


def test_who_looks_after_a_router_does_without_a_sound_configuration(
    configuration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it was is told by what is kept beside the journal, and what is wrong with it now is said, once."""
    good = find_workspace(None, None).settings
    assert good is not None
    with pytest.raises(SettingsError):
        _broken(configuration)
    state = state_folder(good.journal)
    assert state is not None
    state.mkdir()
    keep_configuration(configuration, configuration.read_bytes().removesuffix(WRONG.encode()), state)
    for _ in range(2):
        assert _broken(configuration).settings == good
    told = capsys.readouterr().err
    assert told.count("what follows is by the last good configuration") == 1
    assert told.count("agents.helpdesk.tiemout") == 1


WRONG = 'tiemout = "5m"\n'


def _broken(configuration: Path) -> Workspace:
    configuration.write_text(configuration.read_text("utf-8").removesuffix(WRONG) + WRONG, "utf-8")
    return find_workspace_in_force(None, None)
