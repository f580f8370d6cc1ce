"""Cutting a file into tokens and declarations (language.md section 2)."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lark.lexer import PatternStr

from prx_dingtalk_router.language.syntax.grammar import FOREIGN_TYPES, grammar, grammar_text
from prx_dingtalk_router.language.syntax.keywords import PHRASE_WORDS, RESERVED
from prx_dingtalk_router.language.syntax.lexer import EXCESS_TYPE, MAX_TOKENS, Token, lex, read_alone

WORDS = sorted(
    word
    for word in {*re.findall(r'"([a-z]+)"', grammar_text()), "mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    if word not in RESERVED | PHRASE_WORDS
)

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
)


def tokens(text: str) -> list[Token]:
    """All tokens of a text."""
    return [token for piece in lex(text) for token in piece.tokens]


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
        (r"/a\/b/", "REGEX"),
        ("/a b#c/i", "REGEX"),
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
        ("/open", "OPEN_REGEX"),
        ("10x", "WRONG_NUMBER"),
        ("１０％", "WRONG_NUMBER"),
        ("~", "UNKNOWN"),
    ],
)
def test_a_token_is_told_by_its_look(written: str, kind: str) -> None:
    """Each kind of token is recognised whole."""
    (token,) = tokens(written)
    assert (token.type, token.value) == (kind, written)


@pytest.mark.parametrize("after", [" ", "\n", ")", ",", "]", "", "\u3000"])
def test_an_expression_ends_before_a_blank_or_a_bracket(after: str) -> None:
    """After its flag stands a blank, ``)``, ``,`` or ``]``."""
    assert tokens(f"/a/i{after}")[0].type == "REGEX"


@pytest.mark.parametrize("after", ["x1", '"', "中", "="])
def test_an_expression_with_something_else_after_it_is_open(after: str) -> None:
    """Anything glued to it is a mistake."""
    assert tokens(f"/a/{after}")[0].type == "OPEN_REGEX"


def test_a_range_of_dates_is_three_tokens() -> None:
    """Two dates with dots between, blanks or none."""
    for written in ("2027-02-05..2027-02-12", "2027-02-05 .. 2027-02-12"):
        assert [token.type for token in tokens(written)] == ["DATE", "DOTS", "DATE"]


def test_comments_are_left_out() -> None:
    """They never reach the parser; a ``#`` inside strings and expressions is no comment."""
    found = tokens('rule\u3000a # c "x"\n"#1" /#2/ """#3"""')
    assert [token.type for token in found] == [
        "RULE",
        "WIDE_BLANK",
        "NAME",
        "STRING",
        "REGEX",
        "TEXT_BLOCK",
    ]
    assert [token.value for token in found[3:]] == ['"#1"', "/#2/", '"""#3"""']


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("½x", "MALFORMED_NAME"),
        ("②", "MALFORMED_NAME"),
        ("²", "MALFORMED_NAME"),
        ("〇号", "NAME"),
        ("Ⅷ", "NAME"),
    ],
)
def test_a_name_begins_with_a_letter_of_any_script(written: str, kind: str) -> None:
    """Signs for numbers are none, except those that Unicode calls letters."""
    assert [token.type for token in tokens(written)] == [kind]


def test_words_kept_for_later_are_no_names() -> None:
    """They have a type of their own, so that the parser refuses them."""
    assert [token.type for token in tokens("card cards")] == ["RESERVED", "NAME"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "stray\nlist a\nrule b when always\notherwise drop",
            ["stray\n", "list a\n", "rule b when always\n", "otherwise drop"],
        ),
        (
            "language 1 rule a when group then drop rule b",
            ["language 1 ", "rule a when group then drop ", "rule b"],
        ),
        ("# only a remark\n", []),
        ("", []),
        ("rule test when group", ["rule test when group"]),
        ("rule\ntest", ["rule\n", "test"]),
        ("otherwise agent test\nrule a", ["otherwise agent test\n", "rule a"]),
        ('test "t" given "x" expect reply rule a', ['test "t" given "x" expect reply ', "rule a"]),
        ("rule a when group then reply list", ["rule a when group then reply list"]),
        ('rule "rule" # rule\n"""rule""" /rule/', ['rule "rule" # rule\n"""rule""" /rule/']),
    ],
)
def test_a_file_is_cut_at_the_words_that_open_declarations(text: str, pieces: list[str]) -> None:
    """Except where, on the same line, the declaration before it cannot have ended; offsets are those of the file."""
    found = list(lex(text))
    assert [piece.text for piece in found] == pieces
    assert all(text.startswith(piece.text, piece.offset) for piece in found)


def test_a_piece_depends_on_nothing_beside_it() -> None:
    """The same declaration gives the same tokens wherever it stands."""
    rule = 'rule r when text is "x" then drop\n'
    first, *_ = lex(rule)
    *_, last = lex("otherwise drop # x\n" + rule)
    assert (first.tokens, first.text) == (last.tokens, last.text)


def test_a_declaration_has_so_many_tokens_at_most() -> None:
    """What is beyond is one token that says so, and the next declaration is read."""
    first, second = lex("list l = [" + "," * MAX_TOKENS + "\nrule r")
    assert len(first.tokens) == MAX_TOKENS + 1
    assert first.tokens[-1].type == EXCESS_TYPE
    assert [token.type for token in second.tokens] == ["RULE", "NAME"]


@pytest.mark.parametrize(
    ("text", "kind"), [("rule", "RULE"), ("a", "NAME"), ("a b", None), (" a", None), ("", None)]
)
def test_a_text_is_read_alone(text: str, kind: str | None) -> None:
    """One token from end to end, or none."""
    token = read_alone(text)
    assert (token.type if token is not None else None) == kind


def test_characters_that_mean_nothing_are_one_token() -> None:
    """A run of them ends where anything else can begin, whatever character that is."""
    assert [token.value for token in tokens("~\u200b$ ~")] == ["~\u200b$", "~"]
    for code in (*range(0x20, 0x2FFF), *range(0x3000, 0x3100), *range(0xFE00, 0xFFFF)):
        alone = tokens(chr(code))
        if alone and alone[0].type != "UNKNOWN":
            assert [token.value for token in tokens(f"~{chr(code)}")] == ["~", chr(code)], hex(code)


@pytest.mark.parametrize("word", [*WORDS, "monday", "rules", "or", "x", "shadowed"])
def test_a_plain_word_is_what_the_grammar_says(word: str) -> None:
    """Each word of the grammar's own and the days are found, and all others are names, whatever comes after them."""
    matching = [each for each in grammar().terminals if re.fullmatch(each.pattern.to_regexp(), word)]
    kind = max(matching, key=lambda each: (each.priority, isinstance(each.pattern, PatternStr))).name
    for after in ("", " ", "=", ",", "客", "(", "\n"):
        expected = kind if after != "客" else "NAME"
        assert tokens(word + after)[0].type == expected


def test_terminals_of_other_languages_are_those_of_the_grammar() -> None:
    """What the lexer keeps and no rule uses is the last section of the grammar."""
    section = grammar_text().split("// ---- what people type instead")[1].split("// ----")[0]
    written = {
        line.partition(":")[0].partition(".")[0] for line in section.splitlines() if line[:1].isupper()
    }
    assert written == FOREIGN_TYPES
    used = {symbol.name for rule in grammar().rules for symbol in rule.expansion}
    assert not used & FOREIGN_TYPES


@FEW
@given(st.text(max_size=80) | st.text(alphabet='"\\/#.%:-09aＡ中“ \n', max_size=40))
def test_every_character_lands_in_a_token_or_a_blank(text: str) -> None:
    """Nothing of any text is lost but blanks and comments, and every token stands where it says."""
    covered = set()
    for piece in lex(text):
        for token in piece.tokens:
            assert piece.written(token) == token.value
            covered.update(range(piece.offset + token.start, piece.offset + token.end))
    left = "".join(c if at not in covered else "·" for at, c in enumerate(text))
    assert not re.sub(r"#[^\n]*", "", left).strip("· \t\r\n")


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("agent busy while busy queue", ["AGENT", "NAME", "WHILE", "BUSY", "QUEUE"]),
        ("while busy # now\n merge", ["WHILE", "BUSY", "MERGE"]),
        ("while busy reply busy", ["WHILE", "BUSY", "REPLY", "NAME"]),
        ("while queue busy replace", ["WHILE", "NAME", "NAME", "NAME"]),
        ("reply merge busy replace", ["REPLY", "NAME", "NAME", "NAME"]),
    ],
)
def test_words_of_a_phrase_are_found_behind_its_first_one_only(text: str, types: list[str]) -> None:
    """``busy`` and the words behind it are keywords in ``while busy …``, whatever stands between, and names elsewhere."""
    assert [token.type for token in tokens(text)] == types
