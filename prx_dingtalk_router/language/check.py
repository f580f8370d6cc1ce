"""Text to checked rules and diagnostics: the one entry of this part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from prx_dingtalk_router.language.check_cache import CheckCache
from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostic, Diagnostics
from prx_dingtalk_router.language.diagnostics.diagnostic import Severity
from prx_dingtalk_router.language.files import FileSet, Overlay, entry_of
from prx_dingtalk_router.language.resolve.ruleset import resolve
from prx_dingtalk_router.language.ruleset import RuleSet
from prx_dingtalk_router.language.source import Source, SourceMap
from prx_dingtalk_router.language.suppressions.collecting import Suppressions
from prx_dingtalk_router.language.syntax.build import build
from prx_dingtalk_router.language.syntax.lexer import lex
from prx_dingtalk_router.language.syntax.parser import parse
from prx_dingtalk_router.templates import analyse_template

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
class CheckResult(Report):
    """What checking gave: every diagnostic in order, and the rules when there is no error among them."""

    rules: RuleSet | None
    sources: SourceMap
    """All files, those that rules name too."""
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
    context = context or CheckContext()
    diagnostics = Diagnostics(ignored=context.ignored)
    suppressions = Suppressions(diagnostics)
    files = FileSet(entry_of(path, overlay or ()), diagnostics, overlay=overlay, base=base)
    for source in files:
        pieces = suppressions.read(source, lex(source.text))
        if cache is None:
            trees = parse(pieces)
            declarations = build(trees, source.name)
        else:
            declarations = cache.declarations(pieces, source.name)
        files.add(source, declarations)
    analyse = analyse_template if cache is None else cache.analysis
    memory = None if cache is None or lints else cache.rules
    rules, inventory = resolve(files, context, diagnostics, analyse, memory)
    if lints:
        # Whoever only decides does without them, and without importing the sixty files that they are.
        from prx_dingtalk_router.language.lints import lint
        from prx_dingtalk_router.language.lints.linted_set import LintedSet

        lint(LintedSet(rules, inventory, context), diagnostics)
        suppressions.report(_unsought(context) if rules.complete and not diagnostics.has_errors else None)
    return CheckResult(
        diagnostics=diagnostics.in_order(),
        files=files.read() or (files.entry,),
        rule_count=files.rule_count(),
        looked_at=files.looked_at(),
        rules=None if diagnostics.has_errors else rules,
        sources=diagnostics.sources,
        links=files.links,
        fingerprint=rules.fingerprint,
    )


def _unsought(context: CheckContext) -> Collection[str]:
    """Return the codes of what is only looked for under a configuration, where there is none."""
    return () if context.agents is not None else _CONFIGURED
