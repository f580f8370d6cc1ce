"""Names a syntax error: each recogniser knows one mistake; what none of them knows is unexpected."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.diagnostics.flag_with_operator import FlagWithOperator
from prx_dingtalk_router.language.diagnostics.missing_word import MissingWord
from prx_dingtalk_router.language.diagnostics.quote_inside import QuoteInside
from prx_dingtalk_router.language.diagnostics.unclosed_expression import UnclosedExpression
from prx_dingtalk_router.language.diagnostics.unclosed_string import UnclosedString
from prx_dingtalk_router.language.diagnostics.unexpected import Unexpected
from prx_dingtalk_router.language.diagnostics.unfinished import Unfinished
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS, OPENERS, PHRASES
from prx_dingtalk_router.language.syntax.lexer import Piece, Token
from prx_dingtalk_router.language.syntax.recovery.comparison import BEFORE_TESTS, OPERATOR_TYPES
from prx_dingtalk_router.language.syntax.recovery.days import DAY_TYPES, without_days
from prx_dingtalk_router.language.syntax.recovery.expectation import (
    MEMBERS,
    STEP_TYPES,
    WORD_TYPES,
    in_words,
)
from prx_dingtalk_router.language.syntax.recovery.failure import Failure
from prx_dingtalk_router.language.syntax.recovery.list_expected import commas_missing, several_values
from prx_dingtalk_router.language.syntax.recovery.names import keyword_as_name, unknown_field
from prx_dingtalk_router.language.syntax.recovery.options import misplaced_option
from prx_dingtalk_router.language.syntax.recovery.retyping import retyped
from prx_dingtalk_router.language.syntax.recovery.text_blocks import is_closed_by_mistake, unclosed_block
from prx_dingtalk_router.language.syntax.synonyms import DAYS_MEANT, PROGRESS_MEANT, is_sure, keyword_meant
from prx_dingtalk_router.message import FIELDS
from prx_dingtalk_router.text.did_you_mean import nearest

PROGRESS_VALUES = frozenset({"REACTION", "NONE"})
BUSY_WORDS = PHRASES["BUSY"] | {"reply"}
ONLY_TIMES = frozenset({"TIMES_OVER"})
ENDS_OF_ENTRY = frozenset({"COMMA", "RSQB"})
BEHIND_LISTS = frozenset({"AND", "OR", "THEN"})
"""What comes behind the list of a condition."""
STRING_TYPES = frozenset({"STRING", "TEXT_BLOCK"})
FLAG_TYPES = frozenset(field.name.upper() for field in FIELDS.values() if field.kind == "flag")
OF_STEPS = {"WITH": "told", "THEN": "expect"}
"""Words of steps, and what tests have in their place."""
NAME_PLACES = frozenset({"NAME", "STRING", "DEFAULT"})
"""Where only these are expected, a keyword was meant as a name."""


def syntax_error(failure: Failure) -> Diagnostic:
    """Say what is wrong where a declaration cannot go on."""
    if failure.token.type == "TIMES" and [each.type for each in failure.before[-2:]] == ["DURING", "NAME"]:
        # The name of hours takes no times of its own: what stands there was meant as days.
        failure = failure._replace(
            token=failure.before[-1], before=failure.before[:-1], at=failure.at - 1, expected=DAY_TYPES
        )
    for recogniser in RECOGNISERS:
        finding = recogniser(failure)
        if finding is not None:
            return finding
    return unexpected(failure)


def unfinished(piece: Piece, before: list[Token], expected: frozenset[str]) -> Unfinished:
    """Report a declaration that ends too early, at its last token."""
    opener = before[0].value
    return Unfinished(
        piece.span(before[-1]), opener=opener, expected=in_words(expected), name_given=_name_given(before)
    )


def _block_left_open(failure: Failure) -> Diagnostic | None:
    last = failure.before[-1]
    return unclosed_block(failure.piece, last) if is_closed_by_mistake(last) else None


def _quote_inside(failure: Failure) -> Diagnostic | None:
    """Report a string that ended by a quotation mark inside it: its own comes later on the line."""
    piece, string = failure.piece, failure.before[-1]
    if string.type != "STRING" or string.end != failure.token.start:
        return None
    end = piece.text.find("\n", string.end)
    if piece.text.find('"', string.end, end if end >= 0 else None) < 0:
        return None
    return QuoteInside(piece.between(string.end - 1, string.end))


def _left_open(failure: Failure) -> Diagnostic | None:
    """Report a text or regex without its end, which is wrong anywhere."""
    open_ended = (UnclosedString, UnclosedExpression)
    return next((each for each in failure.token.findings if isinstance(each, open_ended)), None)


def _times_without_days(failure: Failure) -> Diagnostic | None:
    if failure.token.type != "TIMES" or "DAILY" not in failure.expected:
        return None
    return without_days(failure.piece, failure.token, failure.token.value)


def _default_meant(failure: Failure) -> Diagnostic | None:
    """Report ``by otherwise``, which tests write ``by default``."""
    if failure.before[-1].type != "BY" or failure.token.type not in ("OTHERWISE", "ELSE"):
        return None
    span = failure.piece.span(failure.token)
    return Unexpected(span, found=failure.token.value, expected=(), meant="default", surely=True)


def _keyword_as_name(failure: Failure) -> Diagnostic | None:
    expected = failure.expected
    if failure.token.value not in KEYWORDS or "NAME" not in expected or not expected <= NAME_PLACES:
        return None
    return keyword_as_name(failure.piece, failure.token, failure.before[-1])


def _flag_with_operator(failure: Failure) -> Diagnostic | None:
    flag, found = failure.before[-1], failure.token
    if found.type not in OPERATOR_TYPES or flag.type not in FLAG_TYPES:
        return None
    return FlagWithOperator(failure.piece.span(flag, found), flag=flag.value, found=found.value)


def _unknown_field(failure: Failure) -> Diagnostic | None:
    """Report a name that begins a test and is followed by an operator: it was read as that of a condition."""
    before, token = failure.before, failure.token
    if "AND" not in failure.expected or len(before) < 2 or before[-1].type != "NAME":
        return None
    if token.type not in OPERATOR_TYPES | {"NOT"} or before[-2].type not in BEFORE_TESTS:
        return None
    return unknown_field(failure.piece, before[-1])


def _bracket_missing(failure: Failure) -> Diagnostic | None:
    """Report a list that is not closed before the condition goes on or the steps begin."""
    token = failure.token
    if failure.expected != ENDS_OF_ENTRY or token.type not in BEHIND_LISTS:
        return None
    end = failure.before[-1].end
    place = failure.piece.between(end, end)
    return MissingWord(
        failure.piece.span(token), found=failure.piece.written(token), word="]", places=(place,)
    )


def _missing_word(failure: Failure) -> Diagnostic | None:
    expected, token = failure.expected, failure.token
    if "THEN" in expected and token.type in STEP_TYPES:
        word = "then"
    elif "WHEN" in expected and (token.type in MEMBERS["condition"] and token.type != "NAME"):
        word = "when"
    elif "EXPECT" in expected and "GIVEN" not in expected and token.type in STEP_TYPES:
        word = "expect"
    elif "AGAIN" in expected and token.type == "INT":
        word = "again"
    elif expected == ONLY_TIMES and token.type != "NAME":
        word = "times"
    elif "WHILE" in expected and token.value == "busy":
        word = "while"
    elif "PROGRESS" in expected and token.value == "reaction":
        word = "progress"
    elif failure.before[-1].type == "WHILE" and token.value in BUSY_WORDS:
        word = "busy"
    elif failure.before[-1].type == "BUSY" and token.type in STRING_TYPES:
        word = "reply"
    else:
        return None
    grown = not failure.piece.text[token.start - 1].isspace()
    return MissingWord(failure.piece.span(token), found=failure.piece.written(token), word=word, grown=grown)


RECOGNISERS: tuple[Callable[[Failure], Diagnostic | None], ...] = (
    _block_left_open,
    commas_missing,
    _bracket_missing,
    several_values,
    _quote_inside,
    _left_open,
    _times_without_days,
    _default_meant,
    _keyword_as_name,
    _flag_with_operator,
    _unknown_field,
    _missing_word,
    misplaced_option,
)
"""In the order in which they are asked."""


def unexpected(failure: Failure) -> Unexpected:
    """Report something that cannot stand where it does, with what may, and the word that was probably meant."""
    piece, token = failure.piece, failure.token
    meant, surely = _meant(token, failure.expected)
    if meant in ("starts", "ends") and not piece.text[token.end :].lstrip().startswith("with"):
        meant = f"{meant} with"
    expected = in_words(failure.expected)
    return Unexpected(
        piece.span(token),
        found=piece.written(token),
        expected=expected,
        meant=meant,
        surely=surely,
        opener=failure.before[0].value if failure.before else "",
        name_given=_name_given(failure.before),
    )


def _name_given(before: Sequence[Token]) -> str:
    """Return what a declaration is called, as far as it is read."""
    return before[1].value if len(before) > 1 and before[1].type == "NAME" else ""


def _meant(token: Token, expected: frozenset[str]) -> tuple[str | None, bool]:
    """Return the word that was meant, and whether the word that is there means the same."""
    if token.type == "EQUAL" and "IS" in expected:
        return "is", True
    if token.type == "STRING" and expected <= PROGRESS_VALUES:
        token = retyped(token, "NAME", token.value.strip('"'))
    instead = OF_STEPS.get(token.type)
    if instead is not None and instead.upper() in expected:
        return instead, False
    if token.type != "NAME":
        return None, False
    word = token.value.lower()
    if expected <= PROGRESS_VALUES and word in PROGRESS_MEANT:
        return PROGRESS_MEANT[word], True
    if "DAY_RANGE" in expected and word in DAYS_MEANT:
        return DAYS_MEANT[word], True
    words = {WORD_TYPES[kind] for kind in expected if kind in WORD_TYPES}
    if "$END" in expected:
        words |= OPENERS
    meant = keyword_meant(token.value, words)
    if meant is not None:
        return meant, is_sure(token.value)
    return nearest(token.value, frozenset(words)), False
