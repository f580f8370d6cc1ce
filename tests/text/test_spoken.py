"""Marks at the end of spoken texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.text.folding import fold
from prx_dingtalk_router.text.spoken import without_any_final_marks, without_final_marks


@pytest.mark.parametrize(
    ("text", "once", "wholly"),
    [
        ("停止。", "停止", "停止"), ("停止．.！!？?，,、…~～", "停止", "停止"), ("Stop .", "stop", "stop"), ("stop . .", "stop .", "stop"),
        ("停。止", "停。止", "停。止"), ("。", "", ""), ("停止；", "停止;", "停止;"), ("", "", ""),
    ],
)  # fmt: skip
def test_the_final_run_goes(text: str, once: str, wholly: str) -> None:
    """Marks of any width, in any number; what stands before them stays, folded."""
    assert without_final_marks(fold(text)) == once
    assert without_any_final_marks(fold(text)) == wholly


@given(st.text(alphabet="停a 。.!?,、…~；", max_size=12))
def test_what_is_left_is_folded_and_the_same_with_or_without_one_run(text: str) -> None:
    """A literal, which is folded, can equal it; taking one run away first makes no difference to taking all."""
    folded = fold(text)
    assert fold(without_final_marks(folded)) == without_final_marks(folded)
    assert without_any_final_marks(without_final_marks(folded)) == without_any_final_marks(folded)
