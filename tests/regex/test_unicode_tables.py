"""What RE2's own tables say is what RE2 does."""

from __future__ import annotations

import sys
import unicodedata

import pytest
import re2

from prx_dingtalk_router.regex.unicode_tables import case_variants, folded, is_group_name, knows_class
from prx_dingtalk_router.text.folding import CJK_RANGES


def test_case_variants_are_those_of_re2() -> None:
    """No more and no less, for every letter that Python knows to have case."""
    cased = [chr(point) for point in range(0x250) if chr(point).swapcase() != chr(point)]
    cased += [
        "\u212a",
        "ſ",
        "ς",
        "Σ",
        "ẞ",
        "ᾳ",
        "Ⅷ",
        "ⓚ",
        "\u0345",
        "ͅ",
        "ꭰ",
        "Ა",
        "𐐀",
        "ǅ",
        "µ",
        "İ",
        "ı",
        "Ａ",
    ]
    text = "".join(chr(point) for point in range(sys.maxunicode) if not 0xD800 <= point < 0xE000)
    for character in cased[::7] + cased[-18:]:
        found = frozenset(re2.findall(f"(?i)\\x{{{ord(character):x}}}", text))
        assert case_variants(character) == found


def test_the_kelvin_sign_and_the_long_s() -> None:
    """The two letters of ASCII that have a third form."""
    assert case_variants("k") == frozenset("kK\u212a")
    assert case_variants("ſ") == frozenset("sSſ")
    assert case_variants("a") == frozenset("aA")
    assert case_variants("ı") == frozenset("ı")


def test_nothing_that_is_passed_over_has_case() -> None:
    """Chinese characters, signs and blanks have no case variants in RE2, so that nothing is lost by not asking."""
    foldable = set()
    for point in range(0x80, sys.maxunicode):
        character = chr(point)
        if (
            character.lower() != character
            or character.upper() != character
            or character.casefold() != character
        ):
            foldable.add(character)
    assert not [c for c in foldable if unicodedata.category(c).startswith(("P", "Z", "Lo", "Co"))]
    ranges = "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in CJK_RANGES)
    outside = "".join(chr(point) for point in range(0x20000) if not 0xD800 <= point < 0xE000)
    outside = re2.sub(f"[{ranges}]", "", outside)
    assert re2.findall(f"(?i)[{ranges}]", outside) == []


def test_letters_without_case_have_none_in_re2() -> None:
    """Hangul, Arabic and all others that Unicode calls neither upper nor lower case, and those of private use."""
    written = [chr(point) for point in range(0x80, 0x20000) if not 0xD800 <= point < 0xE000]
    caseless = [character for character in written if unicodedata.category(character) in ("Lo", "Co")]
    others = "".join(set(written).difference(caseless)) + "".join(map(chr, range(0x80)))
    for at in range(0, len(caseless), 5_000):
        assert re2.findall(f"(?i)[{''.join(caseless[at : at + 5_000])}]", others) == []


def test_a_folded_text_is_the_same_for_every_case() -> None:
    """Character by character, so that places stay."""
    assert folded("KISSσΣς重") == folded("\u212aiſsΣΣΣ重") == "kissςςς重"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Han", True),
        ("L", True),
        ("Any", True),
        ("han", False),
        ("^Han", False),
        ("", False),
        ("Han}x{", False),
    ],
)
def test_classes_that_re2_knows(name: str, known: bool) -> None:
    """By exactly this name."""
    assert knows_class(name) is known


@pytest.mark.parametrize(
    ("name", "known"),
    [("a", True), ("1a", True), ("单号", True), ("a-b", False), ("", False), ("a>b", False), ("a b", False)],
)
def test_names_that_re2_takes_for_a_group(name: str, known: bool) -> None:
    """Letters of any script, digits and the underscore."""
    assert is_group_name(name) is known
