"""One wrong set for each diagnostic, named for it, and what people read about it in both languages."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from prx_dingtalk_router.catalogue import Language, use_language
from prx_dingtalk_router.cli.console import results
from prx_dingtalk_router.cli.diagnostic_text import write_diagnostic
from prx_dingtalk_router.language import CheckContext, CheckResult, check_rules
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic

WRONG = Path(__file__).parent / "wrong"
NAMES = sorted(every_diagnostic())
TODAY = date(2026, 3, 2)
LONG = {
    "asked-every-time": "".join(
        f'rule r{n} when not text contains "x{n}" then reply "a" then next\n' for n in range(101)
    )
    + "otherwise drop\n",
    "declaration-too-long": "list l = [" + '"a",\n' * 100_001 + "]\notherwise drop\n",
    "file-too-large": "# x\n" * (2 << 20) + "otherwise drop\n",
    "line-too-long": "otherwise drop #" + " " * 100_000 + "\n",
    "too-many-declarations": "language 1\n" * 50_001 + "otherwise drop\n",
    "too-many-mistakes": "rule\n" * 2_001,
    "too-many-expressions": "".join(f"pattern p{at} = /{'重' * 19_000}{at}/\n" for at in range(53))
    + "otherwise drop\n",
    "too-many-templates": "".join(f'template t{at} = "{{# {"x" * 19_000} #}}{at}"\n' for at in range(53))
    + "otherwise drop\n",
    "repeated-error": "rule a when x then drop\n" + "rule\n" * 31 + "otherwise drop\n",
    "repeated-warning": "".join(f'list l{number} = ["x"]\n' for number in range(31)) + "otherwise drop\n",
    "repeated-note": "".join(f'hours h{n} = workdays calendar "CN"\n' for n in range(31))
    + "".join(f'rule r{n} when text is "{n}" and during h{n} then drop\n' for n in range(31))
    + "otherwise drop\n",
}
"""Sets that are too long to be kept as files."""
LANGUAGES: tuple[Language, ...] = ("zh", "en")
BESIDE = {
    "too-many-declarations": {"misplaced-version", "repeated-error"},
    "too-many-mistakes": {"unfinished", "repeated-error"},
    "too-many-expressions": {"unused-name", "repeated-warning"},
    "too-many-templates": {"unused-name", "repeated-warning"},
    "repeated-error": {"undeclared-name", "unfinished"},
    "repeated-warning": {"unused-name"},
    "repeated-note": {"unknown-calendar-year"},
}
"""What else is wrong with a set."""
OF_THE_CONFIGURATION = {
    "same-agent": CheckContext(
        agents=frozenset({"helpdesk"}), same_agents=(("it-desk", "helpdesk"),), today=TODAY
    )
}
"""Kinds that are about the configuration alone, and one that is wrong."""
CONFIGURED = CheckContext(agents=frozenset({"helpdesk"}), allowed_users=("u1",), today=TODAY)


@cache
def checked(name: str) -> CheckResult:
    """The result for the set of that name; a first line says when it is meant under a configuration."""
    if name in LONG:
        return check_rules(
            WRONG / "no-otherwise.rules",
            CheckContext(today=TODAY),
            overlay={WRONG / "no-otherwise.rules": LONG[name]},
            base=WRONG,
        )
    path = WRONG / name if (WRONG / name).is_dir() else WRONG / f"{name}.rules"
    configured = path.is_file() and path.read_bytes().startswith(b"# with a configuration")
    context = OF_THE_CONFIGURATION.get(name, CONFIGURED if configured else CheckContext(today=TODAY))
    return check_rules(path, context, base=WRONG)


@pytest.mark.parametrize("name", NAMES)
def test_each_diagnostic_is_shown_by_a_set_of_its_name(name: str) -> None:
    """No code without an example, and the example has that mistake and hardly any other."""
    codes = [each.name for each in checked(name).diagnostics]
    assert name in codes
    assert set(codes) <= {name, "never-reached"} | BESIDE.get(name, set())


def test_there_is_no_set_for_a_code_that_is_none() -> None:
    """Every file of the folder is for a diagnostic."""
    assert {path.stem for path in WRONG.iterdir()} == set(NAMES) - set(LONG)


class OneFile(SingleFileSnapshotExtension):
    """Each diagnostic has a file of its own."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.mark.parametrize("name", NAMES)
def test_what_people_read(
    name: str, snapshot: SnapshotAssertion, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Place, line, mark, sentence, advice and repair of every diagnostic, in both languages, for review."""
    monkeypatch.setenv("COLUMNS", "120")
    shown = [each for each in checked(name).diagnostics if name not in LONG or each.name == name]
    for language in LANGUAGES:
        use_language(language)
        for each in shown:
            begin, end = each.span.begin, each.span.finish
            print(f"{begin.line}:{begin.column}-{end.line}:{end.column}")
            write_diagnostic(results(no_color=True), each)
    use_language("en")
    assert capfd.readouterr().out == snapshot(extension_class=OneFile)
