"""Checks what a command line names: each set once, against the configuration nearest to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from prx_dingtalk_router.cli.importing import importing
from prx_dingtalk_router.cli.unsaved import Unsaved
from prx_dingtalk_router.cli.workspace import Workspace, near, sets_of, workspaces_of
from prx_dingtalk_router.language import CheckContext, Report, check_rules
from prx_dingtalk_router.language.files import ENTRY_NAME, Overlay
from prx_dingtalk_router.settings.discovery import CONFIG_VARIABLE, FILE_NAME

Check = Callable[[Path, CheckContext, Overlay], Report]
"""Checks the set of an entry."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A set, and what it was checked against."""

    report: Report
    context: CheckContext


def check_now(entry: Path, context: CheckContext, overlay: Overlay) -> Report:
    """Check a set, whatever was found before."""
    return check_rules(entry, context, overlay=overlay)


@dataclass(slots=True)
class Checking:
    """Checks sets, once or again and again.

    Args:
        paths: what is named; without any, the rules of the workspace.
        config: what ``--config`` says.
        rules: what ``--rules`` says.
        all_codes: whether ``[validate] ignore`` does not count.
        unsaved: what stands in for a file.
        check: checks a set.

    Attributes:
        beside: the files besides those of sets on which it depends what is checked, and against what, there or not.
    """

    paths: Sequence[Path]
    config: Path | None = None
    rules: Path | None = None
    all_codes: bool = False
    unsaved: Unsaved | None = None
    check: Check = check_now
    beside: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.beside = self._named(self.paths)

    def run(self) -> list[Checked]:
        """Check every set.

        Raises:
            UsageError: a path does not exist, or there are no rules.
            SettingsError: a configuration is wrong.
        """
        paths = [*self.paths, *([self.unsaved.path] if self.unsaved else [])]
        self.beside = self._named(paths)
        checked: list[Checked] = []
        for workspace, named in workspaces_of(paths, self.config, self.rules):
            self.beside |= self._named(named)
            if workspace.settings is not None:
                with importing():
                    from prx_dingtalk_router.settings.files import files_of
                self.beside.update(files_of(workspace.settings))
            checked += self._of(workspace, named)
        return checked

    def _named(self, paths: Sequence[Path]) -> set[Path]:
        return {*paths, *(path / ENTRY_NAME for path in paths), *self._configurations(paths)}

    def _configurations(self, paths: Sequence[Path]) -> Iterator[Path]:
        """Give where a configuration may be."""
        named = self.config or os.environ.get(CONFIG_VARIABLE)
        if named:
            yield Path.cwd() / named
            return
        for path in paths or [Path()]:
            folder = near(path)
            yield from (each / FILE_NAME for each in (folder, *folder.parents))

    def _of(self, workspace: Workspace, named: Sequence[Path]) -> Iterator[Checked]:
        context = workspace.context()
        if self.all_codes:
            context = replace(context, ignored=frozenset())
        overlay = self.unsaved.overlay if self.unsaved is not None else {}
        reports = sets_of(named, lambda entry: self.check(entry, context, overlay), overlay)
        return (Checked(report, context) for report in reports)
