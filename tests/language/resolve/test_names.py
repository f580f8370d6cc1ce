"""Names: declared once, found by kind, nearly right ones suggested (language.md sections 2, 3 and 11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]

END = "\notherwise drop"


def test_the_order_of_declarations_does_not_matter(found: Found) -> None:
    """A name may be used before it is declared."""
    assert (
        found(
            'otherwise drop rule r when c then reply t condition c = text in l list l = ["x"] template t = "y"'
        )
        == []
    )


@pytest.mark.parametrize(
    ("use", "kind"),
    [
        ("text in x", "list"),
        ("text matches x", "pattern"),
        ("during x", "set of hours"),
        ("x", "condition"),
    ],
)
def test_an_undeclared_name_is_an_error_of_its_kind(check: Check, use: str, kind: str) -> None:
    """The sentence says what kind of name is missing."""
    (only,) = check(f"rule r when {use} then drop{END}").diagnostics
    assert (only.name, only.span.text) == ("undeclared-name", "x")
    assert kind in only.message.render("en")


def test_a_nearly_right_name_is_suggested_and_fixed(check: Check) -> None:
    """A suggestion comes with the repair, and the name that was meant does not count as unused."""
    (only,) = check(f'list staff = ["a"]\nrule r when sender in staf then drop{END}').diagnostics
    assert "`staff`" in only.message.render("en")
    fix = only.fix()
    assert fix is not None
    assert fix.edits[0].text == "staff"


@pytest.mark.parametrize(
    "declaration",
    [
        'list x = ["a"]',
        "pattern x = /a/",
        "hours x = daily",
        "condition x = group",
        'template x = "t"',
        "rule x when group then drop",
    ],
)
def test_a_name_declared_twice_shows_both_places(check: Check, declaration: str) -> None:
    """The second is the error, the first stands beside it, also in another file."""
    result = check(f'use "b.rules"\n{declaration}{END}', {"b.rules": declaration})
    (twice,) = (each for each in result.diagnostics if each.name == "declared-twice")
    assert (twice.span.source.name, twice.span.text) == ("main.rules", "x")
    assert twice.related[0].span.source.name == "b.rules"


def test_kinds_have_spaces_of_their_own(found: Found) -> None:
    """The same name may stand for one thing of each kind."""
    assert (
        found(
            'list x = ["a"] pattern x = /a/ hours x = daily condition x = text in x and text matches x and during x '
            'template x = "t" rule x when x then reply x otherwise drop'
        )
        == []
    )


@pytest.mark.parametrize("kind", ["otherwise", "denied"])
def test_at_most_one_otherwise_and_denied(found: Found, kind: str) -> None:
    """A second one is an error."""
    assert ("declared-twice", kind) in found(f"{kind} drop\n{kind} drop{END if kind == 'denied' else ''}")


def test_a_name_of_another_kind_is_told(check: Check) -> None:
    """The declaration that has the name is shown."""
    (only,) = check(f"pattern x = /a/\nrule r when text in x then drop{END}").diagnostics
    assert only.name == "wrong-kind-of-name"
    assert only.related[0].span.begin.line == 1


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("rule r when during x then drop", "`during`"),
        ("rule r when x then drop", "`when`"),
        ("rule r when text in x then drop", "`in`"),
        ("rule r when group then reply x", "`reply`"),
        ('otherwise drop test "t" given "y" expect drop by x', "`by`"),
    ],
)
def test_the_advice_fits_the_kind_that_is_needed(check: Check, text: str, advice: str) -> None:
    """It says where names of that kind stand, and of no other."""
    found = check(f"pattern x = /a/\n{text}").diagnostics
    (only,) = (each for each in found if each.name == "wrong-kind-of-name")
    assert only.help is not None
    assert advice in only.help.render("zh")
    assert advice in only.help.render("en")
    assert "matches" not in only.help.render("en")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("condition a = a rule r when a then drop", "a"),
        ("condition a = b condition b = group and c condition c = not a rule r when a then drop", "a"),
        ('list a = ["x", a] rule r when text in a then drop', "a"),
        ("list a = [b] list b = [a] rule r when text in a then drop", "a"),
    ],
)
def test_a_name_that_refers_to_itself_is_an_error(found: Found, text: str, place: str) -> None:
    """Circles of conditions and lists are reported at the name that closes them."""
    assert ("name-cycle", place) in found(f"{text} otherwise drop")


def test_many_conditions_within_each_other_are_too_deep(found: Found) -> None:
    """A chain of conditions longer than anybody can follow is an error, whichever is asked first."""
    links = [f"condition c{n} = not c{n + 1}" for n in range(400)]
    for order in (links, links[::-1]):
        text = "\n".join([*order, "condition c400 = group", "rule r when c0 then drop", "otherwise drop"])
        assert {name for name, _ in found(text, severity="error")} == {"too-deep"}


def test_many_lists_within_each_other_are_too_deep(found: Found) -> None:
    """As are lists."""
    links = "\n".join(f"list l{n} = [l{n + 1}]" for n in range(400))
    text = f'{links}\nlist l400 = ["x"]\nrule r when text in l0 then drop{END}'
    assert "too-deep" in {name for name, _ in found(text, severity="error")}
