"""``init``: a set that works at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.cli.init import FILES
from prx_dingtalk_router.language import CheckContext


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_it_writes_is_sound(invoke: Callable[..., Any], tmp_path: Path, language: str) -> None:
    """The set validates strictly and its tests pass, in both languages, from the folder itself."""
    assert invoke("init", "bot", "--lang", language).code == 0
    assert {name for name in FILES if (tmp_path / "bot" / name).is_file()} == set(FILES)
    config = tmp_path / "bot" / "prx-router.toml"
    assert invoke("validate", "--strict", "--config", config).code == 0
    told = invoke("test", "--config", config, "--format", "json", "--fail-under", "100")
    assert told.code == 0
    assert told.documents[0]["summary"]["passed"] >= 4


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("day", ["2026-11-30", "2098-12-31", "2099-01-01"])
def test_its_hook_passes_in_every_season(
    invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, day: str
) -> None:
    """What the hook runs passes also while make-up days are not published, and when hours follow them."""
    monkeypatch.setattr(CheckContext, "current_date", lambda _: date.fromisoformat(day))
    invoke("init", "--lang", language)
    hooks = (tmp_path / ".pre-commit-config.yaml").read_text("utf-8")
    assert "entry: prx-router validate --strict\n" in hooks
    assert invoke("validate", "--strict").code == 0
    rules = tmp_path / "rules" / "main.rules"
    rules.write_text(
        rules.read_text("utf-8").replace("mon-fri 09:00-18:00", 'workdays 09:00-18:00 calendar "CN"'), "utf-8"
    )
    told = invoke("validate", "--strict", "--json")
    assert told.code == 0
    notes = {each["severity"] for each in told.documents[0]["diagnostics"]}
    assert notes <= {"note"}
    assert notes or day.startswith("2026")


def test_it_never_overwrites(invoke: Callable[..., Any], tmp_path: Path) -> None:
    """A file that is there stays as it is, and is named; the others are written."""
    (tmp_path / "prx-router.toml").write_text("# mine\n", encoding="utf-8")
    told = invoke("init", "--lang", "en")
    assert told.code == 0
    assert (tmp_path / "prx-router.toml").read_text(encoding="utf-8") == "# mine\n"
    assert "kept, it was there: prx-router.toml" in told.err
    assert (tmp_path / "rules" / "main.rules").is_file()


def test_a_folder_that_cannot_be_made_is_told(invoke: Callable[..., Any], tmp_path: Path) -> None:
    """Where a file stands in the way of a folder, the error names the path; exit 2."""
    (tmp_path / "bot").write_text("", encoding="utf-8")
    told = invoke("init", "bot")
    assert told.code == 2
    assert "bot" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("there", ["bot", "bot/rules"])
def test_a_file_in_place_of_a_folder_is_named(
    invoke: Callable[..., Any], write: Callable[..., Path], there: str
) -> None:
    """What stands in the way is named as it is, and never as a file that was kept."""
    write(there, "")
    told = invoke("init", "bot", "--lang", "en")
    assert (told.code, told.err) == (
        2,
        f"prx-router: {Path(there)} is there and is no folder; choose another name, or move it away first\n",
    )


@pytest.mark.parametrize(
    ("name", "quoted"),
    [("机器人", "机器人"), ("my bot", "'my bot'"), ("a/b-1.x", "a/b-1.x"), ("a;b", "'a;b'")],
)
def test_what_to_do_next_can_be_pasted(invoke: Callable[..., Any], name: str, quoted: str) -> None:
    """The folder is quoted where a shell needs it."""
    assert f"cd {quoted} && prx-router validate" in invoke("init", name).err


@pytest.mark.parametrize(
    ("locale", "typed", "asked", "language"),
    [
        ({}, "what?\n中文\n", 2, "zh"),
        ({"LANG": "C.UTF-8"}, "2\n", 1, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "", 0, "zh"),
        ({"LC_ALL": "de_DE.UTF-8"}, "", 0, "en"),
    ],
)
def test_the_language_is_asked_for_where_nothing_tells_it(
    invoke: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    locale: dict[str, str],
    typed: str,
    asked: int,
    language: str,
) -> None:
    """Without a locale a person on a terminal is asked, until the answer is a language; a locale of any country answers."""
    monkeypatch.delenv("LANG")
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    told = invoke("init", **locale)
    assert (told.code, told.err.count("2: English")) == (0, asked)
    assert ("代开发票" in (tmp_path / "rules" / "main.rules").read_text("utf-8")) == (language == "zh")
    assert ("接下来" if language == "zh" else "next: ") in told.err


def test_nobody_is_asked_who_has_said_it_or_is_not_there(
    invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--lang`` decides, before the command as well; without a terminal there is nobody to ask."""
    monkeypatch.delenv("LANG")
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert "接下来" in invoke("init", "a", "--lang", "zh").err
    assert "接下来" in invoke("--lang", "zh", "init", "b").err
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert "next: " in invoke("init", "c").err


def test_who_does_not_answer_gets_nothing(
    invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ctrl-D at the question ends it as an interrupt does, and nothing is written."""
    monkeypatch.delenv("LANG")
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert invoke("init", "bot").code == 130
    assert not (tmp_path / "bot").exists()


class Terminal(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        """A person sits there."""
        return True
