"""Loads the rules that a command decides by; without them it cannot go on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from prx_dingtalk_router.cli.checking import check_to_decide
from prx_dingtalk_router.cli.console import quoted
from prx_dingtalk_router.cli.workspace import Workspace, sets_of
from prx_dingtalk_router.errors import RulesError
from prx_dingtalk_router.language import CheckContext, CheckResult, RuleSet, located
from prx_dingtalk_router.matching import Router


def load_rules(workspace: Workspace, context: CheckContext | None = None) -> RuleSet:
    """Return the checked rules of a workspace; against another ``context`` than its own if given.

    Raises:
        RulesError: they have errors, which are told on standard error.
        UsageError: there are none.
    """
    (result,) = check_sets([workspace.where()], context or workspace.context())
    return _without_errors(result, workspace.rules)


def load_sets(workspace: Workspace, paths: Sequence[Path]) -> list[RuleSet]:
    """Return the checked rules of the sets that paths belong to, each once; see ``load_rules``."""
    results = check_sets(paths, workspace.context())
    return [_without_errors(result, Path(result.files[0].name)) for result in results]


def load_router(workspace: Workspace) -> Router:
    """Return the router of a workspace; see ``load_rules``."""
    return Router(load_rules(workspace), workspace.baseline())


def check_sets(paths: Sequence[Path], context: CheckContext) -> list[CheckResult]:
    """Check the sets that paths belong to, each once, for their rules alone; see ``sets_of``.

    Raises:
        UsageError: a path does not exist.
    """
    return sets_of(paths, lambda entry: check_to_decide(entry, context))


def _without_errors(result: CheckResult, path: Path) -> RuleSet:
    if result.rules is not None:
        return result.rules
    for diagnostic in result.diagnostics:
        if diagnostic.is_error:
            print(f"{located(diagnostic.span)}: {diagnostic.code} {diagnostic.message}", file=sys.stderr)
    raise RulesError("cli.rules-with-errors", errors=result.errors, path=quoted(path))
