"""The literals that every match of a regex holds, in the form in which an index scans texts: without case, blanks closed up.

That form has less in it than RE2's ``/i`` tells apart, so an index finds every text that may match, and some that do not.
"""

from __future__ import annotations

from itertools import groupby

from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal
from prx_dingtalk_router.regex.required import RequiredLiteral, required_literals
from prx_dingtalk_router.regex.unicode_tables import case_variants
from prx_dingtalk_router.text.folding import without_case


def scanned_choices(source: str, ignore_case: bool, *, of_text: bool) -> tuple[frozenset[str], ...]:
    """Return choices of which one literal each is in the scanned form of whatever holds a match.

    A choice without literals says that nothing can match; no choices, that a match need not hold any literal.

    Args:
        source: of a regex that is not refused.
        ignore_case: its flag.
        of_text: whether it is searched for in plain texts (``Forms.scanned``); else in ids (``str.casefold``).
    """
    tree = parse(source, ignore_case)
    if isinstance(tree, Refusal):
        return ()
    choices = (
        frozenset(_scanned(literal, of_text) for literal in choice) for choice in required_literals(tree)
    )
    return tuple(choice for choice in choices if "" not in choice)


def _scanned(literal: RequiredLiteral, of_text: bool) -> str:
    pieces = _stable_pieces(literal.text) if literal.ignore_case else [literal.text]
    forms = (without_case(piece).strip(" ") if of_text else piece.casefold() for piece in pieces)
    return max(forms, key=len, default="")


def _stable_pieces(text: str) -> list[str]:
    """Return the pieces whose characters are, without case, the same as all that RE2 takes for them."""
    if text.isascii():
        return [text]
    return ["".join(piece) for stable, piece in groupby(text, _is_stable) if stable]


def _is_stable(character: str) -> bool:
    folded = character.casefold()
    return all(variant.casefold() == folded for variant in case_variants(character))
