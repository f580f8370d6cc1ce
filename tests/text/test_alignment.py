"""Pieces of the plain form are handed on as they were written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prx_dingtalk_router.text.alignment import Alignment
from prx_dingtalk_router.text.folding import plain, visible_form


@pytest.mark.parametrize(
    ("text", "piece", "stretch"),
    [
        ("a 看：\ndef f():\n    return 1", "看:def f(): return 1", None),
        ("ai 看这段：\ndef f():\n    return 1", "看这段: def f(): return 1", "看这段：\ndef f():\n    return 1"),
        ("写诗：《春》，四句（押韵）", "诗:《春》,四句(押韵)", "诗：《春》，四句（押韵）"),
        ("ＶＰＮ　ＡＢ", "AB", "ＡＢ"),
        ("ＶＰＮ　\u3000 ＡＢ", "PN A", "ＰＮ　\u3000 Ａ"),
        ("x ❤\ufe0f y", "❤", "❤\ufe0f"),
        ("x 1\ufe0f\u20e3 y", "1", "1\ufe0f\u20e3"),
        ("👨\u200d👩\u200d👧 x", "👨👩👧", "👨\u200d👩\u200d👧"),
        ("代\u0336开\u0336票\u0336", "代开", "代\u0336开\u0336"),
        ("V\u200bPN", "VPN", "V\u200bPN"),
        ("ﬁne …", "i", "ﬁ"),
        ("ﬁne …", "ne ..", "ne …"),
        ("cafe\u0301 au", "é", "e\u0301"),
        ("か\u3099ﾀﾞ", "がダ", "か\u3099ﾀﾞ"),
        ("か\u200b\u3099x", "が", "か\u200b\u3099"),
        ("\u1112\u1161\u11ab국", "한", "\u1112\u1161\u11ab"),
        ("ㄱㅏ나", "가", "ㄱㅏ"),
        ("㌀x", "パー", "㌀"),
        ("\u200b a  b \u200b", "a b", "a  b"),
        ("  a\n", "a", "a"),
        ("a\u0336b", "\u0336b", "\u0336b"),
    ],
)  # fmt: skip
def test_what_was_written_is_handed_on(text: str, piece: str, stretch: str | None) -> None:
    """Line breaks, width, emoji and marks stay; a character that became several is in whole."""
    form = plain(text)
    start = form.find(piece)
    if stretch is None:
        assert start < 0
    else:
        assert Alignment(text, form).stretch(start, start + len(piece)) == stretch


ODD = st.sampled_from(
    "ab重 \n\t\u3000ＶＰ，…か\u3099ﾞﾀ゛´\u0301\u0327\u0336\u0344\u200b\u200d\ufe0f\u20e3\u034f\u115f\u1100\u1161\u11a8가ㄱㅏㄴㅋㅤﬁ㌀①❤👨👩é한"
    "\u09c7\u09be\u0f71\u0f72\u302e"
)
TEXTS = st.text(alphabet=ODD, max_size=10) | st.text(alphabet=st.characters(), max_size=8)


def wholes(text: str) -> list[tuple[int, int]]:
    """For each character of the visible form, its place: between two cuts at which both sides fold by themselves.

    No cut is made before a mark or before what is dropped.
    """
    whole = visible_form(text)
    cuts = [0]
    for at in range(1, len(text)):
        alone = visible_form(text[at])
        begins = alone and not unicodedata.category(alone[0]).startswith("M")
        if begins and visible_form(text[:at]) + visible_form(text[at:]) == whole:
            cuts.append(at)
    places = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        left = visible_form(text[start:end])
        unchanged = left == text[start:end]
        places += [(start + at, start + at + 1) if unchanged else (start, end) for at in range(len(left))]
    return places


@given(TEXTS)
@example("a ゛")
@example("\u3099ﾞ")
def test_places_are_those_of_a_cut_text(text: str) -> None:
    """Cutting as one goes gives what cutting the whole text everywhere gives."""
    form, visible = plain(text), visible_form(text)
    kept = [at for at, character in enumerate(visible) if not character.isspace()]
    aligned = Alignment(text, form)
    solid = [at for at, character in enumerate(form) if not character.isspace()]
    assert len(solid) == len(kept)
    for at, place in zip(solid, (wholes(text)[at] for at in kept), strict=True):
        assert aligned.stretch(at, at + 1) == text[slice(*place)]


@given(TEXTS, st.data())
@example("か\u302e\u3099\u0301x", None)
def test_a_stretch_holds_what_was_captured(text: str, data: st.DataObject | None) -> None:
    """It is a piece of the text, folds to something that holds the captured piece, and meets the next without a gap."""
    form = plain(text)
    some = st.integers(0, len(form))
    spots = sorted(data.draw(st.tuples(some, some, some))) if data is not None else (1, 2, len(form))
    aligned = Alignment(text, form)
    first, second, both = (
        aligned.stretch(*spots[:2]),
        aligned.stretch(*spots[1:]),
        aligned.stretch(spots[0], spots[2]),
    )
    assert both in text
    for piece, stretch in ((form[spots[0] : spots[1]], first), (form[spots[1] : spots[2]], second)):
        assert piece.strip(" ") in plain(stretch)
    assert both.startswith(first)
    assert both.endswith(second)
    assert len(both) <= len(first) + len(second)
    if len(both) < len(first) + len(second):
        shared = both[len(both) - len(second) : len(first)]
        assert visible_form(shared) != shared or shared.isspace()


@given(st.text(alphabet=st.sampled_from("ab重é한が😀《》，. t\u0336"), max_size=12), st.data())
def test_a_text_that_is_plain_already_is_handed_on_by_the_letter(text: str, data: st.DataObject) -> None:
    """Nothing changes for it."""
    form = plain(text)
    start = data.draw(st.integers(0, len(form)))
    end = data.draw(st.integers(start, len(form)))
    assert Alignment(form, plain(form)).stretch(start, end) == form[start:end]
