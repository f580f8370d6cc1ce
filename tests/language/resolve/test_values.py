"""Values: lists flattened, literals folded, regexes read (language.md sections 3 to 5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import RuleSet

Found = Callable[..., list[tuple[str, str]]]
Rules = Callable[..., RuleSet]

END = " then drop\notherwise drop"


def test_lists_are_flattened_in_written_order(rules: Rules) -> None:
    """Lists within lists give one list."""
    checked = rules('list a = ["1", b, "4"] list b = ["2", "3"] rule r when sender in a' + END)
    assert checked.rules[0].condition.literals == ("1", "2", "3", "4")  # type: ignore[union-attr]


def test_literals_of_texts_are_folded_and_those_of_ids_are_not(rules: Rules) -> None:
    """``ＶＰＮ`` against a text is ``vpn``, against an id itself."""
    checked = rules('list a = ["ＶＰＮ 密码"] rule r when text in a or sender in a' + END)
    text, sender = checked.rules[0].condition.parts  # type: ignore[union-attr]
    assert (text.literals, sender.literals) == (("vpn密码",), ("ＶＰＮ 密码",))  # type: ignore[union-attr]


@pytest.mark.parametrize("written", ['""', '" "', '"\\u{200B}"', '"\u3000\u3164"'])
def test_a_literal_that_folds_to_nothing_is_an_error(found: Found, written: str) -> None:
    """It would hold for every text or none."""
    assert ("literal-of-nothing", written) in found(
        f"rule r when text contains {written}{END}", severity="error"
    )


def test_a_list_is_checked_against_each_kind_of_field(found: Found) -> None:
    """What is sound for an id may be nothing for a text."""
    text = 'list a = [" "] rule r when sender in a or text contains a' + END
    assert found(text, severity="error") == [("literal-of-nothing", '" "')]


def test_an_empty_string_is_nothing_for_an_id_too(found: Found) -> None:
    """Absence is asked for with ``is empty``."""
    assert found('rule r when sender is ""' + END) == [("literal-of-nothing", '""')]


def test_lists_within_lists_are_no_longer_than_what_is_written(rules: Rules) -> None:
    """A list that holds another twice, which holds a third twice, and so on, is checked at once."""
    doubled = "".join(f"list l{n} = [l{n - 1}, l{n - 1}]\n" for n in range(1, 40))
    checked = rules(f'list l0 = ["a"]\n{doubled}rule r when sender in l39' + END)
    assert checked.rules[0].condition.literals == ("a",)  # type: ignore[union-attr]


def test_an_empty_list_is_an_error(found: Found) -> None:
    """Declared or written in place."""
    assert found("list a = []\nrule r when sender in a" + END) == [("empty-list", "[]")]
    assert found("rule r when sender in []" + END) == [("empty-list", "[]")]
    assert found("rule r when text matches []" + END) == [("empty-list", "[]")]


# ---- kinds of values


@pytest.mark.parametrize(
    ("condition", "name", "place"),
    [
        ('text is ["a"]', "is-with-list", 'text is ["a"]'),
        ("text is l", "is-with-list", "text is l"),
        ("text is not l", "is-with-list", "text is not l"),
        ("text is /a/", "wrong-value", "/a/"),
        ("text contains /a/", "wrong-value", "/a/"),
        ('text contains ["a", /b/]', "wrong-value", "/b/"),
        ('text in "a"', "wrong-value", '"a"'),
        ('text matches "a"', "wrong-value", '"a"'),
        ('text matches [/a/, "b"]', "wrong-value", '"b"'),
        ("text contains p", "wrong-kind-of-name", "p"),
        ("text matches l", "wrong-kind-of-name", "l"),
        ("during l", "wrong-kind-of-name", "l"),
        ("l", "wrong-kind-of-name", "l"),
        ("0% of senders", "wrong-percentage", "0% of senders"),
        ("100.01% of senders", "wrong-percentage", "100.01% of senders"),
        ("1.005% of messages", "wrong-percentage", "1.005% of messages"),
        ('group is "x"', "flag-with-operator", "group is"),
        ('sender.id is "x"', "unknown-field", "sender.id"),
    ],
)
def test_a_value_of_the_wrong_kind_is_an_error(found: Found, condition: str, name: str, place: str) -> None:
    """Each is named, at the value or the test that is wrong."""
    text = f'list l = ["a"]\npattern p = /a/\nrule use-both when text in l or text matches p then drop\nrule r when {condition}{END}'
    assert found(text, severity="error") == [(name, place)]


def test_a_list_behind_is_is_looked_at_all_the_same(found: Found) -> None:
    """Its entries have their own diagnostics at once, and a list that is named there is used."""
    assert found('rule r when type is [/a/, ""]' + END) == [
        ("is-with-list", 'type is [/a/, ""]'),
        ("wrong-value", "/a/"),
        ("literal-of-nothing", '""'),
    ]
    assert found('list a = ["u1"] rule r when sender is a' + END) == [("is-with-list", "sender is a")]
