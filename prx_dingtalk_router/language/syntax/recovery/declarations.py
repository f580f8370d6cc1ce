"""Reads the declarations of a piece that is not in order: mistakes are named, what is right around them still counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.diagnostics.no_declaration import NoDeclaration
from prx_dingtalk_router.language.diagnostics.too_deep import TooDeep
from prx_dingtalk_router.language.diagnostics.unclosed_expression import UnclosedExpression
from prx_dingtalk_router.language.diagnostics.unclosed_string import UnclosedString
from prx_dingtalk_router.language.diagnostics.unexpected import Unexpected
from prx_dingtalk_router.language.diagnostics.unknown_character import UnknownCharacter
from prx_dingtalk_router.language.syntax.ast import Unparsed
from prx_dingtalk_router.language.syntax.keywords import OPENERS, PHRASE_TYPES
from prx_dingtalk_router.language.syntax.lexer import EXCESS_TYPE, OPENER_TYPES, Piece, Token, lex
from prx_dingtalk_router.language.syntax.lr import END, Automaton, tree_of
from prx_dingtalk_router.language.syntax.parsed import Parsed
from prx_dingtalk_router.language.syntax.recovery.chinese_words import in_english
from prx_dingtalk_router.language.syntax.recovery.failure import Failure
from prx_dingtalk_router.language.syntax.recovery.nesting import MAX_NESTING, Nesting
from prx_dingtalk_router.language.syntax.recovery.numbers import MALFORMED_TYPES, number_meant
from prx_dingtalk_router.language.syntax.recovery.openers import opener_meant
from prx_dingtalk_router.language.syntax.recovery.punctuation import needless
from prx_dingtalk_router.language.syntax.recovery.repair import repaired
from prx_dingtalk_router.language.syntax.recovery.retyping import NOTHING_TYPE, meaningful, retyped
from prx_dingtalk_router.language.syntax.recovery.syntax_errors import syntax_error, unexpected, unfinished
from prx_dingtalk_router.language.syntax.tree import Branch

ONLY_THE_END = frozenset({"$END"})


def declarations(piece: Piece) -> Iterator[Parsed]:
    """Give the declarations of a piece: the one that opens it, and others whose first word is misspelt."""
    tokens = repaired(piece)
    at = 0
    while at < len(tokens):
        reading = _Reading(piece, tokens, at)
        yield reading.parsed()
        at = reading.at


class _Reading:
    """Reads one declaration.

    Args:
        piece: the part of the file.
        tokens: all its tokens, repaired; the misspelt word that opens the next declaration is put right in it.
        at: the place of the first token to read; afterwards, of the first that belongs to the next declaration.
    """

    def __init__(self, piece: Piece, tokens: list[Token], at: int) -> None:
        self.at = at
        self._piece = piece
        self._tokens = tokens
        self._findings: list[Diagnostic] = []
        self._fed: list[Token] = []
        self._automaton = Automaton()
        self._torn = False
        """Whether characters that mean nothing stand right before."""
        self._end: int | None = None
        """The place of the first token of the next declaration, where that is known already."""

    def parsed(self) -> Parsed:
        """Read it."""
        begin = self.at
        self._read_chinese()
        start = self._opener()
        if start is None:
            lost = any(isinstance(each, NoDeclaration) for each in self._findings)
            return Parsed(self._piece, self._unparsed(begin) if lost else None, tuple(self._findings))
        tree = self._tree()
        if tree is None:
            return Parsed(self._piece, self._unparsed(start), tuple(self._findings))
        return Parsed(self._piece, tree, tuple(self._findings))

    def _read_chinese(self) -> None:
        """Read a declaration whose words are Chinese as what it says, if it says something."""
        found = in_english(self._piece, self._tokens, self.at)
        if found is not None:
            end, tokens = found
            self._tokens[self.at : end] = tokens
            self._end = self.at + len(tokens)

    def _unparsed(self, start: int) -> Unparsed:
        """Return what is known of a declaration that is given up: what it was to be called, and the names in it."""
        within = self._tokens[start : self.at]
        first = [token for token in within if token.type not in (NOTHING_TYPE, "NEEDLESS")][:2]
        # What opens it is left out where it says that something is called so: `staff = [...]`.
        name = next((token.value for token in reversed(first) if token.type == "NAME"), None)
        names = {token.value for token in within if token.type == "NAME"}
        quoted = {
            token.value[1:-1]
            for before, token in pairwise(within)
            if before.type == "AGENT" and token.type == "STRING"
        }
        return Unparsed(name, frozenset(names | quoted))

    def _opener(self) -> int | None:
        """Go to the word that opens the declaration; ``None`` where there is none."""
        while self.at < len(self._tokens):
            token = self._tokens[self.at]
            if token.type == "NEEDLESS":
                self._findings.append(needless(self._piece, token))
            elif token.type != NOTHING_TYPE:
                break
            self._findings.extend(token.findings)
            self.at += 1
        else:
            return None
        if opener_meant(token) is None:
            self._findings.append(NoDeclaration(self._piece.span(token), found=token.value))
            self._go_to_next(self.at + 1)
            return None
        if token.type not in OPENER_TYPES:
            self._open(ONLY_THE_END)
        return self.at

    def _tree(self) -> Branch | None:
        """Feed the tokens to the parser, as far as they belong together."""
        nesting = Nesting()
        for at in range(self.at, len(self._tokens)):
            token = self._tokens[at]
            if at == self._end:
                self.at = at
                return self._complete()
            if token.type in (NOTHING_TYPE, EXCESS_TYPE):
                self._findings.extend(token.findings)
                self._torn |= any(isinstance(each, UnknownCharacter) for each in token.findings)
                if token.type == NOTHING_TYPE:
                    continue
                self._go_to_next(at + 1)
                return None
            if token.type in MALFORMED_TYPES:
                meant, findings = number_meant(self._piece, token, self._automaton.accepted())
                self._findings.extend(findings)
                if meant is None:
                    self._go_to_next(at + 1)
                    return None
                token = meant
            if nesting.is_too_deep(token):
                self._findings.append(TooDeep(self._piece.span(token), MAX_NESTING))
                self._go_to_next(at + 1)
                return None
            if not self._automaton.feed(token.type):
                expected = self._automaton.accepted()
                if self._is_needless(at, expected):
                    self._findings.append(needless(self._piece, token))
                    continue
                if self._translated(at, expected):
                    continue
                return self._ended(at, token, expected)
            self._fed.append(token)
            self._findings.extend(token.findings)
            self._torn = False
        self.at = len(self._tokens)
        return self._complete()

    def _translated(self, at: int, expected: frozenset[str]) -> bool:
        """Read a word that surely stands for what is expected here as that, and report it."""
        token = self._tokens[at]
        if token.type != "NAME" or self._torn:
            return False
        finding = syntax_error(Failure(self._piece, self._fed, token, self._tokens, at, expected))
        if not isinstance(finding, Unexpected) or finding.meant is None or not finding.surely:
            return False
        if finding.meant in OPENERS:
            return False
        (meant,) = lex(finding.meant)
        for each in meant.tokens:
            kind = PHRASE_TYPES.get(each.value, each.type)
            if not self._automaton.feed(kind):
                return False
            self._fed.append(Token(kind, each.value, token.start, token.end))
        self._findings.append(finding)
        return True

    def _ended(self, at: int, token: Token, expected: frozenset[str]) -> Branch | None:
        """Stop at a token that cannot belong to the declaration: it opens the next one, or is a mistake."""
        if token.type in OPENER_TYPES and (expected >= ONLY_THE_END or self._begins_line(at)):
            self.at = at
            return self._complete()
        self.at = at
        if expected >= ONLY_THE_END and opener_meant(token) is not None:
            self._open(expected)
            return tree_of(self._fed)
        last = self._fed[-1]
        if not self._torn and not _runs_on(last):
            failure = Failure(self._piece, self._fed, token, self._tokens, at, expected)
            self._findings.append(syntax_error(failure))
        self._go_to_next(at + 1)
        return None

    def _complete(self) -> Branch | None:
        """End the declaration."""
        tree = tree_of(self._fed)
        if tree is None and not _runs_on(self._fed[-1]):
            self._findings.append(unfinished(self._piece, self._fed, self._expected()))
        return tree

    def _expected(self) -> frozenset[str]:
        """Return what may follow the tokens that were fed."""
        automaton = Automaton()
        for token in (*self._fed, END):
            automaton.feed(token.type)
        return automaton.accepted()

    def _go_to_next(self, at: int) -> None:
        """Give the declaration up; the next one begins at a line that begins with a word which opens one."""
        while at < len(self._tokens):
            self.at = at
            token = self._tokens[at]
            if token.type in OPENER_TYPES and self._begins_line(at):
                return
            if token.type == "NAME" and self._begins_line(at) and opener_meant(token) is not None:
                self._open(ONLY_THE_END)
                return
            at += 1
        self.at = at

    def _open(self, expected: frozenset[str]) -> None:
        """Put the misspelt word that opens the next declaration right; what is wrong with it is reported when that is read."""
        token = self._tokens[self.at]
        failure = Failure(self._piece, self._fed, token, self._tokens, self.at, expected)
        finding = syntax_error(failure) if self._fed else unexpected(failure)
        meant = opener_meant(token)
        assert meant is not None
        self._tokens[self.at] = retyped(token, meant.type, meant.value, finding)

    def _begins_line(self, at: int) -> bool:
        return at == 0 or "\n" in self._piece.text[self._tokens[at - 1].end : self._tokens[at].start]

    def _is_needless(self, at: int, expected: frozenset[str]) -> bool:
        """Tell whether a sign is there without which what follows would be in order."""
        token = self._tokens[at]
        exclaimed = token.type == "NOT" and self._piece.written(token) != token.value
        if token.type not in ("NEEDLESS", "COMMA") and not exclaimed:
            return False
        following = next(meaningful(self._tokens, at + 1), END)
        return following.type in expected


def _runs_on(token: Token) -> bool:
    """Tell whether a token runs to the end of its line because its closing mark is missing: what follows is inside it."""
    return any(isinstance(each, UnclosedString | UnclosedExpression) for each in token.findings)
