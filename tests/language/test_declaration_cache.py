"""Declarations by their text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language.declaration_cache import DeclarationCache
from prx_dingtalk_router.language.syntax import parser
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


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), min_size=1, max_size=5))
def test_what_is_known_counts_towards_the_limits(texts):
    """A file is given up at the same place, however much of it was read before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "MAX_BROKEN", 2)
        patch.setattr(parser, "MAX_DECLARATIONS", 6)
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


def test_what_is_kept_is_the_same_again() -> None:
    """Every declaration of the examples comes back equal from what was kept; nothing new is kept twice."""
    examples = sorted((Path(__file__).parents[2]).glob("examples/**/*.rules"))
    assert examples
    for path in examples:
        pieces = list(lex(path.read_text("utf-8")))
        first = DeclarationCache()
        declared = list(first.declarations(pieces, "x"))
        kept = first.dump()
        second = DeclarationCache()
        second.load(kept)
        assert list(second.declarations(pieces, "x")) == declared
        assert not second.is_new


@pytest.mark.parametrize(
    "kept", [b"", b"\xc1", b"\x91\x01", b"\x81\xa1a\x92\xa8RuleNode\x01", b"\x81\x01\x01"]
)
def test_what_has_another_form_is_not_loaded(kept: bytes) -> None:
    """Whatever it is, nothing of it is believed."""
    cache = DeclarationCache()
    cache.load(kept)
    assert cache.is_new
