"""Checks what a command line names: each set once, against the configuration nearest to it."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from prx_dingtalk_router.cli.importing import importing
from prx_dingtalk_router.cli.unsaved import Unsaved
from prx_dingtalk_router.cli.workspace import Workspace, near, sets_of, workspaces_of
from prx_dingtalk_router.language import CheckCache, CheckContext, CheckResult, Report, check_rules, report_on
from prx_dingtalk_router.language.files import ENTRY_NAME, Overlay
from prx_dingtalk_router.settings.discovery import CONFIG_VARIABLE, FILE_NAME

OBJECTS_BETWEEN_COLLECTIONS = 5_000_000

Check = Callable[[Path, CheckContext, Overlay], Report]
"""Checks the set of an entry."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A set, and what it was checked against."""

    report: Report
    context: CheckContext


def check_now(
    entry: Path,
    context: CheckContext,
    overlay: Overlay,
    cache: CheckCache | None = None,
    *,
    lints: bool = True,
) -> CheckResult:
    """Check a set, whatever was found before."""
    with _uncollected():
        return check_rules(entry, context, overlay=overlay, cache=cache, lints=lints)


def check_to_decide(entry: Path, context: CheckContext) -> CheckResult:
    """Check a set of which only the rules are wanted: without warnings, and what ``validate`` has parsed is not parsed again."""
    from prx_dingtalk_router.cli.cache_folder import CacheFolder, user_folder
    from prx_dingtalk_router.cli.declaration_store import DeclarationStore

    with DeclarationStore(CacheFolder(user_folder()), entry.resolve()).kept() as cache:
        return check_now(entry, context, {}, cache, lints=False)


def check_unless_known(entry: Path, context: CheckContext, overlay: Overlay) -> Report:
    """Return what was found in a set the last time if nothing has changed since; else check it, and keep that."""
    if overlay:
        return check_now(entry, context, overlay)
    with importing():
        from prx_dingtalk_router.cli.cache_folder import CacheFolder, user_folder
        from prx_dingtalk_router.cli.declaration_store import DeclarationStore
        from prx_dingtalk_router.cli.report_cache import ReportCache, of_today
    # Where a link leads now: what is remembered is about the file behind it.
    entry = entry.resolve()
    folder, today = CacheFolder(user_folder()), of_today(context)
    reports, declarations = ReportCache(folder), DeclarationStore(folder, entry)
    known = reports.recall(entry, today)
    if known is not None:
        return known
    with _uncollected(), declarations.kept() as cache:
        report = report_on(entry, today, cache=cache)
    reports.remember(entry, today, report)
    return report


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Look for garbage rarely: a set is thousands of objects that live as long as it does, and no garbage comes of it."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


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
