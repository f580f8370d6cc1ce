"""Literals that every match holds."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal
from prx_dingtalk_router.regex.required import Choice, RequiredLiteral, required_literals


def required(source: str, *, ignore_case: bool = False) -> tuple[Choice, ...]:
    """The choices of a valid source."""
    tree = parse(source, ignore_case)
    assert not isinstance(tree, Refusal)
    return required_literals(tree)


def choices(source: str, *, ignore_case: bool = False) -> list[str]:
    """The same as sorted words, those without case marked."""
    found = required(source, ignore_case=ignore_case)
    return [" ".join(sorted(each.text + "/i" * each.ignore_case for each in choice)) for choice in found]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("重置.*密码", ["密码", "重置"]), ("重置|找回", ["找回 重置"]), ("(重置|找回)密码", ["找回密码 重置密码"]), ("报销单?", ["报销 报销单"]),
        ("a?", []), ("重置|", []), ("重置|.", []), ("(a|b)*c+d", ["c", "cd"]), ("ab{2,}c", ["abb", "bbc"]), ("[ab]c", ["ac bc"]), (r"[^a]\pN+", []), (r"[^a][0-2]+", ["0 1 2"]),
        (r"^\bvpn\b$", ["vpn"]), (r"OPS-\d{2}", [" ".join(f"OPS-{n}" for n in range(10)), *[" ".join(map(str, range(10)))]]),
        ("(?:重置.*密码|忘记.*口令)x", ["忘记 重置", "x"]), ("[^\\x00-\\x{10ffff}]", [""]), (r"\Qa.b\E\.c", ["a.b.c"]), ("(abc){2}d", ["abcabcd"]),
        ("(?:a.b)+c", ["a", "bc"]), ("a{0}b", ["b"]), (r"\x{4e2d}文", ["中文"]),
    ],
)  # fmt: skip
def test_every_match_holds_one_of_each_choice(source: str, expected: list[str]) -> None:
    """Literals are joined as far as one follows the other; alternatives are one choice."""
    assert sorted(choices(source)) == sorted(expected)


@pytest.mark.parametrize(
    ("source", "text", "others"),
    [
        ("vpn", "vpn", ["VPN", "vPn"]),
        ("kiss", "kiss", ["KISS", "\u212aiſs"]),
        ("Σ1", "ς1", ["σ1"]),
        ("重置VPN", "重置vpn", ["重置Vpn"]),
    ],
)
def test_case_is_ignored_as_re2_ignores_it(source: str, text: str, others: list[str]) -> None:
    """The literal is written in one of its cases and is in texts of any other."""
    (choice,) = required(source, ignore_case=True)
    (literal,) = choice
    assert literal == RequiredLiteral(text, True)
    assert all(literal.is_in(f"x{other}x") for other in others)
    assert not literal.is_in(text[:-1])


def test_case_counts_where_there_is_none() -> None:
    """Chinese characters have no case, so their literals are compared as they are, also under the flag."""
    assert choices("重置", ignore_case=True) == ["重置"]
    assert choices("(?i:a)B") == ["ab/i"]


def test_the_best_choice_is_first() -> None:
    """The longest shortest literal, then the fewest: what an index looks for."""
    assert choices("a.(bb|cc).dd.e") == ["dd", "bb cc", "a", "e"]


def test_many_alternatives_are_one_choice() -> None:
    """A list of words written as alternatives, nested or not, is kept in full; thousands are none."""
    words = [f"w{at:03}" for at in range(500)]
    assert choices("|".join(words)) == [" ".join(words)]
    nested = "(?:" * 499 + words[0] + "".join(f"|{word})" for word in words[1:])
    assert choices(nested) == [" ".join(words)]
    assert choices("|".join(f"w{at}" for at in range(5000))) == []
