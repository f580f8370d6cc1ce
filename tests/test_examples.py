"""Every example is sound: a newcomer copies it and it works."""

from __future__ import annotations

from pathlib import Path

import pytest

from prx_dingtalk_router.cli.main import run

EXAMPLES = Path(__file__).parent.parent / "examples"
SETS = sorted(path.parent for path in EXAMPLES.glob("*/prx-router.toml"))


def test_there_are_examples() -> None:
    """Each folder has a page that says what it shows, and at least one holds rules."""
    folders = [path for path in EXAMPLES.iterdir() if path.is_dir()]
    assert [path.name for path in folders if not (path / "README.md").is_file()] == []
    assert SETS


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_an_example_has_nothing_to_find_fault_with(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules of an example pass the check against its configuration, without its secrets and without a warning.

    Late in a year nobody knows the make-up days of the next one (PRX322): that is the date's fault, not the example's.
    """
    monkeypatch.chdir(folder)
    assert run(["validate", "--format", "concise", "--lang", "en"], {}) == 0
    found = capfd.readouterr().out.splitlines()
    assert [line for line in found if " PRX322 " not in line] == []


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_an_example_passes_its_own_tests(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ``test`` blocks of an example hold, and there are some."""
    monkeypatch.chdir(folder)
    assert run(["test", "--format", "json", "--lang", "en"], {}) == 0
    assert '"tests"' in capfd.readouterr().out
