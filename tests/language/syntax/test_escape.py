"""Texts and names of agents as rules write them (language.md section 2)."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language import CheckContext, CheckResult
from prx_dingtalk_router.language.syntax.escape import written_agent, written_string
from prx_dingtalk_router.language.syntax.lexer import read_alone
from prx_dingtalk_router.language.syntax.unescape import string


@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    """It is one string, on one line, and means the text."""
    written = written_string(text)
    token = read_alone(written)
    assert token is not None
    assert token.type == "STRING"
    assert string(written) == (text, [])
    assert written.isprintable()


def test_what_needs_quotes_gets_them(check: Callable[..., CheckResult]) -> None:
    """Whatever an agent is called, its name can be written in rules."""
    for name in ("客服", "a b", 'say "hi"', "back\\slash", "rule", "1st", "line\nbreak"):
        context = CheckContext(agents=frozenset({name}))
        assert check(f"otherwise agent {written_agent(name)}", context=context).errors == 0
    assert written_agent("客服") == "客服"
