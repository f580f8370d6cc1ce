"""Cutting a file into tokens and declarations (language.md section 2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.language import Source
from prx_dingtalk_router.language.syntax.lexer import cut, lex, span_of

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
)

MakeSource = Callable[[str], Source]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("rule", "RULE"),
        ("it-staff", "NAME"),
        ("rules", "NAME"),
        ("rule-1", "NAME"),
        ("客服", "NAME"),
        ("_x9", "NAME"),
        ("mon-friday", "NAME"),
        ("monday", "NAME"),
        ("sender.name", "DOTTED_FIELD"),
        ("conversation.title", "DOTTED_FIELD"),
        ("file.name", "DOTTED_FIELD"),
        ('""', "STRING"),
        (r'"a\"b"', "STRING"),
        ('"""a"""', "TEXT_BLOCK"),
        ('"""a "quoted" word"""', "TEXT_BLOCK"),
        (r'"""a\"""b"""', "TEXT_BLOCK"),
        (r"/a\/b/", "EXPRESSION"),
        ("/a b#c/i", "EXPRESSION"),
        ("500ms", "DURATION"),
        ("2h", "DURATION"),
        ("10%", "PERCENT"),
        ("0.25%", "PERCENT"),
        ("42", "INT"),
        ("2027-02-05", "DATE"),
        ("09:00-12:00", "TIMES"),
        ("mon", "DAY"),
        ("mon-fri", "DAY_RANGE"),
        ("fri-mon", "DAY_RANGE"),
        ("..", "DOTS"),
        ("&&", "FOREIGN_OPERATOR"),
        ("“发票”", "FOREIGN_QUOTE"),
        ("'x'", "FOREIGN_QUOTE"),
        ("，", "FOREIGN_PUNCTUATION"),
        ("sender.id", "FOREIGN_FIELD"),
        ("// words", "FOREIGN_COMMENT"),
        ('"open', "OPEN_STRING"),
        ('"""open\n', "OPEN_TEXT_BLOCK"),
        ("/open", "OPEN_EXPRESSION"),
        ("10x", "WRONG_NUMBER"),
        ("１０％", "WRONG_NUMBER"),
        ("~", "UNKNOWN"),
    ],
)
def test_a_token_is_told_by_its_look(source: MakeSource, written: str, kind: str) -> None:
    """Each kind of token is recognised whole."""
    (token,) = lex(source(written)).tokens
    assert (token.type, token.value) == (kind, written)


@pytest.mark.parametrize("after", [" ", "\n", ")", ",", "]", "", "\u3000"])
def test_an_expression_ends_before_a_blank_or_a_bracket(source: MakeSource, after: str) -> None:
    """After its flag stands a blank, ``)``, ``,`` or ``]``."""
    assert lex(source(f"/a/i{after}")).tokens[0].type == "EXPRESSION"


@pytest.mark.parametrize("after", ["x1", '"', "中", "="])
def test_an_expression_with_something_else_after_it_is_open(source: MakeSource, after: str) -> None:
    """Anything glued to it is a mistake."""
    assert lex(source(f"/a/{after}")).tokens[0].type == "OPEN_EXPRESSION"


def test_a_range_of_dates_is_three_tokens(source: MakeSource) -> None:
    """Two dates with dots between, blanks or none."""
    for written in ("2027-02-05..2027-02-12", "2027-02-05 .. 2027-02-12"):
        assert [token.type for token in lex(source(written)).tokens] == ["DATE", "DOTS", "DATE"]


def test_comments_and_wide_blanks_stand_apart(source: MakeSource) -> None:
    """They never reach the parser; a ``#`` inside strings and expressions is no comment."""
    lexed = lex(source('rule\u3000a # c "x"\n"#1" /#2/ """#3"""'))
    assert [token.type for token in lexed.trivia] == ["WIDE_BLANK", "COMMENT"]
    assert [token.value for token in lexed.tokens] == ["rule", "a", '"#1"', "/#2/", '"""#3"""']


def test_a_file_is_cut_at_the_words_that_open_declarations(source: MakeSource) -> None:
    """Each piece begins with its opener; what stands before the first is given apart."""
    before, pieces = cut(lex(source("stray\nlist a\nrule b when always\notherwise drop")).tokens)
    assert [token.value for token in before] == ["stray"]
    assert [[token.value for token in piece] for piece in pieces] == [
        ["list", "a"],
        ["rule", "b", "when", "always"],
        ["otherwise", "drop"],
    ]


def test_nothing_is_cut_from_nothing(source: MakeSource) -> None:
    """An empty file has no tokens and no pieces."""
    assert cut(lex(source("")).tokens) == ((), [])


@FEW
@given(st.text(max_size=80) | st.text(alphabet='"\\/#.%:-09aＡ中“ \n', max_size=40))
def test_every_character_lands_in_a_token_or_a_blank(text: str) -> None:
    """Nothing of any text is lost, and every token stands where it says."""
    whole = Source(__import__("pathlib").Path("x"), "x", text)
    lexed = lex(whole)
    covered = set()
    for token in (*lexed.tokens, *lexed.trivia):
        span = span_of(whole, token)
        assert span.text == token.value
        covered.update(range(span.start, span.end))
    assert all(text[at] in " \t\r\n" for at in range(len(text)) if at not in covered)
