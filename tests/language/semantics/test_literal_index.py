"""Literals looked up by the texts that hold them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language.semantics.literal_index import LiteralIndex

WORDS = st.text("abc", min_size=1, max_size=4)


@given(literals=st.lists(WORDS, max_size=30), text=st.text("abc", max_size=9))
def test_what_is_found_is_what_comparing_finds(literals: list[str], text: str) -> None:
    """Literals that are the text, begin it, end it, or stand in it; each as often as it was entered."""
    index = LiteralIndex[int]()
    for number, literal in enumerate(literals):
        index.add(literal, number)

    def compared(found: object) -> list[int]:
        return [number for number, literal in enumerate(literals) if found(literal)]  # type: ignore[operator]

    assert sorted(index.equal(text)) == compared(lambda literal: literal == text)
    assert sorted(index.beginning(text)) == compared(text.startswith)
    assert sorted(index.ending(text)) == compared(text.endswith)
    assert sorted(index.within(text)) == compared(lambda literal: literal in text)
