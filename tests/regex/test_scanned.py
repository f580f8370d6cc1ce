"""The literals of a regex in the form in which texts are scanned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.regex.scanned import scanned_choices
from prx_dingtalk_router.regex.unicode_tables import case_variants
from prx_dingtalk_router.text.folding import forms


@pytest.mark.parametrize(
    ("source", "ignore_case", "best"),
    [
        ("vpn.*(重置|RESET)", True, {"vpn"}),
        ("OPS-", False, {"ops-"}),
        ("重置 VPN", False, {"重置vpn"}),
        ("a b", False, {"a b"}),
        (" 重置 ", False, {"重置"}),
        ("\u212aelvin", True, {"kelvin"}),
        ("ſs", True, {"ss"}),
        ("İ", True, {"i̇"}),
        (r"\d{6}", False, set("0123456789")),
    ],
)
def test_literals_have_no_case_and_no_blanks_beside_ideographs(
    source: str, ignore_case: bool, best: set[str]
) -> None:
    """Those at the ends may or may not be closed up in a text, so they are left out."""
    assert scanned_choices(source, ignore_case, of_text=True)[0] == best


def test_in_ids_blanks_stay() -> None:
    """Nothing is closed up in an id; its case is still of no account."""
    assert scanned_choices(" 重 A", False, of_text=False)[0] == {" 重 a"}


@pytest.mark.parametrize("source", [r"\w*", "a?", ".", " ", "(a| )"])
def test_where_a_match_needs_no_literal_there_is_no_choice(source: str) -> None:
    """A blank alone is none: it may be closed up."""
    assert scanned_choices(source, False, of_text=True) == ()


@given(
    source=st.lists(st.sampled_from(["a ", " 重", "置 ", "K", "ſ", "ß", "ΐ", "Å", "[ab]", "x*", "."]), min_size=1).map("".join),
    text=st.lists(st.sampled_from(["a ", " 重", "置 ", "K", "k", "s", "ß", "ẞ", "ΐ", "å", "Ａ", "a\u0301", "\u200b", "b"])).map("".join),
    ignore_case=st.booleans(),
)  # fmt: skip
def test_every_text_with_a_match_holds_one_of_each_choice(source: str, text: str, ignore_case: bool) -> None:
    """In its scanned form, whatever folding and ``/i`` have to say."""
    seen = forms(text)
    if Regex(source, ignore_case).found_in(seen.plain):
        choices = scanned_choices(source, ignore_case, of_text=True)
        assert all(any(literal in seen.scanned for literal in choice) for choice in choices)
    if Regex(source, ignore_case).found_in(text):
        choices = scanned_choices(source, ignore_case, of_text=False)
        assert all(any(literal in text.casefold() for literal in choice) for choice in choices)


def test_re2_takes_nothing_for_one_letter_that_is_another_without_case() -> None:
    """Every letter that ``/i`` takes for another is the same without case, or is cut out of the literals."""
    for point in (*range(0x80), *range(0x17F, 0x600, 7), 0x212A, 0x1E9E, 0x3B9, 0x1C80, 0xAB70):
        character = chr(point)
        choices = scanned_choices(f"\\x{{{point:x}}}", True, of_text=False)
        for variant in case_variants(character):
            assert all(any(literal in variant.casefold() for literal in choice) for choice in choices)
