"""RE2 behind one door: results in code points, nothing compiled before it is needed."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
import re2
from hypothesis import assume, given
from hypothesis import strategies as st

import prx_dingtalk_router
from prx_dingtalk_router.regex.engine import Regex, RegexSet, program_size, refusal_words


def test_groups_are_read_by_name() -> None:
    """Groups may be written with and without P and have names of any script; one that took no part is empty."""
    match = Regex(r"(?P<ticket>[A-Z]+-\d+)|(?<单号>\d+)", False).search("看下 OPS-42 的进度")
    assert match is not None
    assert match.spans(["ticket", "单号"]) == {"ticket": (3, 9), "单号": (0, 0)}


def test_where_groups_are_is_counted_in_code_points() -> None:
    """Begin and end count characters; a group that took no part, or nothing, is empty."""
    match = Regex("(?P<x>é+)(?P<none>a)?(?P<nothing>b*)中", False).search("😀重éé中x")
    assert match is not None
    assert match.spans(["x", "none", "nothing"]) == {"x": (2, 4), "none": (0, 0), "nothing": (4, 4)}
    with pytest.raises(KeyError):
        match.spans(["other"])


def test_results_are_in_code_points() -> None:
    """Places and texts of a match count characters, not bytes, also beyond the first plane."""
    match = Regex("(?P<x>é+)中", False).search("😀重éé中x")
    assert match is not None
    assert (match.start, match.end, match.text, match.spans(["x"])) == (2, 5, "éé中", {"x": (2, 4)})
    assert "😀重éé中x"[match.start : match.end] == match.text


def test_dot_is_one_character() -> None:
    """A dot takes a whole character of any length."""
    assert Regex("^.$", False).found_in("😀")
    assert not Regex("^..$", False).found_in("中")


def test_search_is_unanchored_and_leftmost() -> None:
    """The regex is looked for anywhere; the leftmost match counts."""
    match = Regex("b+", False).search("abb b")
    assert match is not None
    assert (match.start, match.text) == (1, "bb")
    assert Regex("^b", False).search("ab") is None


def test_ignore_case_is_the_flag() -> None:
    """The flag i makes case irrelevant, and nothing else does."""
    assert Regex("vpn", True).found_in("VPN")
    assert not Regex("vpn", False).found_in("VPN")


def test_lone_surrogates_in_texts_do_no_harm() -> None:
    """A text with half a character is searched, with a replacement character in its place."""
    match = Regex("a(?P<x>.)b", False).search("\ud800a\udfffb")
    assert match is not None
    assert (match.start, match.text, match.spans(["x"])) == (1, "a\ufffdb", {"x": (2, 3)})


def test_a_match_between_bytes_is_no_crash() -> None:
    r"""RE2 may find \B inside a character; start, end and text stay whole characters."""
    match = Regex(r"(?P<x>\B)", False).search("中")
    assert match is not None
    assert len(set(match.spans(["x"])["x"])) == 1
    assert match.start == match.end


def test_a_regex_is_its_source_and_flag() -> None:
    """Two of the same source and flag are equal; searching changes nothing about that."""
    searched = Regex("a", False)
    assert searched.found_in("a")
    assert searched == Regex("a", False)
    assert hash(searched) == hash(Regex("a", False))
    assert searched != Regex("a", True)


def test_a_regex_travels_without_its_compiled_form() -> None:
    """One that was searched for survives being sent to another process, as small as one that was not."""
    fresh, searched = Regex("(?P<n>重){1000}", False, ("n",), frozenset({"n"})), Regex("重{1000}", False)
    assert not searched.found_in("重")
    assert len(pickle.dumps(searched)) < 200
    copy = pickle.loads(pickle.dumps(fresh))  # noqa: S301 - made two words before
    assert (copy, copy.group_names, copy.certain_groups) == (fresh, ("n",), frozenset({"n"}))
    assert copy.found_in("重" * 1000)


def test_re2_is_asked_without_keeping_anything() -> None:
    """RE2's own words about a source, and the size of its program, come without a cache that grows."""
    import re2

    assert refusal_words("a**", False) == "bad repetition operator: **"
    assert refusal_words("a{1000}", False) is None
    assert program_size("a{1000}", False) > 1000
    assert re2._Regexp._make.cache_info().currsize == 0


def test_preparing_is_compiling() -> None:
    """What is prepared is not compiled again, and is the same to whoever compares or sends it."""
    regex = Regex("重置", False)
    regex.prepare()
    compiled = regex.__dict__["_find"]
    assert regex.found_in("重置密码")
    assert regex.__dict__["_find"] is compiled
    assert regex == Regex("重置", False)


def test_no_other_module_knows_re2() -> None:
    """All that is said to RE2 is said here."""
    package = Path(prx_dingtalk_router.__file__).parent
    importing = [
        path
        for path in package.rglob("*.py")
        if re.search(r"^\s*(?:import|from) re2\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert [path.relative_to(package).as_posix() for path in importing] == ["regex/engine.py"]


def test_a_set_tells_which_of_its_regexes_are_found() -> None:
    """Each with its own flag; half a character counts as U+FFFD, and nothing found is an empty answer."""
    together = RegexSet([Regex("a.b", False), Regex("K", True), Regex(r"\Qk|", True), Regex("^$", False)])
    assert sorted(together.found_in("a\ud800b \u212a")) == [0, 1]
    assert sorted(together.found_in("K|")) == [1, 2]
    assert list(together.found_in("")) == [3]
    assert list(together.found_in("x")) == []


def test_a_set_that_is_too_large_is_refused() -> None:
    """It is never made, so it is never asked."""
    with pytest.raises(ValueError, match="too large"):
        RegexSet([Regex(f"{number}\\pL{{900}}", False) for number in range(40)])


@given(
    source=st.lists(st.sampled_from(["a", "K", "重", r"\d", "[^x]", "(?:a|重)?", "^", "$", r"\B", ".{0,3}", "a{150}?", r"\pM", "x*", r"\x{FFFD}"]), max_size=4).map("".join),
    text=st.text("ak\u212aK重9x \ud800\ufffd\u0301", max_size=6),
    ignore_case=st.booleans(),
)  # fmt: skip
def test_whether_it_is_found_is_whether_a_search_finds_it(source: str, text: str, ignore_case: bool) -> None:
    """Two ways to ask the same, whatever the regex and the text."""
    try:
        regex = Regex(source, ignore_case)
        found = regex.search(text) is not None
    except re2.error:
        assume(False)
    assert regex.found_in(text) is found


def test_what_is_repeated_many_times_is_found_all_the_same() -> None:
    """By a search, as its automaton might grow."""
    for source in (r"a.{0,300}b", r"(?:(?:a{9}){9}){3}", "x" * 300):
        text = {"a": "a" * 243 + "b", "(": "a" * 243, "x": "x" * 300}[source[0]]
        assert Regex(source, False).found_in("." + text)
        assert not Regex(source, False).found_in(text[1:].replace("b", ""))
