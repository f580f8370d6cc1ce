"""NFKC the short way is NFKC."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.text.folding import WHITE_SPACE, visible
from prx_dingtalk_router.text.normalization import SAFE_CHARACTERS, nfkc

EVERYTHING = "".join(map(chr, range(0x110000)))
SAFE = "".join(re.findall(f"[{SAFE_CHARACTERS}]", EVERYTHING))


def as_the_library(text: str) -> str:
    """NFKC by the standard library alone."""
    return unicodedata.normalize("NFKC", text)


def test_safe_characters_are_as_safe_as_they_say() -> None:
    """Each is its own NFKC, no mark and not invisible, composes with none before it, and is as safe without its case."""
    marked = "重".join(SAFE)
    assert as_the_library(SAFE) == SAFE
    assert visible(marked) == marked
    assert set(SAFE.casefold()) <= set(SAFE)
    assert {c for c in SAFE if c.isspace()} <= set(WHITE_SPACE)
    pairs = [parts for c in EVERYTHING if len(parts := unicodedata.decomposition(c).split()) == 2]
    seconds = {chr(int(second, 16)) for first, second in pairs if not first.startswith("<")}
    assert seconds.isdisjoint(SAFE)


def test_every_code_point_is_normalized() -> None:
    """All of them in one text, and those that are often met between letters of both scripts."""
    assert nfkc(EVERYTHING) == as_the_library(EVERYTHING)
    often = [*map(chr, range(0x3400)), *map(chr, range(0xF900, 0x10000))]
    assert [c for c in often if nfkc(f"A{c}重") != as_the_library(f"A{c}重")] == []


@given(
    st.text(alphabet=st.characters(), max_size=30)
    | st.text(alphabet="a重，ＶＰＮ\u3000…“が\u3099\u0301", max_size=30)
)
def test_any_text_is_normalized(text: str) -> None:
    """Whatever way it takes."""
    assert nfkc(text) == as_the_library(text)


@given(st.text(alphabet="\u0301\u0336\u3099\uff9e\u0344\u200b\u0f71\u0f73か", max_size=9), st.integers(7, 40))
def test_many_marks_are_put_in_order_as_the_library_does(marks: str, times: int) -> None:
    """Sorting marks beforehand changes nothing but the time that it takes."""
    text = f"が{marks * times}é"
    assert nfkc(text) == as_the_library(text)


@pytest.mark.parametrize("marks", ["\u0301\u0336", "\uff9e\u0301", "\u0344\u0336"])
def test_a_letter_may_carry_any_number_of_marks(marks: str) -> None:
    """A hundred thousand in the wrong order are sorted; by insertion that would take minutes."""
    normal = nfkc("が" + marks * 50_000)
    assert list(map(unicodedata.combining, normal[1:])) == sorted(map(unicodedata.combining, normal[1:]))
