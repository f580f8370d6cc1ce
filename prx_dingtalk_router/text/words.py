"""Finding a literal as a whole word in a folded text (language.md section 5).

Where the literal's first (last) character is a word character, the character before (after) it must not be one.
"""

from __future__ import annotations

from prx_dingtalk_router.text.folding import is_word_character


def contains_word(folded_text: str, folded_literal: str) -> bool:
    """Return whether the text holds the literal as a word, at any occurrence, overlapping ones too.

    Args:
        folded_text: a text in the form that ``fold`` gives.
        folded_literal: a literal in the same form; an empty one is in every text.
    """
    if not folded_literal:
        return True
    closed_before = is_word_character(folded_literal[0])
    closed_after = is_word_character(folded_literal[-1])
    start = folded_text.find(folded_literal)
    while start >= 0:
        end = start + len(folded_literal)
        if not (closed_before and start > 0 and is_word_character(folded_text[start - 1])) and not (
            closed_after and end < len(folded_text) and is_word_character(folded_text[end])
        ):
            return True
        start = folded_text.find(folded_literal, start + 1)
    return False


def is_word_at(folded_text: str, start: int, end: int) -> bool:
    """Return whether ``text[start:end]``, at least one character long, is a word or several there."""
    opens_amid = (
        start > 0 and is_word_character(folded_text[start]) and is_word_character(folded_text[start - 1])
    )
    if opens_amid or end >= len(folded_text):
        return not opens_amid
    return not (is_word_character(folded_text[end - 1]) and is_word_character(folded_text[end]))


def starts_with_word(folded_text: str, folded_literal: str) -> bool:
    """Return whether the text begins with the literal, and no word goes on behind it.

    Args:
        folded_text: a text in the form that ``fold`` gives.
        folded_literal: a literal in the same form; every text begins with an empty one.
    """
    if not folded_text.startswith(folded_literal):
        return False
    end = len(folded_literal)
    if end in (0, len(folded_text)):
        return True
    return not (is_word_character(folded_literal[-1]) and is_word_character(folded_text[end]))
