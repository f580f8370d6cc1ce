"""``validate``: which paths it takes, what it says, and when it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SOUND = 'otherwise reply "好"\n'


def test_a_sound_set_ends_with_0(invoke: Callable[..., Any], sound: Path) -> None:
    """Without paths the rules in ``rules`` are checked; all is well, and standard error is silent."""
    told = invoke("validate")
    assert (told.code, told.out, told.err) == (0, "all is well: files: 1, rules: 1\n", "")


def test_an_error_ends_with_1(invoke: Callable[..., Any], faulty: Path) -> None:
    """A set with an error fails, the summary counts, and the last line says where to read more."""
    told = invoke("validate")
    assert told.code == 1
    *_, summary, more = told.out.splitlines()
    assert summary.startswith("errors: 2, warnings: ")
    assert "prx-router codes PRX" in more
    assert "prx-router guide" in more


def test_a_warning_fails_only_when_strict(invoke: Callable[..., Any], warned: Path) -> None:
    """A warning is told and passes; ``--strict`` makes it fail."""
    assert invoke("validate").code == 0
    told = invoke("validate", "--strict")
    assert (told.code, told.out.splitlines()[-2]) == (1, "errors: 0, warnings: 1 (files: 1, rules: 0)")


@pytest.mark.parametrize("strict", [(), ("--strict",)])
@pytest.mark.parametrize("form", ["text", "concise", "json", "sarif", "github"])
def test_the_format_does_not_change_the_verdict(
    invoke: Callable[..., Any], warned: Path, form: str, strict: tuple[str, ...]
) -> None:
    """Every format ends with the same exit code, and writes to standard output alone."""
    told = invoke("validate", "--format", form, *strict)
    assert (told.code, told.err) == (len(strict), "")
    assert "PRX203" in told.out


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("gone.rules", "prx-router: there is no file `gone.rules`\n"),
        ("gone/deep.rules", "prx-router: there is no file `gone/deep.rules`\n"),
        ("empty", "prx-router: there is no `main.rules` in the folder `empty`\n"),
        ("sound/main.rules/x", "prx-router: there is no file `sound/main.rules/x`\n"),
    ],
)
def test_what_is_not_there_is_a_misuse(
    invoke: Callable[..., Any], write: Callable[..., Path], tmp_path: Path, path: str, sentence: str
) -> None:
    """A path that leads to no set ends with 2 and names itself, also beside one that is sound."""
    write("sound/main.rules", SOUND)
    (tmp_path / "empty").mkdir()
    assert invoke("validate", path).err == sentence
    told = invoke("validate", "sound", path)
    assert (told.code, told.out, told.err) == (2, "", sentence)


def test_without_anything_the_default_is_named(invoke: Callable[..., Any]) -> None:
    """In an empty folder the command says what it looked for."""
    told = invoke("validate")
    assert (told.code, told.out) == (2, "")
    assert "neither a prx-router.toml nor a folder called rules" in told.err


@pytest.mark.parametrize(
    ("encoding", "name"), [("gb18030", "GBK"), ("utf-16", "UTF-16"), ("utf-16-be", None), ("latin-1", None)]
)
def test_another_encoding_is_named(
    invoke: Callable[..., Any], write: Callable[..., Path], encoding: str, name: str | None
) -> None:
    """A file that is not UTF-8 is one error with the byte where it shows, and the encoding if it can be told."""
    content = '# é\notherwise reply "x"\n' if encoding == "latin-1" else 'otherwise reply "好的"\n'
    write("main.rules", content.encode(encoding))
    told = invoke("validate", ".", "--json")
    assert told.code == 1
    first = told.documents[0]["diagnostics"]
    wrong = [each for each in first if each["severity"] == "error"]
    assert [each["code"] for each in wrong][:1] == ["PRX101"] or encoding == "utf-16-be"
    assert name is None or name in wrong[0]["message"]


def test_a_byte_order_mark_is_tolerated(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """Editors on Windows write one; it changes nothing."""
    write("main.rules", b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert invoke("validate", ".").code == 0


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# nothing yet\n", b"language 1\n"])
def test_an_empty_set_is_no_defect(
    invoke: Callable[..., Any], write: Callable[..., Path], content: bytes
) -> None:
    """Without any rule there is a warning at most."""
    write("main.rules", content)
    assert invoke("validate", ".").code == 0


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02", b"\xff\xfe", b"rule " * 300, b'"' * 5000, b"(" * 3000, b"\\"]
)
def test_anything_can_be_checked(
    invoke: Callable[..., Any], write: Callable[..., Path], content: bytes
) -> None:
    """Whatever a file holds, the answer is diagnostics."""
    write("main.rules", content)
    told = invoke("validate", ".", "--json")
    assert told.code == 1
    assert told.documents[0]["summary"]["errors"] > 0


def test_deep_nesting_can_be_checked(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """A condition nested deeper than anybody writes is an answer, not a crash."""
    write("main.rules", f"rule a when {'(' * 3000}private{')' * 3000} then drop\n{SOUND}")
    assert invoke("validate", ".").code in (0, 1)


def test_rules_of_the_option_stand_in_for_those_of_the_configuration(
    invoke: Callable[..., Any], sound: Path, configuration: Path, write: Callable[..., Path]
) -> None:
    """``--rules`` wins over the configuration, and paths win over both."""
    write("other/main.rules", "nonsense")
    assert invoke("validate").code == 0
    assert invoke("validate", "--rules", "other").code == 1
    assert invoke("validate", "--rules", "other", "rules").code == 0


def test_several_sets_are_counted_together(
    invoke: Callable[..., Any], sound: Path, write: Callable[..., Path]
) -> None:
    """Each set is checked on its own, and the summary is about all."""
    write("second/main.rules", SOUND)
    assert invoke("validate", "rules", "second").out == "all is well: files: 2, rules: 1\n"


def test_rules_are_checked_against_the_configuration(
    invoke: Callable[..., Any], sound: Path, configuration: Path
) -> None:
    """An agent that the configuration does not know is an error; without a configuration any agent will do."""
    told = invoke("validate")
    assert (told.code, told.err) == (0, "")
    sound.write_text(sound.read_text("utf-8").replace("helpdesk", "helpdesc"), "utf-8")
    told = invoke("validate", "--format", "concise")
    assert told.code == 1
    assert "helpdesc" in told.out
    configuration.unlink()
    assert invoke("validate").code == 0


def test_a_test_that_depends_on_the_time_is_warned_of(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """A warning where ``during`` decides and no ``at`` is given; ``--strict`` makes it fail."""
    rules = 'rule night when not during daily 08:00-20:00 then drop\notherwise reply "x"\n'
    path = write("rules/main.rules", rules + 'test "day" given "hi" expect reply by default\n')
    told = invoke("validate", "--format", "concise")
    assert (told.code, "PRX325" in told.out) == (0, True)
    assert invoke("validate", "--strict").code == 1
    path.write_text(rules + 'test "day" given "hi" at "2026-01-07 12:00" expect reply by default\n', "utf-8")
    assert invoke("validate", "--strict").code == 0


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (("--ignore", "PRX203"), False),
        (("--ignore", "prx2"), False),
        (("--ignore", "PRX4，unused-name"), False),
        (("--ignore", "PRX4", "--ignore", "203"), False),
        (("--select", "PRX4"), False),
        (("--select", "PRX201"), False),
        (("--ignore", "PRX4"), True),
        (("--select", "PRX4,PRX203"), True),
        (("--select", "PRX"), True),
        (("--select", "PRX2", "--ignore", "PRX203"), False),
    ],
)
def test_warnings_are_chosen(
    invoke: Callable[..., Any], warned: Path, options: tuple[str, ...], shown: bool
) -> None:
    """``--select`` and ``--ignore`` take codes, names and beginnings; what is not shown does not fail either."""
    told = invoke("validate", "--strict", "--format", "concise", *options)
    assert (told.code, told.err, "PRX203" in told.out) == (int(shown), "", shown)


def test_errors_are_always_shown(invoke: Callable[..., Any], faulty: Path) -> None:
    """No choice hides what keeps the rules from being used."""
    errors = [line for line in invoke("validate", "--format", "concise").out.splitlines() if "error" in line]
    for options in (("--select", "PRX4"), ("--ignore", "PRX")):
        told = invoke("validate", "--format", "concise", *options)
        assert (told.code, told.out.splitlines()) == (1, errors)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--ignore", "PRX2033"), "--ignore: there is no diagnostic `PRX2033`; the nearest are `PRX2"),
        (
            ("--select", "unused-nam"),
            "--select: there is no diagnostic `unused-nam`; the nearest are `unused-name`",
        ),
        (("--select", " , "), "--select: codes are needed"),
        (("--ignore", "PRX4,PRX201"), "--ignore: PRX201 is an error"),
    ],
)
def test_codes_that_are_none_are_a_misuse(
    invoke: Callable[..., Any], warned: Path, options: tuple[str, ...], sentence: str
) -> None:
    """A word that chooses nothing, and ignoring an error, end with 2 and say what to write."""
    told = invoke("validate", *options)
    assert (told.code, told.out) == (2, "")
    assert sentence in told.err


def test_the_configuration_ignores_warnings(
    invoke: Callable[..., Any], warned: Path, configuration: Path
) -> None:
    """``[validate] ignore`` counts unless ``--select`` names what is wanted; a wrong code there is told with its key."""
    text = configuration.read_text("utf-8") + "\n[validate]\nignore = "
    configuration.write_text(text + '["PRX203", "PRX6"]\n', "utf-8")
    assert invoke("validate", "--strict").code == 0
    assert invoke("validate", "--strict", "--select", "PRX203").code == 1
    configuration.write_text(text + '["PRX999"]\n', "utf-8")
    told = invoke("validate")
    assert told.code == 2
    assert "prx-router.toml: validate.ignore: there is no diagnostic `PRX999`" in told.err
    configuration.write_text(text + '"PRX203"\n', "utf-8")
    assert invoke("validate").code == 2
