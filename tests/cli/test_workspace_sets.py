"""A file is always checked within the set that uses it (language.md section 3)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from prx_dingtalk_router.cli.rules import check_sets
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language import CheckContext

MAIN = 'use "people/it.rules"\nrule a when sender in it then drop\notherwise reply "x"\n'
IT = 'list it = ["u1"]\n'


@pytest.fixture
def split(write: Callable[..., Path]) -> Path:
    """A set of two files, in which the used one makes no sense alone."""
    write("rules/main.rules", MAIN)
    return write("rules/people/it.rules", IT)


def entries(paths: list[str | Path]) -> list[str]:
    """The entry files of the sets that are checked, by name."""
    results = check_sets([Path(path) for path in paths], CheckContext())
    return [results_of.files[0].path.name for results_of in results]


def test_a_used_file_means_its_set(split: Path) -> None:
    """The set around a used file is checked: its names are known, and nothing is unused."""
    (result,) = check_sets([split], CheckContext())
    assert [source.path.name for source in result.files] == ["main.rules", "it.rules"]
    assert result.diagnostics == ()


def test_a_file_that_nobody_uses_stands_alone(split: Path, write: Callable[..., Path]) -> None:
    """A file beside a set that does not use it is an entry itself."""
    write("rules/people/draft.rules", 'otherwise reply "x"\n')
    assert entries(["rules/people/draft.rules"]) == ["draft.rules"]


def test_a_set_is_checked_once(split: Path) -> None:
    """Folder, entry and used file in one command line are one set."""
    assert entries(["rules", "rules/main.rules", "rules/people/it.rules", "./rules/"]) == ["main.rules"]
    assert entries(["rules/people/it.rules", "rules"]) == ["main.rules"]


def test_two_sets_are_two(split: Path, write: Callable[..., Path]) -> None:
    """Sets in different folders are each checked, in the order of the command line."""
    write("other.rules", 'otherwise reply "x"\n')
    assert entries(["other.rules", "rules"]) == ["other.rules", "main.rules"]


def test_a_link_is_the_file_it_leads_to(split: Path, tmp_path: Path) -> None:
    """A link to the entry does not make a second set."""
    (tmp_path / "linked.rules").symlink_to(tmp_path / "rules" / "main.rules")
    assert entries(["rules", "linked.rules"]) == ["main.rules"]


def test_a_broken_set_above_does_not_hide_the_file(split: Path, write: Callable[..., Path]) -> None:
    """When the set above has mistakes but uses the file, they are what is shown."""
    write("rules/main.rules", MAIN + "rule broken\n")
    (result,) = check_sets([split], CheckContext())
    assert result.errors == 1


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """A path without a file is an error of use."""
    with pytest.raises(UsageError):
        check_sets([tmp_path / "gone"], CheckContext())
