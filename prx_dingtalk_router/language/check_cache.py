"""What is known from earlier checks of a set that is checked again and again: an edit touches one rule of thousands."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import msgspec

from prx_dingtalk_router.language.declaration_cache import DeclarationCache
from prx_dingtalk_router.language.resolve.rule_memory import RuleMemory
from prx_dingtalk_router.language.resolve.settled_rules import SettledRules
from prx_dingtalk_router.language.syntax.ast import Declaration
from prx_dingtalk_router.language.syntax.lexer import Piece
from prx_dingtalk_router.templates import TemplateAnalysis, analyse_template

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[bytes, bytes])


class CheckCache:
    """Knows the set that was checked last; what a check does not ask for is forgotten by ``forget_unused``.

    Attributes:
        known_declarations: by their text; they can be kept and loaded again.
        rules: those that need not be resolved again, where lints are left for later.
        settled: those that neither have to be resolved nor looked at, where only a report is wanted.
    """

    def __init__(self) -> None:
        self.known_declarations = DeclarationCache()
        self._analyses: dict[str, TemplateAnalysis] = {}
        self._used: dict[str, TemplateAnalysis] = {}
        self.rules = RuleMemory()
        self.settled = SettledRules()

    def pieces(self, text: str) -> Iterator[Piece]:
        """Cut a text into pieces; those whose declarations are known have no tokens."""
        return self.known_declarations.pieces(text)

    def declarations(self, pieces: Iterable[Piece], file: str) -> Iterator[Declaration]:
        """Give the declarations of a file; see ``DeclarationCache``."""
        return self.known_declarations.declarations(pieces, file)

    def load(self, kept: bytes) -> None:
        """Take what ``dump`` gave; nothing of it where it has another form."""
        with contextlib.suppress(msgspec.MsgspecError):
            declarations, settled = _DECODER.decode(kept)
            self.known_declarations.load(declarations)
            self.settled.load(settled, list(self.known_declarations.known()))

    def dump(self) -> bytes | None:
        """Return what is known now of declarations and settled rules, to be kept for ``load``; None where all of it was loaded."""
        if not (self.known_declarations.is_new or self.settled.is_new):
            return None
        declarations = self.known_declarations.dump()
        return _ENCODER.encode((declarations, self.settled.dump(self.known_declarations.used())))

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
