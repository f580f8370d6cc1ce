"""What no plain text holds is reported exactly, with the spelling that works."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.plain_text import Unfindable, never_in_plain_text
from prx_dingtalk_router.regex.refusal import Refusal


def never(source: str, *, ignore_case: bool = False) -> Unfindable | None:
    """What is reported of a valid source."""
    tree = parse(source, ignore_case)
    assert not isinstance(tree, Refusal)
    return never_in_plain_text(source, tree, ignore_case)


@pytest.mark.parametrize(
    ("source", "piece", "corrected"),
    [
        ("报销，谢谢", "，", "报销,谢谢"), ("多少？", "？", r"多少\?"), (r"\Q多少？\E", "？", r"\Q多少?\E"), ("ＶＰＮ", "Ｖ", "VPN"), ("a\u200bb", "\u200b", "ab"),
        ("a  b", "  ", "a b"), (r"a\x20\x20b", r"\x20\x20", r"a\x20b"), (r"\Qa  b\E", "  ", r"\Qa b\E"), ("a {2}b", " {2}", "a b"), ("a( ) b", " ) ", "a( )b"),
        (r"a\s{2,}b", r"\s{2,}", r"a\sb"), (r"a\s+ b", r"\s+ ", r"a\s+b"), (r"a[ \t]\p{Zs}b", r"[ \t]\p{Zs}", r"a[ \t]b"),
        (r"一\n二", r"\n", "一 二"), ("[０-９]+", "０-９", "[0-9]+"), ("[，。]", "，", "[,。]"), ("[^，]", "，", "[^,]"), ("[－]", "－", r"[\-]"), ("[\u3000]x", "[\u3000]", " x"),
        ("[\u200ba]", "\u200b", "[a]"), ("[\u200b]", "\u200b", None), ("e\u0301", "e\u0301", "é"), ("(e)\u0301", "e)\u0301", None), ("Ａ\u0301x", "Ａ", "Áx"),
        ("㎏", "㎏", "kg"), ("㎏+", "㎏", None), ("a\u200b*", "\u200b", None), ("１?", "１", "1?"), ("(Ａ|b)", "Ａ", "(A|b)"), (r"\x{ff21}", r"\x{ff21}", "A"), ("＼", "＼", r"\\"),
        ("\ufb01", "\ufb01", "fi"), ("ｶﾞ", "ｶ", "ガ"),
    ],
)  # fmt: skip
def test_what_no_plain_text_holds(source: str, piece: str, corrected: str | None) -> None:
    """The exact piece, and the whole regex as it works; no spelling where a repetition would be of something else."""
    found = never(source)
    assert found is not None
    assert (source[found.start : found.end], found.corrected) == (piece, corrected)


@pytest.mark.parametrize(
    "source",
    ["。、", "a b", "a *b", "a  ?b", r"[ \t]+x", "é", "a ?b", r"\s", r"a\sb", " |a ", "(?:a b )+", r"[^\u3000]".replace("u3000", "t"), "a(?: b)? ", "[a-z　]", "が", r"\PZ \PZ", r"\b ^"],
)  # fmt: skip
def test_what_a_plain_text_may_hold(source: str) -> None:
    """No false alarm."""
    assert never(source) is None


def test_case_variants_count() -> None:
    """Without case the long s and the Kelvin sign stand for letters that plain texts hold; full-width ones do not."""
    assert never("ſ") is not None
    assert never("ſ\u212a[\u212a]", ignore_case=True) is None
    assert never("Ａ", ignore_case=True) is not None
    assert never("j\u030c") is not None
    assert never("j\u030c", ignore_case=True) is None
