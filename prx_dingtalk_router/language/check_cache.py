"""What is known from earlier checks of a set that is checked again and again: an edit touches one rule of thousands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prx_dingtalk_router.language.declaration_cache import DeclarationCache
from prx_dingtalk_router.language.resolve.rule_memory import RuleMemory
from prx_dingtalk_router.language.syntax.ast import Declaration
from prx_dingtalk_router.language.syntax.lexer import Piece
from prx_dingtalk_router.templates import TemplateAnalysis, analyse_template


class CheckCache:
    """Knows the set that was checked last; what a check does not ask for is forgotten by ``forget_unused``.

    Attributes:
        known_declarations: by their text; they can be kept and loaded again.
        rules: those that need not be resolved again, where lints are left for later.
    """

    def __init__(self) -> None:
        self.known_declarations = DeclarationCache()
        self._analyses: dict[str, TemplateAnalysis] = {}
        self._used: dict[str, TemplateAnalysis] = {}
        self.rules = RuleMemory()

    def declarations(self, pieces: Iterable[Piece], file: str) -> Iterator[Declaration]:
        """Give the declarations of a file; see ``DeclarationCache``."""
        return self.known_declarations.declarations(pieces, file)

    def analysis(self, source: str) -> TemplateAnalysis:
        """Return what can be said of a template, as ``analyse_template`` does."""
        known = self._used.get(source) or self._analyses.get(source) or analyse_template(source)
        self._used[source] = known
        return known

    def forget_unused(self) -> None:
        """Keep only what was asked for since the last call."""
        self.known_declarations.forget_unused()
        self.rules.forget_unused()
        self._analyses, self._used = self._used, {}
