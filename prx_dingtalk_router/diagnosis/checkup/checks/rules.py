"""Are the rules valid, and do their tests pass? Otherwise a reload is refused, and a start falls back on an earlier set."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from prx_dingtalk_router.decision.fingerprint import short
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.language import CheckResult, check_rules, located
from prx_dingtalk_router.matching import Baseline, Router, run_tests


async def check_rules_files(installation: Installation) -> Sequence[Finding]:
    """Check the rules as a start would."""
    path = installation.rules
    if not path.exists():
        return [found("failed", "rules", "missing", path=str(path))]
    result = await asyncio.to_thread(check_rules, path, installation.context)
    return [await asyncio.to_thread(_judged, result, installation)]


def _judged(result: CheckResult, installation: Installation) -> Finding:
    rules = result.rules
    if rules is None:
        first = next(each for each in result.diagnostics if each.is_error)
        where = f"{located(first.span)}: {first.code} {first.message}"
        return found("failed", "rules", "errors", count=result.errors, first=where)
    counted: dict[str, object] = {"rules": len(rules.rules), "fingerprint": short(rules.fingerprint)}
    if installation.settings.rules.tests:
        results = run_tests(Router(rules, Baseline.of(installation.settings)))
        failed = [each for each in results if not each.passed]
        if failed:
            return found("failed", "rules", "tests", count=len(failed), first=failed[0].title)
    if result.warnings:
        return found("warning", "rules", "warnings", count=result.warnings, **counted)
    return found("ok", "rules", "ok", **counted)
