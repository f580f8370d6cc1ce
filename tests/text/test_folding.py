"""Folding, held against the definition as section 4 writes it."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prx_dingtalk_router.text.folding import (
    WHITE_SPACE,
    fold,
    forms,
    forms_of_name,
    is_cjk,
    is_invisible,
    is_word_character,
    plain,
    shown_trim,
    visible,
    visible_positions,
)

CJK = [
    *range(0x2E80, 0x2FE0), 0x3005, 0x3007, *range(0x3021, 0x302A), *range(0x3040, 0x3100),
    *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x40000),
]  # fmt: skip
CJK_LETTERS = frozenset(map(chr, CJK))
DROPPED = frozenset(
    map(chr, [0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164,
              *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)  # fmt: skip
BLANKS = frozenset(
    map(
        chr,
        [
            *range(9, 14),
            0x20,
            0x85,
            0xA0,
            0x1680,
            *range(0x2000, 0x200B),
            0x2028,
            0x2029,
            0x202F,
            0x205F,
            0x3000,
        ],
    )
)

EVERYTHING = "".join(map(chr, range(0x110000)))


@cache
def by_category() -> dict[str, list[str]]:
    """All characters by their general category."""
    found: dict[str, list[str]] = {}
    for character in EVERYTHING:
        found.setdefault(unicodedata.category(character), []).append(character)
    return found


def of_category(*categories: str) -> frozenset[str]:
    """All characters of these general categories."""
    return frozenset(c for category in categories for c in by_category()[category])


anything = st.text(alphabet=st.characters(), max_size=30)
everyday = st.text(
    alphabet=st.sampled_from(
        "abVPN09 -\t\n\u3000，。！（ＶＰＮ重置密码かガﾊﾟ\u200b\ufe0f\u00ad\u0301ßſİﬁ①ⅳ한\u1100\u1161々〇…“—😀"
        "\u0336\u20e3\u3099\u309a\u302a\u302e\u0327ゝｶ㌀\uf900\uffe3"
    ),
    max_size=30,
)


def nfkc(text: str) -> str:
    """NFKC."""
    return unicodedata.normalize("NFKC", text)


def visible_as_written(text: str) -> str:
    """``visible`` of section 4: a mark stands on the last character before it that is no mark, if that is not dropped."""
    seen = [c for c in text if unicodedata.category(c) not in ("Cf", "Me") and c not in DROPPED]
    kept = []
    for at, character in enumerate(seen):
        bases = [c for c in seen[:at] if not unicodedata.category(c).startswith("M")]
        marked = unicodedata.category(character) == "Mn" and character not in "\u3099\u309a"
        if not (marked and bases and bases[-1] in CJK_LETTERS):
            kept.append(character)
    return "".join(kept)


def single_spaces_as_written(text: str) -> str:
    """``single_spaces`` of section 4."""
    out: list[str] = []
    for character in text:
        if character not in BLANKS:
            out.append(character)
        elif not out or out[-1] != " ":
            out.append(" ")
    return "".join(out)


def plain_as_written(text: str) -> str:
    """``plain`` of section 4."""
    return single_spaces_as_written(nfkc(visible_as_written(nfkc(text)))).strip(" ")


def close_up_as_written(text: str) -> str:
    """``close_up`` of section 4."""

    def beside(index: int) -> bool:
        return any(0 <= i < len(text) and text[i] in CJK_LETTERS for i in (index - 1, index + 1))

    return "".join(c for i, c in enumerate(text) if not (c == " " and beside(i)))


def fold_as_written(text: str) -> str:
    """``fold`` of section 4."""
    return nfkc(close_up_as_written(plain_as_written(nfkc(text).casefold())))


@given(anything | everyday)
@example("\x1c a \x1f b")
@example("か ゙")
@example("代\u0336\u0301\u3099ｶ\u0336\u3099㌀\u0336\u200b\u0336")
@example("代\u115f\u0336开\u3164\u0336")
@example("\ud800 重置")
def test_fold_is_the_written_definition(text: str) -> None:
    """Whatever way a text takes, its folded form is the one that section 4 writes down."""
    assert fold(text) == fold_as_written(text)


@given(anything | everyday)
@example("\x85a\x1c")
@example("ﾀ\u200bﾞ")
@example("\u3099\u0301 a\u3099\u0301 ㈠\u0336")
def test_plain_is_the_written_definition(text: str) -> None:
    """Whatever way a text takes, its plain form is the one that section 4 writes down."""
    assert plain(text) == plain_as_written(text)


@pytest.mark.parametrize(
    "character",
    [chr(point) for point in [*range(0x20, 0x7F), *range(9, 14), *range(0x3000, 0x3012), 0x4E00, 0x9FFF]],
)
def test_safe_characters_keep_their_neighbours(character: str) -> None:
    """Each character near the borders of the short way folds as written between letters of both scripts."""
    for text in (f"A{character}重", f"重{character}A", f"{character}\u0301", character * 2):
        assert fold(text) == fold_as_written(text)


def test_every_cjk_ideograph_is_unchanged() -> None:
    """No character of the main CJK block is changed by folding, so the short way may keep them."""
    assert [c for c in map(chr, range(0x4E00, 0xA000)) if fold_as_written(c) != c or fold(c) != c] == []


def test_the_listed_ranges_are_exact() -> None:
    """CJK letters, invisible characters and white space are exactly the code points that section 4 lists."""
    assert {c for c in EVERYTHING if is_cjk.__wrapped__(c)} == CJK_LETTERS
    assert {c for c in EVERYTHING if is_invisible.__wrapped__(c)} == DROPPED | of_category("Cf", "Me")
    assert frozenset(WHITE_SPACE) == BLANKS
    assert len(WHITE_SPACE) == len(BLANKS)


def test_every_code_point_is_dropped_or_kept_as_written() -> None:
    """After a letter of an alphabet exactly the invisible ones go, after a CJK letter also marks that do not compose."""
    gone = DROPPED | of_category("Cf", "Me")
    assert visible("a".join(EVERYTHING)) == "a".join("" if c in gone else c for c in EVERYTHING)
    gone_from_cjk = gone | of_category("Mn") - {"\u3099", "\u309a"}
    signs = sorted(
        gone | of_category("Mn", "Mc", "Cc", "Zs", "Zl", "Zp", "Pc", "Pd", "Po", "Sk", "Sm", "Sc", "So")
    )
    assert [c for c in signs if visible("重" + c) != ("重" if c in gone_from_cjk else "重" + c)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＶＰＮ", "vpn"),
        ("V\u200bPN", "vpn"),
        ("重置 VPN 密码", "重置VPN密码"),
        ("  A \t\n b ", "a b"),
        ("ﾊﾟ", "パ"),
        ("STRASSE", "straße"),
        ("代\u0336开\u0336发\u0336票\u0336", "代开发票"),
        ("代\u0336\u0332开\u200b\u0336", "代开"),
        ("ｶ\u0336ﾞ", "ガ"),
        ("か\u0336\u3099", "が"),
        ("\uf900\u0323", "豈"),
        ("1\ufe0f\u20e3", "1"),
        ("e\u0301", "é"),
    ],
)
def test_spellings_that_people_take_for_one_are_one(one: str, other: str) -> None:
    """Width, case, invisible characters, marks on CJK letters and blanks beside them make no difference."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "text", ["café", "cafe\u0301", "tiê\u0301ng Việt", "สวัสดี ครับ น้ำ", "が", "か\u3099", "ﾊﾟ", "हिन्दी", "שָׁלוֹם"]
)
def test_marks_that_belong_to_a_letter_stay(text: str) -> None:
    """Alphabets whose letters carry marks, and the voiced sounds of kana, are only composed."""
    assert plain(text) == nfkc(text)
    assert fold(text) == nfkc(nfkc(text).casefold())
    assert fold("cafe") != fold("café") != fold("か")


@given(
    st.text(
        alphabet=st.sampled_from("abCZ09 \t\n\u3000，！（）ＶＰＮ重置密码かガ\u200b\ufe0f\u00ad々〇éß\u20e3"),
        max_size=30,
    )
)
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded already, in the scripts that people write here, stays as it is."""
    assert fold(fold(text)) == fold(text)
    assert plain(plain(text)) == plain(text)


@given(everyday)
def test_plain_keeps_upper_case(text: str) -> None:
    """The plain form is found by the case that was written."""
    assert plain(text).casefold().upper() == plain(plain(text)).casefold().upper()
    assert plain("ＶＰＮ Reset") == "VPN Reset"


@given(anything | everyday)
def test_visible_drops_and_adds_nothing_else(text: str) -> None:
    """Dropping what nobody sees keeps all others in their order, and the places of those kept are known."""
    assert visible(text) == visible_as_written(text)
    assert "".join(text[position] for position in visible_positions(text)) == visible(text)


def is_trimmed(character: str) -> bool:
    """White space of Unicode, and format characters."""
    return character in WHITE_SPACE or unicodedata.category(character) == "Cf"


@given(st.text(st.sampled_from(" \t\u3000\u200b\ufe0f\u00a0a1重，\x1c\x85\ud800"), max_size=6) | anything)
def test_shown_text_begins_and_ends_with_what_is_seen(text: str) -> None:
    """Whatever goes at the ends is white space or format; what is left neither begins nor ends with any."""
    shown = shown_trim(text)
    begin = text.index(shown)
    assert all(map(is_trimmed, text[:begin] + text[begin + len(shown) :]))
    assert not any(map(is_trimmed, (*shown[:1], *shown[-1:])))


@given(anything | everyday)
def test_the_forms_of_a_name_are_those_of_a_text(name: str) -> None:
    """Remembered or not, short or long."""
    for each in (name, name, name * 40):
        assert forms_of_name(each) == forms(each)


def test_shown_text_is_trimmed_only_at_its_ends() -> None:
    """White space and format characters go at both ends; inside, and variation selectors, stay."""
    assert shown_trim("\u200b\u3000 a \u200b b\ufe0f\u2005\ufeff\n") == "a \u200b b\ufe0f"
    assert shown_trim(" \u200b\u00a0") == ""
    assert shown_trim("\x1ca\x1c") == "\x1ca\x1c"


@pytest.mark.parametrize(
    ("character", "is_word"),
    [
        ("a", True),
        ("é", True),
        ("9", True),
        ("한", True),
        ("重", False),
        ("々", False),
        ("_", False),
        ("-", False),
        (" ", False),
    ],
)
def test_word_characters_are_alphanumeric_and_not_cjk(character: str, is_word: bool) -> None:
    """Letters and digits of alphabets make words; CJK letters and signs do not."""
    assert is_word_character(character) is is_word
