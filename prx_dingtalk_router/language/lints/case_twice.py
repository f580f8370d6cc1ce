"""Cases of tests that say what another says: no change of the rules could fail one of them alone (language.md section 9)."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.case_twice import CaseTwice
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.source import Place


def case_twice(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the later one: the same message, and nothing expected that was not expected before."""
    seen: dict[object, tuple[Place, str]] = {}
    for test, case in linted.rules.cases():
        place = test.home.place(case.span)
        earlier = seen.setdefault((case.given, case.again, case.expects), (place, test.title))
        if earlier[0] is not place:
            diagnostics.add(CaseTwice(place, earlier[1], earlier[0]))
