"""What came of reloads: a record for each set that took over, and why others did not."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, to_builtins

from prx_dingtalk_router.decision.fingerprint import short
from prx_dingtalk_router.service.reload.build import Built
from prx_dingtalk_router.service.reload.finding import Finding

Trigger = Literal["start", "watch", "poll", "signal", "admin", "rollback"]
"""What asked for it: the start, a notice of the file system, the regular look, SIGHUP, the admin address."""


class Applied(Struct, frozen=True):
    """A set that was put into use.

    Args:
        number: counts up from 1.
        fingerprint: of its rules.
        at_ms: when, in Unix milliseconds.
        trigger: what asked for it.
        by: who asked, where that is known.
        rules: how many.
        files: how many of rules, lists and templates.
        tests: how many cases passed.
        changed: the keys of the configuration that changed with it.
        waiting: the keys whose new value waits for a restart.
        again: the number of the earlier set that this one is, after a rollback or a start with the last good one.
    """

    number: int
    fingerprint: str
    at_ms: int
    trigger: Trigger
    by: str
    rules: int
    files: int
    tests: int
    changed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    again: int | None = None

    @property
    def short(self) -> str:
        """The fingerprint as people compare it."""
        return short(self.fingerprint)

    def as_json(self) -> dict[str, Any]:
        """For status and history."""
        document: dict[str, Any] = to_builtins(self)
        return document


class RefusedReload(Struct, frozen=True):
    """Why the files are not in force.

    Args:
        at_ms: when that was found, in Unix milliseconds.
        trigger: what asked.
        by: who asked, where that is known.
        findings: what is wrong, errors first; at most a hundred.
        errors: how many errors there are.
        fingerprint: of the rules as they are on disk, where they could be read.
    """

    at_ms: int
    trigger: Trigger
    by: str
    findings: tuple[Finding, ...]
    errors: int
    fingerprint: str | None


class Unchanged(Struct, frozen=True):
    """The files hold what is in force."""

    fingerprint: str


ReloadOutcome = Applied | Unchanged | RefusedReload


def record_of(
    built: Built,
    *,
    number: int,
    at_ms: int,
    trigger: Trigger,
    by: str = "",
    changed: tuple[str, ...] = (),
    again: int | None = None,
) -> Applied:
    """Record a set that takes over."""
    return Applied(
        number,
        built.rules.fingerprint,
        at_ms,
        trigger,
        by,
        len(built.rules.rules),
        len(built.contents),
        built.tests,
        changed,
        built.waiting,
        again,
    )
