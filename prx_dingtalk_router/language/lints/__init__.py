"""Warnings about whole sets: one file a lint, one line here."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.lints.chosen_name import chosen_name
from prx_dingtalk_router.language.lints.fixed_condition import fixed_condition
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.lints.never_reached import never_reached
from prx_dingtalk_router.language.lints.no_otherwise import no_otherwise
from prx_dingtalk_router.language.lints.sender_not_admitted import sender_not_admitted
from prx_dingtalk_router.language.lints.test_without_time import test_without_time
from prx_dingtalk_router.language.lints.unused_agent import unused_agent

Lint = Callable[[LintedSet, Diagnostics], None]

LINTS: tuple[Lint, ...] = (
    fixed_condition,
    never_reached,
    no_otherwise,
    unused_agent,
    sender_not_admitted,
    chosen_name,
    test_without_time,
)


def lint(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Report all that lints find in a set."""
    for each in LINTS:
        each(linted, diagnostics)
