"""Lone halves of surrogate pairs, which JSON can hold and nothing else takes."""

from __future__ import annotations


def whole(value: str) -> str:
    """``value`` with lone halves of surrogate pairs replaced: neither a database nor an expression takes them."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value
