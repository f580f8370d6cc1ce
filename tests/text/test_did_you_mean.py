"""What was probably meant by a misspelt word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.text.did_you_mean import LONGEST, NEIGHBOURS, SMALL, Vocabulary, nearest

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("staf", "staff", "staff"),
        ("ulr", "url", "url"),
        ("vop", "vip", "vip"),
        ("tikcet", "ticket", "ticket"),
        ("helpdsk", "helpdesk", "helpdesk"),
        ("STAFF", "staff", "staff"),
        ("ｓｔａｆｆ", "staff", "staff"),
        ("it_staff", "it-staff", "it-staff"),
        ("itstaff", "it-staff", "it-staff"),
        ("sender_name", "sender.name", "sender.name"),
        ("人事部門", "人事部门", "人事部门"),
        ("channel", "channels_config", "channels_config"),
    ],
)
def test_a_slip_is_recognised(word: str, known: str, meant: str) -> None:
    """A letter too many, too few or wrong, two the other way round, another case, width or separator, half a name."""
    assert nearest(word, ["general", known, "other"]) == meant


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("team-b", "team-a"),
        ("sales-us", "sales-cn"),
        ("rule-1", "rule-2"),
        ("ticket2", "ticket"),
        ("客服组", "客户群"),
        ("abd", "abc"),
        ("vendor", "general"),
        ("", "a"),
        ("x" * (LONGEST + 1), "x" * LONGEST),
    ],
)
def test_the_name_of_another_thing_is_no_slip(word: str, known: str) -> None:
    """Names that differ by a number or a whole word, and words that have little in common, are left alone."""
    assert nearest(word, [known]) is None


def test_a_part_of_several_names_means_none_of_them() -> None:
    """Half a name is only taken for the whole where there is one such name."""
    assert nearest("helpdesk", ["helpdesk-beijing", "vendor"]) == "helpdesk-beijing"
    assert nearest("helpdesk", ["helpdesk-beijing", "helpdesk-shanghai"]) is None


def test_the_most_alike_wins_and_the_first_among_equals() -> None:
    """The order of the words decides only where nothing else does."""
    assert nearest("stafff", ["stuff", "staff"]) == "staff"
    assert nearest("bast", ["past", "last"]) == "past"


@given(
    st.integers(0, 1_999),
    st.integers(0, 10),
    st.sampled_from(LETTERS),
    st.sampled_from(["drop", "double", "replace"]),
)
def test_one_slip_is_found_among_thousands(number: int, at: int, letter: str, slip: str) -> None:
    """Among thousands of names that are alike the right one is found, wherever in its words the slip is."""
    name = f"cond-number-{number}"
    new = {"drop": "", "double": name[at] * 2, "replace": letter}[slip]
    assert THOUSANDS.nearest(name[:at] + new + name[at + 1 :]) == name


THOUSANDS = Vocabulary(f"cond-number-{number}" for number in range(2_000))


def test_few_are_compared_among_thousands(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at does not grow with the vocabulary."""
    compared: list[int] = []
    around = "prx_dingtalk_router.text.did_you_mean._shared_ends"
    monkeypatch.setattr(around, lambda wanted, known: compared.append(len(known)) or 0)
    assert len(list(THOUSANDS._forwards)) > SMALL
    THOUSANDS.nearest("cond-numbr-17")
    assert 0 < len(compared) <= 4 * NEIGHBOURS
