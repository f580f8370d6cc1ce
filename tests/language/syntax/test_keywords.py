"""The published table of keywords against the grammar (language.md section 2)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from prx_dingtalk_router.language.syntax.grammar import grammar_text
from prx_dingtalk_router.language.syntax.keywords import (
    CONDITION_WORDS,
    DECLARATION_WORDS,
    FIELD_WORDS,
    HOURS_WORDS,
    KEYWORDS,
    OPENERS,
    PHRASE_WORDS,
    RESERVED,
    STEP_WORDS,
    TEST_WORDS,
)
from prx_dingtalk_router.message import FIELDS

Found = Callable[..., list[tuple[str, str]]]


def words_of_the_grammar() -> set[str]:
    """Every word that the grammar writes as a literal, and the days that it writes as expressions."""
    text = "\n".join(line.split("//")[0] for line in grammar_text().splitlines())
    literal = set(re.findall(r'"([a-z]+)"', text))
    days = re.search(r"^DAY\.3: /\(([a-z|]+)\)", text, re.MULTILINE)
    assert days is not None
    return literal | set(days[1].split("|"))


def test_the_table_holds_the_words_of_the_grammar_and_no_others() -> None:
    """Every word of the grammar is in the table; every other one in it is kept for later."""
    assert words_of_the_grammar() == (KEYWORDS - RESERVED) | PHRASE_WORDS


def test_words_kept_for_later_are_not_in_use() -> None:
    """A reserved word means nothing yet."""
    assert not RESERVED & words_of_the_grammar()


def test_keywords_are_ascii_and_lower_case() -> None:
    """So says section 2."""
    assert all(word.isascii() and word.islower() and word.isalpha() for word in KEYWORDS if "-" not in word)


def test_fields_and_flags_without_a_dot_are_keywords() -> None:
    """The table of fields and that of keywords name the same."""
    assert {name for name in FIELDS if "." not in name} == FIELD_WORDS


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_no_declaration_is_named_by_a_keyword(found: Found, word: str) -> None:
    """Whatever the keyword, one error at it."""
    assert found(f'list {word} = ["a"]\notherwise drop', severity="error") == [("keyword-as-name", word)]


@pytest.mark.parametrize(
    "word",
    sorted(
        {*OPENERS, *STEP_WORDS, *HOURS_WORDS, *TEST_WORDS, *CONDITION_WORDS, *DECLARATION_WORDS, *RESERVED}
    ),
)
def test_an_agent_named_by_a_keyword_is_quoted(found: Found, word: str) -> None:
    """Bare it is an error, quoted it is the name of an agent."""
    assert found(f"rule r when group then agent {word}\notherwise drop", severity="error") == [
        ("keyword-as-name", word)
    ]
    assert found(f'rule r when group then agent "{word}"\notherwise drop') == []


@pytest.mark.parametrize("word", sorted(PHRASE_WORDS))
def test_a_word_of_while_busy_is_a_name_anywhere_else(found: Found, word: str) -> None:
    """A template called ``busy`` stays one, beside the option too."""
    steps = f"agent {word} with {word} while busy reply {word} timeout 5s else reply {word}"
    rules = f'template {word} = "one moment"\nrule r when text contains "vpn" then {steps}\notherwise drop'
    assert found(rules) == []
