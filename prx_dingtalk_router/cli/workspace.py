"""What a command works on: the configuration if there is one, and the rules that it or the command line names.

A file is always checked within the set that uses it (language.md section 3).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import note
from prx_dingtalk_router.cli.importing import importing
from prx_dingtalk_router.errors import SettingsError, UsageError
from prx_dingtalk_router.language import CheckContext, Report, check_rules, entry_of
from prx_dingtalk_router.language.files import ENTRY_NAME
from prx_dingtalk_router.matching import Baseline
from prx_dingtalk_router.settings import find_settings

if TYPE_CHECKING:
    from prx_dingtalk_router.settings import Settings

Found = TypeVar("Found", bound=Report)

DEFAULT_RULES = Path("rules")
PARENTS_ASKED = 5
"""So many folders above a file are looked through for a set that uses it."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The configuration (``None`` without one) and where the rules are."""

    settings: Settings | None
    rules: Path

    @property
    def has_baseline(self) -> bool:
        """Whether the configuration says who may use the bot."""
        return self.settings is not None and any(
            key[:2] == ("channels_config", "dingtalk") for key in self.settings.origins
        )

    def where(self) -> Path:
        """Where the rules are.

        Raises:
            UsageError: nothing says where, and they are not where they usually are; or not where the configuration says.
        """
        if self.settings is not None and self.rules == self.settings.rules.path and not self.rules.exists():
            raise UsageError(
                "cli.no-configured-rules", path=str(self.rules), source=str(self.settings.source)
            )
        if self.settings is None and self.rules == DEFAULT_RULES and not self.rules.exists():
            raise UsageError("cli.no-rules")
        return self.rules

    def entry(self, context: CheckContext | None = None) -> Path:
        """Return the entry of the set that the rules belong to, absolute; where they are missing, where they should be.

        Args:
            context: what rules are checked against, in place of what the configuration says.
        """
        path = self.rules.absolute()
        if not path.is_file() or path.name == ENTRY_NAME:
            return path
        against = context or self.context()
        return _set_around(path.resolve(), lambda entry: check_rules(entry, against))[0]

    def context(self) -> CheckContext:
        """What rules are checked against."""
        if self.settings is None:
            return CheckContext()
        return CheckContext.of(self.settings, has_baseline=self.has_baseline)

    def baseline(self) -> Baseline:
        """The baseline and defaults; everybody is admitted, and told so, where no configuration says who is."""
        if not self.has_baseline:
            note(text("cli.everybody-admitted"))
        if self.settings is None:
            return Baseline()
        baseline = Baseline.of(self.settings)
        return baseline if self.has_baseline else replace(baseline, allowed_users=Baseline().allowed_users)

    @property
    def robot_name(self) -> str:
        """The configured name of the robot."""
        return self.settings.dingtalk.robot_name if self.settings is not None else ""

    @property
    def client_id(self) -> str:
        """The client id of the bot."""
        return self.settings.channel.client_id if self.settings is not None else ""


def find_workspace(config: Path | None, rules: Path | None) -> Workspace:
    """The workspace of a command that only checks or decides: secrets may be missing.

    Raises:
        SettingsError: there is a configuration, and it is wrong.
    """
    return _workspace(find_settings(config, os.environ, Path.cwd()), rules)


def find_workspace_in_force(config: Path | None, rules: Path | None) -> Workspace:
    """The workspace of a command that looks after a router: where the configuration is broken now, that of the last good one.

    Raises:
        SettingsError: it is broken, and no other is kept.
    """
    try:
        return find_workspace(config, rules)
    except SettingsError as broken:
        from prx_dingtalk_router.settings.kept_configuration import last_good_settings

        source = find_settings(config, os.environ, Path.cwd())
        assert source is not None
        try:
            settings = last_good_settings(source, os.environ, credentials=False)
        except SettingsError:
            settings = None
        if settings is None:
            raise
        _say_once(str(broken))
        return Workspace(settings, rules or settings.rules.path)


@cache
def _say_once(problem: str) -> None:
    note(text("cli.last-configuration", problem=problem))


def _workspace(source: Path | None, rules: Path | None) -> Workspace:
    settings = _load(source, credentials=False) if source is not None else None
    if rules is not None:
        return Workspace(settings, rules)
    return Workspace(settings, settings.rules.path if settings is not None else DEFAULT_RULES)


def workspaces_of(
    paths: Sequence[Path], config: Path | None, rules: Path | None
) -> list[tuple[Workspace, list[Path]]]:
    """The workspaces that paths belong to, each with its paths: the configuration nearest to a path counts.

    Args:
        paths: what is named; without any, what the workspace of the current folder names.
        config: what ``--config`` says, which then counts for all.
        rules: what ``--rules`` says.

    Raises:
        UsageError: no path is named, and there are no rules.
        SettingsError: a configuration is wrong.
    """
    if not paths:
        workspace = find_workspace(config, rules)
        return [(workspace, [workspace.where()])]
    found: dict[Path | None, list[Path]] = {}
    for path in paths:
        source = find_settings(config, os.environ, Path.cwd(), near(path))
        found.setdefault(source, []).append(path)
    return [(_workspace(source, rules), named) for source, named in found.items()]


def near(path: Path) -> Path:
    """The folder where the configuration of a path is looked for first; a folder that is a link is where it is named."""
    folder = path if path.is_dir() else path.parent
    return Path(os.path.normpath(Path.cwd() / folder))


def settings_to_run(config: Path | None) -> Settings:
    """The configuration of a command that needs one, secrets and all.

    Raises:
        UsageError: there is none.
        SettingsError: it is wrong.
    """
    path = find_settings(config, os.environ, Path.cwd())
    if path is None:
        raise UsageError("cli.no-configuration")
    return _load(path, credentials=True)


def _load(path: Path, *, credentials: bool) -> Settings:
    with importing():
        from prx_dingtalk_router.settings import load_settings
    return load_settings(path, os.environ, credentials=credentials)


def sets_of(
    paths: Sequence[Path], check: Callable[[Path], Found], unsaved: Collection[Path] = ()
) -> list[Found]:
    """Return what checking the sets that paths belong to gives, each once.

    Args:
        paths: entry files, folders with an entry, or files that some set is made of.
        check: checks the set of an entry.
        unsaved: files that need not be on the disk.

    Raises:
        UsageError: a path does not exist.
    """
    checked: dict[Path, Found] = {}
    for path in paths:
        entry = path if path in unsaved else entry_of(path).resolve()
        if entry in checked or any(entry in result.looked_at for result in checked.values()):
            continue
        around, result = _set_around(entry, check)
        checked[around] = result
    return list(checked.values())


def _set_around(entry: Path, check: Callable[[Path], Found]) -> tuple[Path, Found]:
    """The set whose entry this is, or that uses it: of a ``main.rules`` beside it or in a folder above."""
    if entry.name != ENTRY_NAME:
        for folder in list(entry.parents)[:PARENTS_ASKED]:
            candidate = folder / ENTRY_NAME
            if candidate.is_file():
                result = check(candidate)
                if entry in result.looked_at:
                    return candidate, result
    return entry, check(entry)
