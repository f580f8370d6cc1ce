"""What is wrongly typed, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.cli.misuse import asks_for_help, misuse

ENGLISH = ("Usage", "Try '", "Error", "Invalid", "No such", "Missing", "Got ")

WRONG = [
    (("validat",), "没有命令 `validat`；是不是想写 `validate`？"),
    (("validate", "--frmat", "json"), "没有选项 `--frmat`；是不是想写 `--format`？"),
    (("validate", "-x"), "没有选项 `-x`"),
    (("replay",), "请给出一个文件，或者用 --journal（不能两者都要）"),
    (("validate", "--config"), "选项 `--config` 后面要写一个值"),
    (("validate", "--strict=1"), "选项 `--strict` 后面不写值"),
    (("explain", "VPN", "连", "不上"), "多出了 `连 不上`；有空格的文字要整个放在引号里"),
    (("test", "--format", "xml"), "`--format` 的值不能用：`xml` 不是 `text`、`json`、`junit` 之一"),
    (("--lang", "fr", "test"), "`--lang` 的值不能用：`fr` 不是 `zh`、`en` 之一"),
    (("run", "--port", "70000"), "`--port` 的值不能用：不能超过 65535"),
    (("run", "--port", "-1"), "`--port` 的值不能用：不能小于 0"),
    (("run", "--port", "x"), "`--port` 的值不能用：要写一个数字"),
    (("test", "--fail-under", "x"), "`--fail-under` 的值不能用：要写一个数字"),
]


@pytest.mark.parametrize(
    ("arguments", "sentence"), WRONG, ids=lambda each: " ".join(each) if isinstance(each, tuple) else ""
)
def test_what_is_wrongly_typed_is_told_in_chinese(
    invoke: Callable[..., Any],
    sound: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    """Where the locale is Chinese nothing of a misuse is in English; exit 2 and no result."""
    told = invoke(*arguments, LANG="zh_CN.UTF-8")
    assert (told.code, told.out) == (2, "")
    assert told.err.splitlines()[-1] == f"prx-router: {sentence}"
    assert [word for word in ENGLISH if word in told.err] == []


@pytest.mark.parametrize(
    "arguments", [("validate", "--config"), ("validate", "--strict=1"), ("test", "a", "-x")]
)
def test_every_misuse_names_the_command(invoke: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    """The line of usage is that of the command that was typed wrongly, and where its help is."""
    told = invoke(*arguments)
    usage, help_line = told.err.splitlines()[:2]
    assert usage.startswith(f"Usage: prx-router {arguments[0]} ")
    assert help_line == f"`prx-router {arguments[0]} -h` shows help"


def test_unknown_misuses_are_passed_on() -> None:
    """A misuse that a later version of click may know is told in its words."""
    use_language("zh")
    option = click.Option(["--at"])
    assert str(misuse(click.UsageError("The moon is full."))) == "The moon is full."
    told = misuse(click.BadParameter("the moon is full.", param=option))
    assert str(told) == "`--at` 的值不能用：the moon is full."
    missing = misuse(click.MissingParameter(param=click.Argument(["file"], metavar="FILE")))
    assert str(missing) == "缺少 FILE"


@pytest.mark.parametrize("arguments", [(), ("--lang", "en"), ("config",)], ids=" ".join)
def test_a_group_alone_asks_for_its_help(invoke: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    """A command line without a command is no mistake with a sentence, but shows what there is, and ends with 2."""
    told = invoke(*arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("Usage: prx-router ")
    assert "Commands:" in told.err or "Writing rules:" in told.err
    assert "prx-router:" not in told.err
    assert not asks_for_help(click.UsageError("x"))
