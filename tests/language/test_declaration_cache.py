"""Declarations by their text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language.declaration_cache import DeclarationCache
from prx_dingtalk_router.language.syntax.build import build
from prx_dingtalk_router.language.syntax.lexer import lex
from prx_dingtalk_router.language.syntax.parser import parse

PIECES = (
    "language 1\n",
    'rule a\n  when text contains "x"\n  then drop "no"\n',
    'rule a\n  when text contains "x"\n  then drop "no"\n\n',
    "rule b when group then agent helpdesk\n",
    "ruel c when private then drop\n",
    'rule d when ( then reply "x"\n',
    'list l = ["a", "b"]\n',
    "otherwise reply “嗯”\n",
    "condition c = text contains “词” && group\n",
    "# a remark\n",
    "???\n",
)


def plainly(text: str):
    """The declarations without a cache."""
    return list(build(parse(lex(text)), "main.rules"))


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), min_size=1, max_size=5))
def test_whatever_was_read_before_the_declarations_are_those_of_the_text(texts):
    """A cache changes nothing of what is read, nor what is wrong with it."""
    cache = DeclarationCache()
    for text in texts:
        assert list(cache.declarations(lex(text), "main.rules")) == plainly(text)
        cache.forget_unused()


def test_what_is_not_asked_for_is_forgotten():
    """The cache is as large as the set that was checked last."""
    cache = DeclarationCache()
    list(cache.declarations(lex(PIECES[1] + PIECES[3]), "main.rules"))
    cache.forget_unused()
    list(cache.declarations(lex(PIECES[3]), "main.rules"))
    cache.forget_unused()
    assert list(cache._known) == [PIECES[3]]
