"""Pieces of a source are replaced by place."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.regex.refusal import RefusalKind, replaced


def test_pieces_are_replaced_by_place() -> None:
    """Longer, shorter or by nothing."""
    assert replaced("abcdef", [(0, 1, "xyz"), (2, 4, ""), (6, 6, "!")]) == "xyzbef!"
    assert replaced("ab", []) == "ab"


def test_every_kind_has_a_sentence() -> None:
    """Nobody meets a refusal without words."""
    assert [kind for kind in RefusalKind if f"language.regex.{kind.value}" not in MESSAGES] == []
