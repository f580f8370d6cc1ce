"""Diagnostics as plain data."""

from __future__ import annotations

import pickle
from enum import Enum
from pathlib import Path

import pytest

from prx_dingtalk_router.catalogue import Text, Wording
from prx_dingtalk_router.language import CheckContext, Diagnostic, check_rules
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.unused_name import UnusedName
from prx_dingtalk_router.language.source import Home, Place, Span
from prx_dingtalk_router.templates import TemplateProblem

WRONG = Path(__file__).parent.parent / "wrong"
PLAIN = (str, int, float, bool, type(None), Span, Text, Wording, Enum, TemplateProblem)
SETS = sorted(path for path in WRONG.glob("*.rules"))


def fields(diagnostic: Diagnostic) -> list[object]:
    """The values of all fields, and those in tuples."""
    values = [getattr(diagnostic, name) for name in diagnostic.__struct_fields__]
    return [each for value in values for each in (value if isinstance(value, tuple) else (value,))]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_diagnostic_can_be_stored(path: Path) -> None:
    """Its fields are texts, numbers, places and tuples of them, and it says the same when it comes back."""
    for diagnostic in check_rules(path, CheckContext(), base=WRONG).diagnostics:
        assert [value for value in fields(diagnostic) if not isinstance(value, PLAIN)] == []
        back = pickle.loads(pickle.dumps(diagnostic))  # noqa: S301
        assert type(back) is type(diagnostic)
        for language in ("zh", "en"):
            assert back.message.render(language) == diagnostic.message.render(language)
            assert back.help.render(language) == diagnostic.help.render(language)


def test_sentences_are_filled_from_fields_and_properties() -> None:
    """A kind is a word in the fields and a phrase in the sentence."""
    unused = UnusedName(Span(0, 1), "list", "staff")
    assert unused.message.render("en") == "the list `staff` is never used"
    assert unused.message.render("zh") == "列表 `staff` 没有被用到"
    assert (unused.name, unused.code, unused.is_error) == ("unused-name", "PRX203", False)


def test_the_collector_gives_places_in_the_file() -> None:
    """A diagnostic of a declaration says where in it; the file and the offset come from the declaration at hand."""
    diagnostics = Diagnostics()
    with diagnostics.within(Home("a.rules", 100)):
        diagnostics.add(UnusedName(Span(5, 9), "list", "staff"))
    assert diagnostics.places[0] == Place(105, 109, "a.rules")
