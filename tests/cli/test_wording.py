"""Help in Chinese throughout, and values that are refused in the language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
import pytest

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.cli.wording import Integer, Number, WordedCommand, WordedOption

ENGLISH = (
    "Usage",
    "Try '",
    "Error",
    "Invalid",
    "No such",
    "Missing",
    "Got ",
    "Show this",
    "Install completion",
)


@pytest.mark.parametrize(
    "arguments", [(), ("validate",), ("config",), ("config", "show"), ("test",), ("explain",)]
)
def test_help_is_in_chinese_throughout(invoke: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    """Headings and the library's own options are in the language, too; types of Python do not show."""
    told = invoke(*arguments, "--help", LANG="zh_CN.UTF-8")
    assert told.code == 0
    assert told.out.startswith("用法：")
    assert [
        word
        for word in (*ENGLISH, "Options:", "Arguments:", "Commands:", "[default", "list[")
        if word in told.out
    ] == []


@pytest.mark.parametrize(
    ("kind", "written", "why"),
    [
        (Integer(min=1, max=5), "6", "不能超过 5"),
        (Integer(min=1, max=5), "0", "不能小于 1"),
        (Integer(min=1, max=5), "2.5", "要写一个数字"),
        (Number(min=0, max=100), "nan", "不能超过 100"),
        (Number(min=0, max=100), "-inf", "不能小于 0"),
        (Number(), "many", "要写一个数字"),
    ],
)
def test_a_number_that_cannot_be_used_is_refused(kind: Any, written: str, why: str) -> None:
    """What is no number, or one out of bounds, is refused in the language of the process."""
    use_language("zh")
    with pytest.raises(click.BadParameter) as caught:
        kind.convert(written, None, None)
    assert caught.value.message == why


def test_a_help_text_follows_the_language() -> None:
    """The same option is explained in whichever language the process has when it is shown."""
    command = WordedCommand("x", params=[WordedOption(["--json"], is_flag=True, help="cli.option.json")])
    shown = []
    for language in ("zh", "en"):
        use_language(language)
        shown.append(command.get_help(click.Context(command)))
    assert "输出 JSON，每行一项" in shown[0]
    assert "print JSON, one item a line" in shown[1]
