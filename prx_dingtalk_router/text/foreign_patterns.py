"""Plain texts that have the form of a pattern of another language: expressions, wildcards, alternatives."""

from __future__ import annotations

import re

_EXPRESSION = re.compile(
    r"(?<!\d)\.[*+](?!\.)"  # anything, any number of times
    r"|\\[dDwWsSbB](?![a-zA-Z])"  # a class of characters
    r"|\[(?:0-9|[aA]-[zZ])"
    r"|\(\?(?::|i\)|P<|=|!)"
    r"|^\^[^\^]+\$$"
)
_WILDCARD = re.compile(r"(\*?)([^*%\s](?:[^*%]*[^*%\s])?)(\*?)|%([^*%\s](?:[^*%]*[^*%\s])?)%")
_CHOICE = re.compile(r"[^\W_][^|]*(?:\|[^\W_][^|]*)+")
_GROUPED = re.compile(r"\(([^()]+)\)")
_LETTER = re.compile(r"[^\W\d_]")


def is_expression(text: str) -> bool:
    """Return whether a text has what only regular expressions have."""
    return _EXPRESSION.search(text) is not None


def without_wildcards(text: str) -> tuple[str, str] | None:
    """Return the operator that a text with wildcards at its ends means, and the text without them; None without any."""
    found = _WILDCARD.fullmatch(text)
    if found is None:
        return None
    before, bare, after, in_percent = found.groups()
    bare = in_percent or bare
    if not _LETTER.search(bare) or not (in_percent or before or after):
        return None
    if in_percent or (before and after):
        return "contains", bare
    return ("ends with", bare) if before else ("starts with", bare)


def choices(text: str) -> tuple[str, ...]:
    """Return the words between bars without blanks around them; none where there are no bars, or other signs of tables."""
    grouped = _GROUPED.fullmatch(text)
    text = grouped[1] if grouped is not None else text
    if not _CHOICE.fullmatch(text) or not _LETTER.search(text):
        return ()
    parts = tuple(text.split("|"))
    return parts if all(part == part.strip() for part in parts) else ()
