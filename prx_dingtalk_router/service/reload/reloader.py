"""The one path from changed files to the rules in force, whoever asks for it (interfaces.md section 5.6)."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.fingerprint import short
from prx_dingtalk_router.errors import ReloadError
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.service.logs import log
from prx_dingtalk_router.service.reload.boot import Start
from prx_dingtalk_router.service.reload.build import Built, NotBuilt, Origin, router_of
from prx_dingtalk_router.service.reload.builder import Builder
from prx_dingtalk_router.service.reload.file_state import FileStates, digest_of, summary
from prx_dingtalk_router.service.reload.finding import Finding, unusable
from prx_dingtalk_router.service.reload.garbage import Sweeper, without_collections
from prx_dingtalk_router.service.reload.kept_sets import Held, KeptSets
from prx_dingtalk_router.service.reload.outcomes import (
    Applied,
    RefusedReload,
    ReloadOutcome,
    Trigger,
    Unchanged,
    record_of,
)
from prx_dingtalk_router.service.reload.preparing import let_go, prepared
from prx_dingtalk_router.settings import Settings
from prx_dingtalk_router.settings.taking_effect import changed_keys

Result = str
"""``applied``, ``unchanged`` or ``refused``: what the metric counts."""

TakeOver = Callable[[Router, Settings], Router]
"""Puts a router and settings in force, both at once, and gives back the router that was; nothing else happens meanwhile."""


@dataclass(slots=True)
class ReloadCounters:
    """Counts and times, for the metrics page.

    Attributes:
        results: of reloads: applied, unchanged, refused.
        last_applied_at: Unix seconds.
    """

    results: Counter[Result] = field(default_factory=Counter)
    last_applied_at: float = 0.0


class Reloader:
    """Reloads: one at a time, in the order in which they are asked for.

    Args:
        start: the set in force.
        origin: where rules and settings come from.
        kept: the sets applied so far.
        take_over: puts a router and settings in force.
        builder: builds sets; ended by whoever made it.

    Attributes:
        running: the record of the set in force.
        settings: in force.
        files: what the files held when they were looked at last.
        refused: why the files are not in force, where that is so.
        warnings: what lints say of the set in force.
        on_disk: the fingerprint of the rules on disk, as far as it is known.
        is_behind: whether files changed since, and nobody asked for them (``reload = "manual"``).
        observers: each told what came of every reload.
    """

    def __init__(
        self,
        start: Start,
        origin: Origin,
        kept: KeptSets,
        take_over: TakeOver,
        builder: Builder,
    ) -> None:
        self.running = start.record
        self.settings = start.built.settings
        self.files = start.files
        self.refused = start.refused
        self.warnings: tuple[Finding, ...] = ()
        self.on_disk = start.on_disk
        self.is_behind = False
        self.observers: list[Callable[[ReloadOutcome], None]] = []
        self.counters = ReloadCounters(last_applied_at=start.record.at_ms / 1000)
        self._origin = origin
        self._kept = kept
        self._take_over = take_over
        self._builder = builder
        self._turn = asyncio.Lock()
        self._later: set[asyncio.Task[None]] = set()
        self._releasing: set[asyncio.Task[None]] = set()
        self._sweeper = Sweeper()

    @property
    def differs(self) -> bool:
        """Whether the files hold something else than what is in force."""
        return self.refused is not None or self.on_disk != self.running.fingerprint or self.is_behind

    @property
    def kept(self) -> KeptSets:
        """The sets applied so far."""
        return self._kept

    @property
    def held(self) -> Held | None:
        """The earlier set that is served in place of the files, if one is."""
        return self._kept.held

    async def reload(
        self, trigger: Trigger, by: str = "", *, seen: FileStates | None = None
    ) -> ReloadOutcome:
        """Put in force what the files hold; when that cannot be, what is in force stays.

        Args:
            trigger: what asks.
            by: who asks, where that is known.
            seen: what the files hold as far as the caller looked; without a caller who looked, a set that is held in their
                place is given up.
        """
        async with self._turn:
            outcome = await self._reload(trigger, by, seen)
            self._tell(outcome)
            return outcome

    async def _reload(self, trigger: Trigger, by: str, seen: FileStates | None) -> ReloadOutcome:
        self.is_behind = False
        if seen is not None:
            self.files = seen
        try:
            outcome = await self._builder.build(self._origin.request(self.settings))
        except ReloadError as error:
            return self._failed(error, trigger, by)
        if outcome.files:
            self.files = outcome.files
        if isinstance(outcome, NotBuilt):
            return self._refuse(outcome, trigger, by)
        self.on_disk = outcome.rules.fingerprint
        changed = tuple(changed_keys(self.settings, outcome.settings))
        if (
            outcome.rules.fingerprint == self.running.fingerprint
            and not changed
            and outcome.waiting == self.running.waiting
        ):
            return await self._unchanged(trigger, by)
        return await self._apply(outcome, trigger, by, changed)

    async def rollback(self, number: int | None, by: str = "") -> ReloadOutcome:
        """Serve an earlier set until the files change again; the settings stay.

        Args:
            number: of its record; by default the one before the set in force.
            by: who asks.

        Raises:
            ReloadError: there is no such set.
        """
        async with self._turn:
            outcome = await self._rollback(number, by)
            self._tell(outcome)
            return outcome

    async def _rollback(self, number: int | None, by: str) -> ReloadOutcome:
        record = self._kept.before(self.running) if number is None else self._kept.find(number)
        if record is None:
            key = "service.reload.no-earlier" if number is None else "service.reload.no-such-set"
            raise ReloadError(key, number=number)
        entry = self._kept.entry_of(record)
        if entry is None:
            raise ReloadError("service.reload.set-gone", number=record.number)
        request = replace(self._origin.request(self.settings), entry=entry, reads_settings=False)
        try:
            outcome = await self._builder.build(request)
        except ReloadError as error:
            return self._failed(error, "rollback", by)
        if isinstance(outcome, NotBuilt):
            return self._refuse(outcome, "rollback", by)
        if outcome.rules.fingerprint != record.fingerprint:
            raise ReloadError("service.reload.set-changed", number=record.number)
        held = Held(record.number, summary(self.files))
        return await self._apply(outcome, "rollback", by, (), again=record.number, held=held)

    async def keep_start(self, built: Built) -> None:
        """Keep the set that the router started with, unless it is the one that ran last."""
        last = self._kept.last
        if last is None or last.number < self.running.number:
            await self._keep(self.running, built, None)
        else:
            await self._keep_configuration(built)

    async def warm_up(self) -> None:
        """Let the helper process read the set before the first edit, so that this one is as quick as the next."""
        async with self._turn:
            try:
                await self._builder.build(self._origin.request(self.settings))
                self.warnings = await self._builder.warnings()
            except ReloadError as error:
                log("warning", "reload-helper", problem=error.text)

    async def settled(self) -> None:
        """Wait until also the warnings of the last reload are told."""
        await asyncio.gather(*self._later)

    async def aclose(self) -> None:
        """Wait for nothing more."""
        tasks = {*self._later, *self._releasing}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _apply(
        self,
        built: Built,
        trigger: Trigger,
        by: str,
        changed: tuple[str, ...],
        *,
        again: int | None = None,
        held: Held | None = None,
    ) -> Applied:
        last = self._kept.last
        record = record_of(
            built,
            number=max(self.running.number, last.number if last is not None else 0) + 1,
            at_ms=time.time_ns() // 1_000_000,
            trigger=trigger,
            by=by,
            changed=changed,
            again=again,
        )
        router = router_of(built, has_baseline=self._origin.has_baseline)
        with without_collections():
            await prepared(router)
            self._let_go(self._take_over(router, built.settings))
        before, self.running, self.settings = self.running, record, built.settings
        if held is None:
            self.refused = None
        self.counters.results["applied"] += 1
        self.counters.last_applied_at = record.at_ms / 1000
        log(
            "info",
            "reloaded",
            rules=record.rules,
            fingerprint=record.short,
            before=before.short,
            number=record.number,
            trigger=trigger,
            by=by,
            tests=record.tests,
            changed=", ".join(changed) or "-",
        )
        if record.waiting and record.waiting != before.waiting:
            log("warning", "needs-restart", keys=", ".join(record.waiting))
        await self._keep(record, built, held)
        self._warn_later()
        return record

    async def _keep(self, record: Applied, built: Built, held: Held | None) -> None:
        try:
            await asyncio.to_thread(self._kept.add, record, built, held)
        except OSError as problem:
            log("warning", "set-not-kept", problem=problem.strerror or str(problem))
        await self._keep_configuration(built)

    async def _keep_configuration(self, built: Built) -> None:
        """Keep the file of the configuration, where it holds what is in force."""
        source = built.settings.source
        state = built.files.get(source)
        if state is None or not self._origin.reads_settings or self._origin.fixed_agents:
            return
        try:
            content = await asyncio.to_thread(source.read_bytes)
            if digest_of(content) == state.digest:
                await asyncio.to_thread(self._kept.add_configuration, source, content)
        except OSError as problem:
            log("warning", "set-not-kept", problem=problem.strerror or str(problem))

    async def _unchanged(self, trigger: Trigger, by: str) -> Unchanged:
        was_refused, self.refused = self.refused is not None, None
        self.counters.results["unchanged"] += 1
        with contextlib.suppress(OSError):
            await asyncio.to_thread(self._kept.release)
        if was_refused or trigger not in ("watch", "poll"):
            log("info", "reload-unchanged", fingerprint=self.running.short, trigger=trigger, by=by)
        return Unchanged(self.running.fingerprint)

    def _refuse(self, outcome: NotBuilt, trigger: Trigger, by: str) -> RefusedReload:
        now = time.time_ns() // 1_000_000
        refused = RefusedReload(now, trigger, by, outcome.findings, outcome.errors, outcome.fingerprint)
        self.counters.results["refused"] += 1
        if trigger != "rollback":
            self.refused = refused
            self.on_disk = outcome.fingerprint
        log_refusal(refused, self.running)
        return refused

    def _failed(self, error: ReloadError, trigger: Trigger, by: str) -> RefusedReload:
        if error.trace:
            log("error", "reload-defect", trace=error.trace)
        return self._refuse(NotBuilt((unusable(error.text),), 1), trigger, by)

    def _tell(self, outcome: ReloadOutcome) -> None:
        for observer in self.observers:
            observer(outcome)

    def _let_go(self, former: Router) -> None:
        task = asyncio.create_task(self._release(former.parts()), name="reload-release")
        self._releasing.add(task)
        task.add_done_callback(self._releasing.discard)

    async def _release(self, parts: list[object]) -> None:
        await let_go(parts)
        self._sweeper.reloaded()

    def _warn_later(self) -> None:
        task = asyncio.create_task(self._warn(self.running), name="reload-warnings")
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _warn(self, record: Applied) -> None:
        found = await self._builder.warnings()
        if self.running is record:
            self.warnings = found
            if found:
                log("warning", "reload-warnings", first=str(found[0]), more=len(found) - 1)


def log_refusal(refused: RefusedReload, running: Applied) -> None:
    """Log why the files are not in force: the first finding, and how many more there are."""
    first = str(refused.findings[0]) if refused.findings else "-"
    log(
        "error",
        "reload-refused",
        first=text("service.reload.words", words=first),
        more=max(0, refused.errors - 1),
        fingerprint=running.short,
        on_disk=short(refused.fingerprint) if refused.fingerprint else "-",
        trigger=refused.trigger,
        by=refused.by,
    )
