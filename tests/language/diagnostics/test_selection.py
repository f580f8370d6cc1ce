"""Which warnings are shown."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics.repeated_warning import RepeatedWarning
from prx_dingtalk_router.language.diagnostics.selection import Selection, codes_of
from prx_dingtalk_router.language.source import Span


def test_the_rest_of_a_kind_goes_with_it() -> None:
    """The diagnostic that counts what is not listed is shown when the kind that it counts is."""
    rest = RepeatedWarning(Span(0, 0), of="PRX203", count=7)
    assert Selection(ignored=frozenset({"PRX203"})).of([rest]) == ()
    assert Selection(selected=frozenset({"PRX203"})).of([rest]) == (rest,)


def test_a_beginning_stands_for_all_that_begin_so() -> None:
    """``PRX20`` is every code from PRX200 to PRX209, and no other."""
    found = codes_of(["PRX20"], "--select")
    assert "PRX203" in found
    assert {code[:5] for code in found} == {"PRX20"}
