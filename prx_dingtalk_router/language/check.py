"""Text to checked rules and diagnostics: the one entry of this part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prx_dingtalk_router.language.check_cache import CheckCache
from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostic, Diagnostics
from prx_dingtalk_router.language.diagnostics.diagnostic import Severity
from prx_dingtalk_router.language.files import FileSet, Overlay, entry_of
from prx_dingtalk_router.language.resolve.ruleset import resolve
from prx_dingtalk_router.language.ruleset import RuleSet
from prx_dingtalk_router.language.source import Source, SourceMap
from prx_dingtalk_router.language.suppressions.collecting import Suppressions
from prx_dingtalk_router.language.syntax.ast import Declaration
from prx_dingtalk_router.language.syntax.build import build
from prx_dingtalk_router.language.syntax.lexer import lex
from prx_dingtalk_router.language.syntax.parser import parse
from prx_dingtalk_router.templates import analyse_template

if TYPE_CHECKING:
    from prx_dingtalk_router.language.lints.linted_set import LintedSet

_CONFIGURED = ("PRX603", "PRX604")


@dataclass(frozen=True, slots=True)
class Report:
    """What is found in a set: every diagnostic in order."""

    diagnostics: tuple[Diagnostic, ...]
    files: tuple[Source, ...]
    """The files of rules, in the order in which they were read."""
    rule_count: int
    looked_at: Mapping[Path, bytes | None]
    """The content of every file that was looked for, by resolved path; ``None`` for one that could not be read."""
    links: Mapping[Path, Path | None]
    """Where the names of files led, by path before links were followed; ``None`` for one that leads nowhere."""

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return self._count("error")

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return self._count("warning")

    @property
    def notes(self) -> int:
        """How many notes there are: of what nobody can mend yet."""
        return self._count("note")

    def _count(self, severity: Severity) -> int:
        return sum(each.weight for each in self.diagnostics if each.severity == severity)


@dataclass(frozen=True, slots=True)
class FreshReport(Report):
    """A report that was made just now."""

    sources: SourceMap
    """All files, those that rules name too."""


@dataclass(frozen=True, slots=True)
class CheckResult(FreshReport):
    """What checking gave: every diagnostic in order, and the rules when there is no error among them."""

    rules: RuleSet | None
    fingerprint: str
    """Of all files, whether or not they are a set."""


def check_rules(
    path: Path,
    context: CheckContext | None = None,
    *,
    overlay: Overlay | None = None,
    base: Path | None = None,
    cache: CheckCache | None = None,
    lints: bool = True,
) -> CheckResult:
    """Check a set (language.md section 11).

    Args:
        path: the entry file, or a folder with a ``main.rules``.
        context: what the configuration says; without one, nothing of it is checked.
        overlay: texts or contents that stand in for files, which need not exist, by resolved path.
        base: folder that shown file names are relative to; the current one by default.
        cache: what is known from earlier checks, for whoever checks a set again and again.
        lints: whether lints run; they only warn, so whoever is in a hurry checks again with them afterwards.

    Raises:
        UsageError: there is no such entry.
    """
    check = _Check(path, context or CheckContext(), overlay, base, cache)
    memory = None if cache is None or lints else cache.rules
    rules, inventory = resolve(check.files, check.context, check.diagnostics, check.analyse, memory)
    if lints:
        # Whoever only decides does without them, and without importing the sixty files that they are.
        from prx_dingtalk_router.language.lints.linted_set import LintedSet

        check.lint(LintedSet(rules, inventory, check.context))
    report = check.report()
    return CheckResult(
        report.diagnostics,
        report.files,
        report.rule_count,
        report.looked_at,
        report.links,
        report.sources,
        rules=None if check.diagnostics.has_errors else rules,
        fingerprint=rules.fingerprint,
    )


def report_on(
    path: Path, context: CheckContext, *, overlay: Overlay | None = None, cache: CheckCache
) -> FreshReport:
    """Check a set of which only the report is wanted: what no edit touched since the last time is not looked at again.

    Args:
        path: the entry file, or a folder with a ``main.rules``.
        context: what the configuration says.
        overlay: see ``check_rules``.
        cache: what is known from earlier checks.

    Raises:
        UsageError: there is no such entry.
    """
    from prx_dingtalk_router.language.lints.linted_set import LintedSet
    from prx_dingtalk_router.language.lints.settling import settle
    from prx_dingtalk_router.language.resolve.settled_set import SettledSet

    check = _Check(path, context, overlay, None, cache)
    settled = SettledSet(cache.settled, check.files, context, check.diagnostics, check.analyse)
    rules, inventory = resolve(check.files, context, check.diagnostics, check.analyse, settled=settled)
    linted = LintedSet(rules, inventory, context, settled)
    if not settled.is_over_a_limit:
        check.lint(linted)
    if settled.has_recalled and (settled.is_over_a_limit or not linted.is_whole):
        cache.settled.forget()
        return report_on(path, context, overlay=overlay, cache=cache)
    settle(linted)
    return check.report()


class _Check:
    """One check, up to the declarations, and its end.

    Args: as those of ``check_rules``.
    """

    def __init__(
        self,
        path: Path,
        context: CheckContext,
        overlay: Overlay | None,
        base: Path | None,
        cache: CheckCache | None,
    ) -> None:
        self.context = context
        self.diagnostics = Diagnostics(ignored=context.ignored)
        self.analyse = analyse_template if cache is None else cache.analysis
        self._suppressions = Suppressions(self.diagnostics)
        self.files = FileSet(entry_of(path, overlay or ()), self.diagnostics, overlay=overlay, base=base)
        for source in self.files:
            self.files.add(source, self._declarations(source, cache))

    def _declarations(self, source: Source, cache: CheckCache | None) -> Iterable[Declaration]:
        if cache is None:
            return build(parse(self._suppressions.read(source, lex(source.text))), source.name)
        is_plain = not self._suppressions.are_in(source)
        pieces = cache.pieces(source.text) if is_plain else lex(source.text)
        return cache.declarations(self._suppressions.read(source, pieces), source.name)

    def lint(self, linted: LintedSet) -> None:
        """Let every lint look at the set."""
        from prx_dingtalk_router.language.lints import lint

        lint(linted, self.diagnostics)
        is_complete = linted.rules.complete and not self.diagnostics.has_errors
        self._suppressions.report(_unsought(self.context) if is_complete else None)

    def report(self) -> FreshReport:
        """Return what was found."""
        return FreshReport(
            diagnostics=self.diagnostics.in_order(),
            files=self.files.read() or (self.files.entry,),
            rule_count=self.files.rule_count(),
            looked_at=self.files.looked_at(),
            links=self.files.links,
            sources=self.diagnostics.sources,
        )


def _unsought(context: CheckContext) -> Collection[str]:
    """Return the codes of what is only looked for under a configuration, where there is none."""
    return () if context.agents is not None else _CONFIGURED
