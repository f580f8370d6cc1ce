"""Other dialects in RE2's spelling."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex import foreign


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("IsHan", "Han"), ("han", "Han"), ("Script=Han", "Han"), ("sc=Hani", "Han"), ("InCJKUnifiedIdeographs", "Han"), ("Ideographic", "Han"),
        ("IsAlphabetic", "L"), ("Lowercase_Letter", "Ll"), ("gc=Nd", "Nd"), ("OLD ITALIC", "Old_Italic"), ("Punctuation", "P"), ("Inherited", "Inherited"),
        ("Foo", None), ("", None), ("Is", None), ("a}b", None),
    ],
)  # fmt: skip
def test_classes_are_known_under_other_names(name: str, known: str | None) -> None:
    """Java's, Perl's and Unicode's own long names lead to RE2's."""
    assert foreign.known_class_like(name) == known


@pytest.mark.parametrize(
    ("character", "written"),
    [
        ("中", "中"),
        (".", r"\."),
        ("-", "-"),
        ("\u200b", r"\x{200b}"),
        ("\u3000", r"\x{3000}"),
        ("\u0301", r"\x{301}"),
        ("\n", r"\x{a}"),
        ("😀", "😀"),
    ],
)
def test_characters_are_spelled_so_that_they_are_read(character: str, written: str) -> None:
    """Itself where it can be seen, a number where it cannot."""
    assert foreign.spelled(character, foreign.SPECIAL) == written


def test_numbers_of_characters_are_read() -> None:
    """In each of the spellings; what is beyond Unicode is none."""
    for source, character in (
        (r"\u4e00", "一"),
        (r"\u{4e00}", "一"),
        (r"\U00004E00", "一"),
        (r"\uD83D\uDE00", "😀"),
        (r"\N{GRINNING FACE}", "😀"),
        (r"\N{U+4E00}", "一"),
    ):
        match = foreign.CODE_POINT.match(source)
        assert match is not None
        assert foreign.code_point(match) == character
    for source in (r"\u{110000}", r"\N{U+110000}", r"\N{NO SUCH NAME}", r"\N{KEYCAP DIGIT ONE}"):
        beyond = foreign.CODE_POINT.match(source)
        assert beyond is not None
        assert foreign.code_point(beyond) is None
