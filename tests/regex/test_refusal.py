"""Pieces of a source are replaced by place."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics.refusal_reasons import REASONS
from prx_dingtalk_router.regex.refusal import RefusalKind, replaced


def test_pieces_are_replaced_by_place() -> None:
    """Longer, shorter or by nothing."""
    assert replaced("abcdef", [(0, 1, "xyz"), (2, 4, ""), (6, 6, "!")]) == "xyzbef!"
    assert replaced("ab", []) == "ab"


def test_every_kind_has_a_sentence() -> None:
    """Nobody meets a refusal without words."""
    assert [kind for kind in RefusalKind if kind.value not in REASONS] == []
