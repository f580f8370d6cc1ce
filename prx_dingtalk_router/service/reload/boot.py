"""Which set a router starts with: that of the files, the one it was rolled back to, or the last good one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.service.logs import log
from prx_dingtalk_router.service.reload.build import Built, NotBuilt, Origin, build, router_of
from prx_dingtalk_router.service.reload.file_state import FileStates, summary
from prx_dingtalk_router.service.reload.kept_sets import Held, KeptSets
from prx_dingtalk_router.service.reload.outcomes import Applied, RefusedReload, Trigger, record_of
from prx_dingtalk_router.settings import Settings

START: Trigger = "start"


@dataclass(frozen=True, slots=True)
class Start:
    """What a router starts with.

    Attributes:
        built: the set.
        record: of it.
        files: what the user's files hold.
        router: decides by it.
        on_disk: the fingerprint of the rules on disk, where they could be read.
        refused: why the user's files are not in force, where that is so.
        held: the earlier set that is in force in place of sound files.
    """

    built: Built
    record: Applied
    files: FileStates
    router: Router
    on_disk: str | None
    refused: RefusedReload | None = None
    held: Held | None = None


def boot(settings: Settings, origin: Origin, kept: KeptSets) -> Start | None:
    """Find the set to start with.

    Args:
        settings: as they were just read.
        origin: where rules and settings come from.
        kept: the sets applied by earlier processes.

    Returns:
        The set; None where the files are broken and there is no other, or there may be none (``boot = "strict"``).
    """
    request = origin.request(settings)
    outcome = build(request).outcome
    if isinstance(outcome, Built):
        return _held(outcome, settings, origin, kept) or _start(outcome, origin, kept)
    failed_tests = outcome.fingerprint is not None and outcome.findings[0].name == "failed-test"
    # What was in force before does not end because a test depends on the date, nor does the first set ever.
    if failed_tests and (kept.last is None or kept.last.fingerprint == outcome.fingerprint):
        untested = build(replace(request, tests=False)).outcome
        if isinstance(untested, Built):
            log("warning", "boot-tests", first=str(outcome.findings[0]))
            return _start(untested, origin, kept)
    if settings.rules.boot == "strict":
        return None
    return _last_good(outcome, settings, origin, kept)


def _held(built: Built, settings: Settings, origin: Origin, kept: KeptSets) -> Start | None:
    """The set that was rolled back to, while the files are as they were then."""
    held = kept.held
    if held is None or held.files != summary(built.files):
        return None
    record = kept.find(held.number)
    earlier = _kept_set(record, settings, origin, kept) if record is not None else None
    if earlier is None or record is None:
        return None
    log("warning", "boot-held", number=record.number, fingerprint=record.short)
    start = _start(earlier, origin, kept, again=record.number, files=built.files)
    return replace(start, held=held, on_disk=built.rules.fingerprint)


def _last_good(outcome: NotBuilt, settings: Settings, origin: Origin, kept: KeptSets) -> Start | None:
    for record in _newest_first(kept.sets):
        earlier = _kept_set(record, settings, origin, kept)
        if earlier is None:
            continue
        refused = RefusedReload(
            time.time_ns() // 1_000_000, START, "", outcome.findings, outcome.errors, outcome.fingerprint
        )
        log(
            "error",
            "boot-last-good",
            number=record.number,
            fingerprint=record.short,
            first=str(outcome.findings[0]) if outcome.findings else "-",
            more=max(0, outcome.errors - 1),
        )
        start = _start(earlier, origin, kept, again=record.number, files=outcome.files)
        return replace(start, refused=refused, on_disk=outcome.fingerprint)
    return None


def _newest_first(sets: Sequence[Applied]) -> Sequence[Applied]:
    """Each fingerprint once."""
    newest: dict[str, Applied] = {}
    for record in sets:
        newest.pop(record.fingerprint, None)
        newest[record.fingerprint] = record
    return tuple(reversed(newest.values()))


def _kept_set(record: Applied, settings: Settings, origin: Origin, kept: KeptSets) -> Built | None:
    """A kept set, if it is whole and right with the configuration of today."""
    entry = kept.entry_of(record)
    if entry is None:
        return None
    request = replace(origin.request(settings), entry=entry, reads_settings=False, tests=False)
    outcome = build(request).outcome
    if isinstance(outcome, Built) and outcome.rules.fingerprint == record.fingerprint:
        return outcome
    return None


def _start(
    built: Built, origin: Origin, kept: KeptSets, *, again: int | None = None, files: FileStates | None = None
) -> Start:
    last = kept.last
    # The set that ran last goes on under its number, so that restarts do not fill the history.
    is_last = last is not None and last.fingerprint == built.rules.fingerprint
    number = 1 if last is None else last.number if is_last else last.number + 1
    record = record_of(
        built,
        number=number,
        at_ms=time.time_ns() // 1_000_000,
        trigger=START,
        again=None if is_last else again,
    )
    router = router_of(built, has_baseline=origin.has_baseline)
    return Start(built, record, built.files if files is None else files, router, built.rules.fingerprint)
