"""Loads the rules that a command decides by; without them it cannot go on."""

from __future__ import annotations

import sys

from prx_dingtalk_router.cli.console import quoted
from prx_dingtalk_router.cli.workspace import Workspace
from prx_dingtalk_router.errors import RulesError
from prx_dingtalk_router.language import CheckContext, RuleSet, check_rules
from prx_dingtalk_router.matching import Router


def load_rules(workspace: Workspace, context: CheckContext | None = None) -> RuleSet:
    """The checked rules of a workspace; against another ``context`` than its own if given.

    Raises:
        RulesError: they have errors, which are told on standard error.
        UsageError: there are none.
    """
    result = check_rules(workspace.where(), context or workspace.context())
    if result.rules is None:
        for diagnostic in result.diagnostics:
            if diagnostic.is_error:
                begin = diagnostic.span.begin
                place = f"{diagnostic.span.source.name}:{begin.line}:{begin.column}"
                print(f"{place}: {diagnostic.code} {diagnostic.message}", file=sys.stderr)
        raise RulesError("cli.rules-with-errors", errors=result.errors, path=quoted(workspace.rules))
    return result.rules


def load_router(workspace: Workspace) -> Router:
    """The router of a workspace; see ``load_rules``."""
    return Router(load_rules(workspace), workspace.baseline())
