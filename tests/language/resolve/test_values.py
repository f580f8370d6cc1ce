"""Values: lists flattened, literals folded, regexes read (language.md sections 3 to 5)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult, RuleSet

Check = Callable[..., CheckResult]
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


def test_blanks_lost_at_the_ends_are_warned_about_with_a_fix(check: Check) -> None:
    """`" hr "` finds `hr` in the middle of a word."""
    (only,) = check('rule r when text contains " hr "' + END).diagnostics
    assert (only.name, only.severity) == ("lost-blanks", "warning")
    fix = only.fix()
    assert fix is not None
    assert fix.edits[0].text == '"hr"'


@pytest.mark.parametrize("field", ["sender", "type"])
def test_blanks_of_ids_are_kept(found: Found, field: str) -> None:
    """Ids are compared exactly."""
    assert found(f'rule r when {field} is " x "{END}') == []


def test_invisible_characters_are_warned_about_with_a_fix(check: Check) -> None:
    """A zero-width space, pasted along, is dropped when it is compared."""
    (only,) = check('rule r when text contains "V\u200bPN"' + END).diagnostics
    assert only.name == "folded-away"
    assert "U+200B" in only.message.render("zh")
    fix = only.fix()
    assert fix is not None
    assert fix.edits[0].text == '"VPN"'


@pytest.mark.parametrize(
    ("literal", "dropped", "fixed"),
    [
        ("代\u0336开\u0336", "U+0336", "代开"),
        ("1\ufe0f\u20e3", "U+20E3", "1"),
        ("caf\u00e9 e\u0336", None, None),
    ],
)
def test_marks_that_folding_drops_are_warned_about(
    check: Check, literal: str, dropped: str | None, fixed: str | None
) -> None:
    """Marks on CJK letters and enclosing marks make no difference, so the literal is written without them."""
    found = check(f'rule r when text contains "{literal}"' + END).diagnostics
    assert [each.name for each in found] == ["folded-away"][: 1 if dropped else 0]
    if dropped is not None:
        assert dropped in found[0].message.render("en")
        fix = found[0].fix()
        assert fix is not None
        assert fix.edits[0].text == f'"{fixed}"'


def test_marks_inside_emoji_are_nobodys_mistake(found: Found) -> None:
    """Keyboards put variation selectors and joiners into emoji."""
    assert found('rule r when text contains ["❤️", "👨‍👩‍👧"]' + END) == []


def test_mixed_scripts_in_a_word_are_warned_about(found: Found) -> None:
    """A Cyrillic letter in a Latin word looks right and finds nothing."""
    assert found('rule r when text contains ["аdmin", "VPN密码", "привет", "Ωmega"]' + END) == [
        ("mixed-scripts", '"аdmin"'),
        ("mixed-scripts", '"Ωmega"'),
    ]


@pytest.mark.parametrize(
    ("operator", "entries", "reported"),
    [
        ("contains", '["发票", "代开发票"]', ['"代开发票"']),
        ("starts with", '["发票", "代开发票"]', []),
        ("starts with", '["/new", "/newer"]', ['"/newer"']),
        ("ends with", '["吗", "好吗"]', ['"好吗"']),
        ("contains word", '["hr", "hr desk"]', []),
        ("contains all", '["a", "ab"]', []),
        ("in", '["a", "ab"]', []),
    ],
)
def test_an_entry_that_holds_a_shorter_one_is_warned_about(
    found: Found, operator: str, entries: str, reported: list[str]
) -> None:
    """Only where the shorter one finds all that the longer one finds."""
    assert found(f"rule r when text {operator} {entries}{END}") == [
        ("contained-literal", each) for each in reported
    ]


def test_nothing_is_not_told_to_stand_in_a_list_twice(found: Found) -> None:
    """That it can match nothing is all that is wrong with it."""
    text = 'rule r when text in ["", "\u3000", ""]' + END
    assert {name for name, _ in found(text)} == {"literal-of-nothing"}


def test_an_entry_twice_is_a_warning_with_the_first_place(check: Check) -> None:
    """Both places are shown."""
    (only,) = check('list a = ["x", "y", "x"]\nrule r when sender in a' + END).diagnostics
    assert (only.name, only.span.begin.column) == ("entry-twice", 21)
    assert only.related[0].span.begin.column == 11


@pytest.mark.parametrize(("field", "codes"), [("text", [("entry-twice", '"ＶＰＮ"')]), ("sender", [])])
def test_entries_that_are_one_when_compared_are_warned_about(
    check: Check, field: str, codes: list[tuple[str, str]]
) -> None:
    """Full and half width are one for a text, in a list of its own too; for an id they are two."""
    for text in (
        f'list a = ["vpn", "ＶＰＮ"] rule r when {field} in a',
        f'rule r when {field} in ["vpn", "ＶＰＮ"]',
    ):
        result = check(text + END)
        assert [(each.name, each.span.text) for each in result.diagnostics] == codes
        assert all("`vpn`" in each.message.render("zh") for each in result.diagnostics)


def test_an_entry_with_a_mistake_is_reported_for_that_alone(found: Found) -> None:
    """What stands for a string that was not understood is nothing to compare."""
    assert found(r'rule r when text contains ["a\q", "a\q", "a"]' + END) == [("unknown-escape", "\\q")] * 2


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
