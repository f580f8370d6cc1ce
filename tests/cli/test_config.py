"""``config show``: the settings in force, and where each came from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.usefixtures("configuration")
def test_each_setting_has_its_origin_and_secrets_are_masked(invoke: Callable[..., Any]) -> None:
    """A value of the file, one of the environment, a default, and a secret that does not show."""
    told = invoke(
        "config",
        "show",
        "--lang",
        "en",
        DINGTALK_CLIENT_SECRET="SEKRIT-1",
        PRX_ROUTER_DINGTALK__ROBOT_NAME="小助手",
    )
    assert told.code == 0
    shown = dict(line.split("  # ")[0].split(" = ", 1) for line in told.out.splitlines())
    origins = {line.split(" = ", 1)[0]: line.rsplit("  # ", 1)[1] for line in told.out.splitlines()}
    assert shown["channels_config.dingtalk.client_id"] == '"ding1abc"'
    assert shown["dingtalk.robot_name"] == '"小助手"'
    assert "PRX_ROUTER_DINGTALK__ROBOT_NAME" in origins["dingtalk.robot_name"]
    assert origins["journal.retention"] == "default"
    assert "SEKRIT" not in told.out + told.err


@pytest.mark.usefixtures("configuration")
@pytest.mark.parametrize(("lang", "words"), [("en", "(not set)"), ("zh", "（未设置）")])
def test_a_secret_that_is_missing_is_called_so(invoke: Callable[..., Any], lang: str, words: str) -> None:
    """The variable that the file names is not set: that is no empty secret."""
    told = invoke("config", "show", "--lang", lang)
    (line,) = [line for line in told.out.splitlines() if "channel" in line and "client_secret" in line]
    assert line.split("  # ")[0].split(" = ")[1] == words
    assert "${env:DINGTALK_CLIENT_SECRET}" in line


@pytest.mark.usefixtures("configuration")
def test_json_is_one_setting_a_line(invoke: Callable[..., Any]) -> None:
    """Key, value and origin, for scripts; a secret that is missing does not keep the rest from showing."""
    told = invoke("config", "show", "--json")
    assert all(set(each) == {"key", "value", "origin"} for each in told.documents)


def test_without_a_configuration_it_says_so(invoke: Callable[..., Any], tmp_path: Path) -> None:
    """Exit 2, with where one is looked for."""
    told = invoke("config", "show", "--lang", "en")
    assert told.code == 2
    assert "prx-router.toml" in told.err


@pytest.mark.usefixtures("configuration")
def test_the_rules_of_the_command_line_are_in_force(invoke: Callable[..., Any], tmp_path: Path) -> None:
    """``--rules`` shows as the rules in force, and where that came from."""
    told = invoke("config", "show", "--rules", "other", "--json", "--lang", "en")
    (shown,) = [each for each in told.documents if each["key"] == "rules.path"]
    assert shown["value"] == str(tmp_path / "other")
    assert shown["origin"] == "--rules of the command line"


@pytest.mark.usefixtures("configuration")
def test_values_are_those_of_json(invoke: Callable[..., Any]) -> None:
    """A script gets numbers, lists and booleans as what they are; durations as they are written."""
    shown = {each["key"]: each["value"] for each in invoke("config", "show", "--json").documents}
    assert shown["dingtalk.replies_per_minute"] == 18
    assert shown["rules.tests"] is True
    assert shown["channels_config.dingtalk.allowed_users"] == ["*"]
    assert shown["journal.retention"] == "7d"
    assert shown["channels_config.dingtalk.client_secret"] in ("", "********")
