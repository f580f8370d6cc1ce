"""Pieces of texts that are known in part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language.declaration_cache import DeclarationCache
from prx_dingtalk_router.language.syntax.lexer import lex

PARTS = st.lists(
    st.sampled_from(
        (
            "language 1\n",
            'rule a\n  when text contains "x"\n  then drop "no"\n',
            "rule b when group then agent helpdesk\n",
            "rule b when group then agent helpdesk",
            'template t = """\nrule b when group then agent helpdesk\n"""\n',
            'template t = """\n',
            '"""\n',
            "condition c = not\n",
            'list l = ["a",\n',
            '"b"]\n',
            "# a remark\n",
            "  # rule\n",
            "  rule d when private then drop\n",
            "rule",
            "rules\n",
            "otherwise drop ",
            'test "t"\n  given "x" expect agent\n',
            'test "t" given "x" expect reply\n',
            "denied",
            "\n",
        )
    ),
    max_size=9,
).map("".join)


@given(st.lists(PARTS, min_size=2, max_size=5))
def test_whatever_is_known_a_text_is_cut_where_it_is_cut(texts: list[str]) -> None:
    """Every piece is the one that is cut off without knowing any."""
    cache = DeclarationCache()
    for text in texts:
        plainly = [(piece.offset, piece.text) for piece in lex(text)]
        assert [(piece.offset, piece.text) for piece in cache.pieces(text)] == plainly
        list(cache.declarations(cache.pieces(text), "main.rules"))


def test_what_is_known_has_no_tokens() -> None:
    """That is what is saved: only the piece that was edited is looked at."""
    cache, text = DeclarationCache(), "rule a when group then drop\nrule b when private then drop\n"
    list(cache.declarations(cache.pieces(text), "main.rules"))
    cache.forget_unused()
    assert [bool(piece.tokens) for piece in cache.pieces(text.replace("private", "group"))] == [False, True]
