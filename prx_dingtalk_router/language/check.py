"""Text to checked rules and diagnostics: the one entry of this part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostic, Diagnostics
from prx_dingtalk_router.language.files import entry_of, load
from prx_dingtalk_router.language.lints import lint
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.resolve.ruleset import resolve
from prx_dingtalk_router.language.ruleset import RuleSet
from prx_dingtalk_router.language.source import Source
from prx_dingtalk_router.language.syntax.ast import RuleNode


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What checking gave: every diagnostic in order, and the rules when there is no error among them."""

    diagnostics: tuple[Diagnostic, ...]
    rules: RuleSet | None
    files: tuple[Source, ...]
    rule_count: int

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return sum(each.weight for each in self.diagnostics if each.is_error)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return sum(each.weight for each in self.diagnostics if not each.is_error)


def check_rules(
    path: Path,
    context: CheckContext | None = None,
    *,
    overlay: Mapping[Path, str] | None = None,
    base: Path | None = None,
) -> CheckResult:
    """Check a set (language.md section 11).

    Args:
        path: the entry file, or a folder with a ``main.rules``.
        context: what the configuration says; without one, nothing of it is checked.
        overlay: texts that stand in for files, by resolved path.
        base: folder that shown file names are relative to; the current one by default.

    Raises:
        UsageError: there is no such entry.
    """
    context = context or CheckContext()
    diagnostics = Diagnostics()
    loaded = load(entry_of(path), diagnostics, overlay=overlay, base=base)
    resolved = resolve(loaded, context, diagnostics)
    lint(LintedSet(resolved, loaded.entry, context), diagnostics)
    return CheckResult(
        diagnostics.in_order(),
        None if diagnostics.has_errors else resolved.rule_set(loaded, context),
        tuple(loaded.sources.values()) or (loaded.entry,),
        sum(isinstance(node, RuleNode) for node in loaded.declarations),
    )
