"""The registry of diagnostics (language.md section 11)."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.language import CODES

FAMILIES = {
    "1": "text",
    "2": "names",
    "3": "values",
    "4": "reach",
    "5": "templates",
    "6": "configuration",
    "7": "match",
}


def test_codes_are_unique_and_well_formed() -> None:
    """No code stands for two things; each belongs to a family."""
    codes = [code.code for code in CODES.values()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"PRX[1-7]\d\d", code) for code in codes)
    assert {code[3] for code in codes} == set(FAMILIES)


def test_reachability_is_never_an_error() -> None:
    """``PRX4xx`` are warnings."""
    assert {code.severity for code in CODES.values() if code.code.startswith("PRX4")} == {"warning"}


@pytest.mark.parametrize("name", sorted(CODES))
def test_every_code_has_a_sentence_and_advice(name: str) -> None:
    """Both languages say what is wrong and what to do, with the same fields; no full stop ends them."""
    for key in (f"language.{name}", f"language.{name}.help"):
        entry = MESSAGES[key]
        assert entry.zh
        assert entry.en
        assert not entry.zh.endswith("。")
        assert not entry.en.endswith(".")
        assert _fields(entry.zh) == _fields(entry.en)


def test_the_codes_of_the_reference_are_there() -> None:
    """What section 11 names as examples can be reported."""
    named = """unknown-escape unclosed-string foreign-operator foreign-quotes foreign-punctuation missing-word
    keyword-as-name undeclared-name declared-twice unused-name outside-folder include-cycle look-alike-names
    flag-with-operator refused-expression matches-everything wrong-duration unknown-zone empty-list entry-twice past-hours
    lost-blanks never-holds always-holds never-reached same-condition template-syntax forbidden-in-template
    undefined-in-template no-such-group unreadable-file unconfigured-agent sender-not-admitted unused-agent no-otherwise
    chosen-name folded-away contained-literal mixed-scripts""".split()
    assert set(named) <= set(CODES)


def _fields(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}
