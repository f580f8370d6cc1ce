"""All checks, in the order in which they are shown: what is on this machine first, then DingTalk, then the agents."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from prx_dingtalk_router.diagnosis.checkup.agents import check_agent
from prx_dingtalk_router.diagnosis.checkup.checks import (
    check_allowed_users,
    check_clock,
    check_hosts,
    check_journal,
    check_notify,
    check_registration,
    check_robot_permission,
    check_rules_files,
    check_secret_files,
)
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.errors import RouterError

Check = Callable[[Installation], Awaitable[Sequence[Finding]]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("rules", check_rules_files),
    ("allowed-users", check_allowed_users),
    ("notify", check_notify),
    ("secret-files", check_secret_files),
    ("journal", check_journal),
    ("hosts", check_hosts),
    ("registration", check_registration),
    ("robot-permission", check_robot_permission),
    ("clock", check_clock),
)


async def examine(installation: Installation) -> AsyncIterator[Finding]:
    """Carry out all checks side by side, and give what they find in the order of the list, each as soon as it can be told."""
    checks = [asyncio.ensure_future(_found(name, check, installation)) for name, check in CHECKS]
    checks += [
        asyncio.ensure_future(check_agent(name, installation)) for name in installation.settings.agents
    ]
    try:
        for check in checks:
            for finding in await check:
                yield finding
        if not installation.settings.agents:
            yield found("skipped", "agent", "none")
    finally:
        for check in checks:
            check.cancel()
        await asyncio.gather(*checks, return_exceptions=True)


async def _found(name: str, check: Check, installation: Installation) -> Sequence[Finding]:
    try:
        return await check(installation)
    except RouterError as problem:  # such as a CA file that cannot be read
        return [Finding(name, "", "failed", problem.text)]
