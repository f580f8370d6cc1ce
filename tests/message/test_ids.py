"""Ids that can never come, and what is wrong with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.message.ids import Flaw, IdKind, ImpossibleId, impossible


@pytest.mark.parametrize(
    ("kind", "written", "flaw", "meant"),
    [
        ("sender", "u1002 ", "respelled", "u1002"),
        ("sender", "Ｕ1004", "respelled", "U1004"),
        ("sender", "“u1002”", "respelled", "u1002"),
        ("sender", '"u1002"', "respelled", "u1002"),
        ("sender", "u1002，", "respelled", "u1002"),
        ("sender", "\u200bu1002", "respelled", "u1002"),
        ("sender", "u2005,张三", "columns", "u2005"),
        ("sender", "u2005，张三", "columns", "u2005"),
        ("sender", "u2005\t张三\t财务部", "columns", "u2005"),
        ("sender", "u2005 # 张三", "columns", "u2005"),
        ("sender", "u1001,u1002", "several", None),
        ("sender", "u1001、u1002", "several", None),
        ("sender", "王芳", "name", None),
        ("sender", "Wang Fang", "name", None),
        ("sender", "张三,李四", "name", None),
        ("sender", "cidITHelpDesk2026A1==", "conversation", None),
        ("sender", "cidGroup01==", "conversation", None),
        ("sender", " cidGroup01==", "conversation", None),
        ("sender", "$:LWCP_v1:$u1", "encrypted", None),
        ("sender", "*", "signs", None),
        ("conversation", "IT 服务台", "title", None),
        ("conversation", " cidGroup01==", "respelled", "cidGroup01=="),
        ("robot", "ｄing1", "respelled", "ding1"),
        ("corp", "云启公司", "signs", None),
    ],
)
def test_what_is_wrong_with_an_id(kind: IdKind, written: str, flaw: Flaw, meant: str | None) -> None:
    """The flaw that a person would name, and the id only where it is clear."""
    assert impossible(kind, written) == ImpossibleId(flaw, meant)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("sender", "u1001"),
        ("sender", "manager1234"),
        ("sender", "013512345678901"),
        ("sender", "wang.fang@example.com"),
        ("sender", "cid1"),
        ("sender", "zhang_san-2"),
        ("conversation", "cidITHelp+Desk/2026A1=="),
        ("robot", "dingexample0001"),
        ("corp", "dingcorp01"),
    ],
)
def test_ids_that_may_come_are_let_pass(kind: IdKind, written: str) -> None:
    """No false alarm."""
    assert impossible(kind, written) is None


@given(st.sampled_from(("sender", "conversation", "robot", "corp")), st.text(min_size=1, max_size=30))
def test_the_id_that_was_meant_may_come(kind: IdKind, written: str) -> None:
    """A repair is never reported again."""
    found = impossible(kind, written)
    if found is not None and found.meant is not None:
        assert impossible(kind, found.meant) is None
