"""From files to a set that could run: the one way, at start, on every reload and back to an earlier set.

Pure but for reading: it runs in the helper process (``helper``), and in this one at start.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from prx_dingtalk_router.catalogue import Language, current_language, text
from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.language import (
    CheckContext,
    CheckResult,
    RuleSet,
    check_rules,
)
from prx_dingtalk_router.language.files import ENTRY_NAME
from prx_dingtalk_router.matching import Baseline, Router, run_tests
from prx_dingtalk_router.matching.baseline import EVERYBODY
from prx_dingtalk_router.matching.candidates import CandidateIndex
from prx_dingtalk_router.service.reload.build_cache import BuildCache
from prx_dingtalk_router.service.reload.file_state import (
    FileState,
    FileStates,
    digest_of,
    look_at,
)
from prx_dingtalk_router.service.reload.finding import (
    LISTED,
    Finding,
    of_diagnostics,
    of_error,
    of_failed_tests,
    unusable,
)
from prx_dingtalk_router.settings import Settings, load_settings
from prx_dingtalk_router.settings.files import files_of
from prx_dingtalk_router.settings.taking_effect import reloaded

ATTEMPTS = 20
PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build.

    Attributes:
        running: the settings in force, whose values that need a restart are kept.
        language: of findings.
        reads_settings: whether the configuration is read again.
        entry: where the rules are, in place of what the settings say.
        fixed_agents: whether the agents in force stay whatever the configuration says: those of a sandbox.
        has_baseline: whether ``running`` says who may use the bot.
        tests: whether failing tests refuse the set, in place of what the settings say.
    """

    running: Settings
    language: Language = "en"
    reads_settings: bool = True
    entry: Path | None = None
    fixed_agents: bool = False
    has_baseline: bool = True
    tests: bool | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a router gets its rules and settings from.

    Attributes:
        entry: where the rules are, in place of what the settings say.
        reads_settings: whether there is a configuration to read again.
        fixed_agents: whether the agents stay whatever it says: those of a sandbox.
        has_baseline: whether it says who may use the bot.
    """

    entry: Path | None = None
    reads_settings: bool = True
    fixed_agents: bool = False
    has_baseline: bool = True

    def request(self, running: Settings) -> BuildRequest:
        """What is to be built, with the settings in force as they are."""
        return BuildRequest(
            running, current_language(), self.reads_settings, self.entry, self.fixed_agents, self.has_baseline
        )


@dataclass(frozen=True, slots=True)
class Built:
    """A set that could run.

    Attributes:
        rules: checked.
        index: of them, as far as it is plain data.
        settings: in force with it.
        waiting: keys whose new value waits for a restart.
        tests: how many test cases passed.
        files: what it was built from.
        entry: its entry file, without links.
        contents: its files of rules, lists and templates, by resolved path.
    """

    rules: RuleSet
    index: CandidateIndex
    settings: Settings
    waiting: tuple[str, ...]
    tests: int
    files: FileStates
    entry: Path
    contents: Mapping[Path, bytes]


@dataclass(frozen=True, slots=True)
class NotBuilt:
    """Why a set cannot run.

    Attributes:
        findings: what is wrong, errors first; at most a hundred.
        errors: how many errors there are.
        files: what was looked at.
        fingerprint: of the rules, where they could be read.
    """

    findings: tuple[Finding, ...]
    errors: int
    files: FileStates = field(default_factory=dict)
    fingerprint: str | None = None


class Attempt(NamedTuple):
    """What came of a build, and how the same is checked again with lints."""

    outcome: Built | NotBuilt
    with_lints: Callable[[], CheckResult] | None = None


class _ChangedMeanwhileError(Exception):
    """A file was written while the set was read."""


def build(request: BuildRequest, cache: BuildCache | None = None) -> Attempt:
    """Read, check and test the set that the files hold, all of it as it was at one moment; lints are left for later.

    Args:
        request: what to build.
        cache: what is known from earlier builds.
    """
    for _ in range(ATTEMPTS):
        if cache is not None:
            cache.begin()
        try:
            return _attempt(request, cache)
        except _ChangedMeanwhileError:
            time.sleep(PAUSE_SECONDS)
    return Attempt(NotBuilt((unusable(text("service.reload.never-still")),), 1))


def router_of(built: Built, *, has_baseline: bool) -> Router:
    """Return the router of a set; it is not prepared yet."""
    return Router(built.rules, baseline_of(built.settings, has_baseline=has_baseline), built.index)


def baseline_of(settings: Settings, *, has_baseline: bool) -> Baseline:
    """Return who may use the bot and what steps leave open; everybody may where no configuration says who."""
    baseline = Baseline.of(settings)
    return baseline if has_baseline else replace(baseline, allowed_users=frozenset({EVERYBODY}))


def _attempt(request: BuildRequest, cache: BuildCache | None) -> Attempt:
    settings, configured = request.running, files_of(request.running) if request.reads_settings else ()
    before, waiting = look_at(configured), tuple[str, ...]()
    where = request.entry or settings.rules.path
    entries = (where, where / ENTRY_NAME)
    try:
        if request.reads_settings:
            loaded = _loaded(request)
            configured = (*configured, *files_of(loaded))
            settings, keys = reloaded(request.running, loaded)
            # A sandbox differs from the configuration in whatever leads out of it.
            waiting = () if request.fixed_agents else tuple(keys)
        context = CheckContext.of(settings, has_baseline=request.has_baseline)
        known = cache.check if cache is not None else None
        check = partial(check_rules, where, context, cache=known)
        result = check(lints=False)
    except RouterError as error:
        after = look_at((*configured, *entries))
        _ensure_same(before, after)
        findings = of_error(error)
        return Attempt(NotBuilt(findings[:LISTED], len(findings), after))
    after = look_at(dict.fromkeys((*configured, *entries, *result.looked_at)))
    _ensure_same(before, after)
    _ensure_same({path: FileState(path, digest_of(read)) for path, read in result.looked_at.items()}, after)
    entry = result.files[0].path
    if entry not in {after[path].target for path in entries}:
        raise _ChangedMeanwhileError
    findings = of_diagnostics(result.diagnostics)
    if result.rules is None:
        return Attempt(NotBuilt(findings[:LISTED], result.errors, after, result.fingerprint))
    baseline = baseline_of(settings, has_baseline=request.has_baseline)
    index = CandidateIndex(result.rules.rules, cache.witnesses if cache is not None else None)
    passed = 0
    if settings.rules.tests if request.tests is None else request.tests:
        own = baseline if request.has_baseline else None
        ran = run_tests(
            Router(result.rules, baseline, index), baseline=own, robot_name=settings.dingtalk.robot_name
        )
        failed = of_failed_tests(ran)
        if failed:
            return Attempt(NotBuilt((*failed, *findings)[:LISTED], len(failed), after, result.fingerprint))
        passed = len(ran)
    contents = {path: read for path, read in result.looked_at.items() if read is not None}
    return Attempt(
        Built(
            result.rules,
            index,
            settings,
            waiting,
            passed,
            after,
            entry,
            contents,
        ),
        check,
    )


def _loaded(request: BuildRequest) -> Settings:
    """Read the configuration; of a sandbox all but who is asked, and who may use the bot where it does not say."""
    running = request.running
    loaded = load_settings(running.source, os.environ, credentials=not request.fixed_agents)
    if not request.fixed_agents:
        return loaded
    kept = (
        {"agents": running.agents}
        if request.has_baseline
        else {
            "agents": running.agents,
            "channel": running.channel,
        }
    )
    origins, loaded = loaded.origins, loaded.model_copy(update=kept)
    loaded.remember(origins)
    return loaded


def _ensure_same(before: FileStates, after: FileStates) -> None:
    """Raise if a file was written in between."""
    if any(after[path].digest != state.digest for path, state in before.items()):
        raise _ChangedMeanwhileError
