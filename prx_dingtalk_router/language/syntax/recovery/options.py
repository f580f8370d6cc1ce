"""Options of ``agent`` where no option can stand, and what is written as their values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prx_dingtalk_router.language.diagnostics.misplaced_option import MisplacedOption
from prx_dingtalk_router.language.syntax.lexer import Token
from prx_dingtalk_router.language.syntax.recovery.expectation import STEP_TYPES
from prx_dingtalk_router.language.syntax.recovery.failure import Failure

OPTION_LENGTHS: Mapping[str, int] = MappingProxyType({"TIMEOUT": 2, "SESSION": 3, "WHILE": 3, "PROGRESS": 2})
"""The words that begin an option, and of how many tokens it is; one that holds a ``reply`` is longer."""

STEP_OPENERS = frozenset({"THEN", "ELSE", "OTHERWISE", "DENIED"})


def misplaced_option(failure: Failure) -> MisplacedOption | None:
    """Report an option behind another step than ``agent``, before its step, or behind a guard."""
    if failure.token.type not in OPTION_LENGTHS or "WHILE" in failure.expected:
        return None
    option = _option(failure)
    word = "while busy" if failure.token.type == "WHILE" else failure.token.value
    for at in range(len(failure.before) - 1, -1, -1):
        kind = failure.before[at].type
        if kind in STEP_OPENERS:
            return _before(failure, option, word) if at == len(failure.before) - 1 else None
        if kind == "AT":
            return _behind_guard(failure, failure.before[at], option, word)
        if kind in STEP_TYPES:
            return None if kind == "AGENT" else _behind_other(failure, option, word)
    return None


def _option(failure: Failure) -> list[Token]:
    """Return the tokens of the option, as far as they can be told; of an unfinished one, or one with a ``reply``, none."""
    wanted, found = OPTION_LENGTHS[failure.token.type], []
    for token in failure.rest():
        found.append(token)
        if len(found) == wanted:
            return [] if token.type == "REPLY" else found
    return []


def _before(failure: Failure, option: list[Token], word: str) -> MisplacedOption:
    span = failure.piece.span(option[0], option[-1]) if option else failure.piece.span(failure.token)
    return MisplacedOption(span, word, "before-step")


def _behind_other(failure: Failure, option: list[Token], word: str) -> MisplacedOption:
    if not option:
        return MisplacedOption(failure.piece.span(failure.token), word, "other-step")
    return MisplacedOption(failure.piece.span(option[0], option[-1]), word, "other-step", "")


def _behind_guard(failure: Failure, guard: Token, option: list[Token], word: str) -> MisplacedOption | None:
    """Report one behind the guard of an agent; those of other steps take none anywhere."""
    step = next((each.type for each in reversed(failure.before) if each.type in STEP_TYPES), "")
    if step != "AGENT":
        return _behind_other(failure, option, word)
    if not option:
        return MisplacedOption(failure.piece.span(failure.token), word, "after-guard")
    text = failure.piece.text
    first = text[guard.start : failure.before[-1].end]
    instead = f"{text[option[0].start : option[-1].end]} {first}"
    return MisplacedOption(failure.piece.span(guard, option[-1]), word, "after-guard", instead)
