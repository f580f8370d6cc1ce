"""The command line library's own words, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.cli.wording import misuse

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


def test_unknown_words_of_the_library_are_passed_on() -> None:
    """A sentence that a later version of the library may have is told as it is."""
    use_language("zh")
    assert str(misuse("The moon is full.")) == "The moon is full."
    assert (
        str(misuse("Invalid value for '--at': the moon is full.")) == "`--at` 的值不能用：the moon is full."
    )
