"""Characters that folding drops (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]

Found = Callable[..., list[tuple[str, str]]]


END = " then drop\notherwise drop"


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
