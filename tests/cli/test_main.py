"""One exit code for whatever happens, and never a traceback (interfaces.md section 1)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.cli.main import language_of

USAGES = [
    (),
    ("no-such-command",),
    ("validate", "--no-such-option"),
    ("validate", "--format", "pdf"),
    ("validate", "--lang", "fr"),
    ("replay",),
    ("run", "--port", "70000"),
    ("validate", "--config"),
]


@pytest.mark.parametrize("arguments", USAGES, ids=lambda each: " ".join(each) or "nothing")
def test_a_wrong_command_line_is_a_misuse(invoke: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    """Whatever cannot be understood ends with 2, usage or a sentence, and no result."""
    told = invoke(*arguments)
    assert told.code == 2
    assert told.out == "" or not arguments
    assert "Traceback" not in told.err


def test_a_misspelt_command_gets_the_nearest_one(invoke: Callable[..., Any]) -> None:
    """A command that is nearly right is suggested."""
    assert "validate" in invoke("validte").err


def test_the_version_is_a_result(invoke: Callable[..., Any]) -> None:
    """``--version`` prints name and version to standard output."""
    told = invoke("--version")
    assert (told.code, told.out.split()[0], told.err) == (0, "prx-router", "")


def test_the_module_is_the_command(execute: Callable[..., Any], sound: Path) -> None:
    """``python -m prx_dingtalk_router`` runs the commands and hands their exit code on."""
    assert execute("validate", "rules").code == 0
    sound.write_text("rule broken", "utf-8")
    assert execute("validate", "rules").code == 1


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "C"}, "en"),
        ([], {}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        (["validate", "--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["validate", "--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang", "zh", "validate"], {}, "zh"),
        (["validate", "--lang"], {"LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_language_is_asked_for_or_that_of_the_locale(
    arguments: list[str], environ: dict[str, str], language: str
) -> None:
    """``--lang`` wins over the locale; what is neither Chinese nor asked for is English."""
    assert language_of(arguments, environ) == language


def test_both_languages_are_spoken(execute: Callable[..., Any], sound: Path) -> None:
    """The same result is worded by the locale, and otherwise by ``--lang``."""
    assert execute("validate", LANG="zh_CN.UTF-8").out == "没有问题：1 个文件，1 条规则\n"
    assert execute("validate", "--lang", "en", LANG="zh_CN.UTF-8").out == "all is well: files: 1, rules: 1\n"


def test_a_terminal_without_chinese_gets_escapes(execute: Callable[..., Any], sound: Path) -> None:
    """Where the output cannot carry Chinese it is escaped, and the exit code is the same."""
    told = execute("validate", "--lang", "zh", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (told.code, told.out[:6], told.err[:6]) == (0, "\\u6ca1", "")


@pytest.mark.parametrize("descriptor", [0, 1, 2])
def test_a_closed_stream_is_an_empty_one(sound: Path, descriptor: int) -> None:
    """Started without input, output or error output, as some supervisors do, a command still does its work."""
    closed = "import os, sys; os.close(int(sys.argv[1])); os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
    command = ["-m", "prx_dingtalk_router", *(("replay", "-") if descriptor == 0 else ("validate",))]
    done = subprocess.run(
        [sys.executable, "-c", closed, str(descriptor), *command],
        stdin=subprocess.PIPE,
        capture_output=True,
        timeout=40,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("replay", "none.jsonl"), "无法读取 none.jsonl：没有这个文件或文件夹"),
        (("replay", "."), "无法读取 .：是文件夹，这里要写一个文件"),
        (
            ("explain", "--message", "rules/main.rules/x"),
            "无法读取 rules/main.rules/x：路径里有一段不是文件夹",
        ),
    ],
)
def test_the_system_s_reasons_are_in_the_language(
    invoke: Callable[..., Any], sound: Path, arguments: tuple[str, ...], why: str
) -> None:
    """Why a file cannot be read is said in the language of the process, too."""
    told = invoke(*arguments, "--lang", "zh")
    assert told.code == 2
    assert told.err.splitlines()[-1] == f"prx-router: {why}"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_a_sentence(sound: Path) -> None:
    """Output that cannot be written ends with 2 and the system's reason."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "prx_dingtalk_router", "validate", "--lang", "en"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=40,
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == "prx-router: the system refused: No space left on device"


@pytest.mark.parametrize(
    "arguments", [("replay", "--json", "many.jsonl"), ("--help",)], ids=["replay", "help"]
)
def test_a_reader_that_goes_away_is_no_failure(
    arguments: tuple[str, ...], sound: Path, write: Callable[..., Path]
) -> None:
    """Piped into ``head``, a command ends quietly with 0."""
    write("many.jsonl", '{"msgId": "m", "senderStaffId": "u1"}\n' * 3000)
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "prx_dingtalk_router", *arguments, "--lang", "en"],
        stdout=writing,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    _, err = process.communicate(timeout=40)
    assert process.returncode == 0
    assert [line for line in err.decode().splitlines() if "everybody" not in line] == []


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("command", ["validate", "test"])
def test_a_verdict_does_not_depend_on_who_reads(
    command: str, form: str, clean: dict[str, str], write: Callable[..., Path]
) -> None:
    """A set that is wrong stays wrong when the reader of the report goes away before the end."""
    many = "".join(f'test "t{n}" given "x" expect drop\n' for n in range(600))
    wrong = "".join(f"list l{n} = [nothing]\n" for n in range(600))
    write("rules/main.rules", f'otherwise reply "x"\n{wrong if command == "validate" else many}')
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "prx_dingtalk_router", command, "--format", form],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=clean,
    )
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    _, err = process.communicate(timeout=40)
    assert (process.returncode, err) == (1, b"")


def test_an_interrupted_command_ends_with_130(sound: Path) -> None:
    """Ctrl-C while a command waits for its input ends it with 130 and without a traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "prx_dingtalk_router", "replay", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        # This is told shortly before the input is read.
        assert "everybody" in process.stderr.readline().decode()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=40)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert err == b""


def test_a_defect_is_told_without_values(
    invoke: Callable[..., Any], sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect of the program becomes one sentence with its place; what it was about may be secret and is left out."""

    def defective(*_: object, **__: object) -> None:
        raise KeyError("s3cr3t-value")

    monkeypatch.setattr("prx_dingtalk_router.cli.checking.sets_of", defective)
    told = invoke("validate", "--lang", "en")
    assert told.code == 70
    assert told.err.startswith("prx-router: internal error KeyError (prx_dingtalk_router.cli.checking:")
    assert "s3cr3t-value" not in told.out + told.err
