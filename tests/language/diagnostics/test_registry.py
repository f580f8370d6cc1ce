"""The registry of diagnostics (language.md section 11): one a file, codes that never change, sentences in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from prx_dingtalk_router.language import diagnostics as package
from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.diagnostics.registry import MACHINERY, every_diagnostic

CHINESE = re.compile(r"[㐀-鿿]")
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|\"[^\"]*\"")

ERRORS = """
PRX100 unreadable-file
PRX101 wrong-encoding
PRX102 unexpected
PRX103 unfinished
PRX104 keyword-as-name
PRX105 unclosed-string
PRX106 unknown-escape
PRX107 unclosed-expression
PRX108 unknown-flag
PRX109 malformed-number
PRX110 foreign-operator
PRX111 foreign-quotes
PRX112 foreign-punctuation
PRX113 unknown-character
PRX115 unknown-version
PRX116 misplaced-version
PRX117 no-declaration
PRX118 missing-word
PRX119 foreign-comment
PRX120 unquoted
PRX121 too-deep
PRX122 dotted-name
PRX123 misplaced-description
PRX124 invisible-character
PRX125 needless-punctuation
PRX126 several-values
PRX127 quote-inside
PRX128 quoted-name
PRX129 malformed-name
PRX130 declaration-too-long
PRX131 too-many-mistakes
PRX132 repeated-error
PRX134 file-too-large
PRX135 line-too-long
PRX136 too-many-declarations
PRX137 too-many-expressions
PRX138 too-many-templates
PRX145 misplaced-option
PRX146 chinese-words
PRX201 undeclared-name
PRX202 declared-twice
PRX204 outside-folder
PRX205 include-cycle
PRX206 include-depth
PRX208 wrong-kind-of-name
PRX209 name-cycle
PRX212 unexpected-agent
PRX301 wrong-value
PRX302 is-with-list
PRX303 refused-expression
PRX305 wrong-duration
PRX306 unknown-zone
PRX307 empty-list
PRX311 literal-of-nothing
PRX312 missing-calendar
PRX313 unknown-calendar
PRX314 wrong-time
PRX315 wrong-date
PRX316 wrong-percentage
PRX317 wrong-guard
PRX318 misplaced-step
PRX319 option-twice
PRX321 wrong-test
PRX323 flag-with-operator
PRX324 unknown-field
PRX329 wrong-days
PRX501 template-syntax
PRX502 forbidden-in-template
PRX503 undefined-in-template
PRX504 no-such-group
PRX506 unreadable-template
PRX601 unconfigured-agent
"""
"""What is promised: a code keeps its meaning for ever. New ones are added here; none is changed or taken out."""

WARNINGS = """
PRX114 wide-blank
PRX133 repeated-warning
PRX140 unused-ignore
PRX141 unknown-ignored-code
PRX142 ignored-error
PRX143 incomplete-ignore
PRX203 unused-name
PRX207 look-alike-names
PRX210 used-twice
PRX211 title-twice
PRX213 case-twice
PRX304 matches-everything
PRX308 entry-twice
PRX309 past-hours
PRX310 lost-blanks
PRX320 span-without-time
PRX325 test-without-time
PRX326 unknown-type
PRX327 impossible-id
PRX328 never-busy
PRX401 never-reached
PRX402 same-condition
PRX403 never-holds
PRX404 always-holds
PRX405 covered-rule
PRX406 asked-every-time
PRX407 mixed-and-or
PRX408 mention-in-private
PRX409 guard-without-effect
PRX410 else-in-vain
PRX411 not-or-not
PRX412 never-passes
PRX505 group-may-be-unset
PRX507 foreign-placeholder
PRX508 may-be-empty
PRX602 no-otherwise
PRX603 unused-agent
PRX604 sender-not-admitted
PRX605 chosen-name
PRX606 wordless-message
PRX607 same-agent
PRX608 look-alike-agents
PRX701 folded-away
PRX702 not-in-plain-text
PRX703 ascii-only-class
PRX704 contained-literal
PRX705 mixed-scripts
PRX706 doubled-backslash
PRX707 literal-braces
PRX708 split-code-point
PRX709 foreign-pattern
"""

NOTES = """
PRX139 repeated-note
PRX322 unknown-calendar-year
"""


def promised() -> dict[str, tuple[str, str]]:
    """Code and severity by name, as they were published."""
    return {
        name: (code, severity)
        for severity, table in (("error", ERRORS), ("warning", WARNINGS), ("note", NOTES))
        for code, name in (line.split() for line in table.split("\n") if line)
    }


KINDS = sorted(every_diagnostic().values(), key=lambda kind: kind.code)


def named(kind: type[Diagnostic]) -> str:
    """What a kind is called in the output of tests."""
    return kind.name


def test_codes_are_those_that_were_published() -> None:
    """Names, codes and severities are what scripts and ignore lists hold on to."""
    there = {kind.name: (kind.code, kind.severity) for kind in KINDS}
    assert there == promised()


def test_no_code_is_used_twice() -> None:
    """A code stands for one thing, also among those that were published."""
    codes = [code for code, _ in promised().values()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"PRX[1-7]\d\d", code) for code in codes)


def test_reachability_is_never_an_error() -> None:
    """``PRX4xx`` are warnings."""
    assert {severity for code, severity in promised().values() if code.startswith("PRX4")} == {"warning"}


def test_each_file_holds_the_diagnostic_of_its_name() -> None:
    """``wrong_value.py`` holds ``WrongValue``, and no other class."""
    files = {path.stem for path in Path(package.__file__).parent.glob("*.py")} - MACHINERY - {"__init__"}
    held = {}
    for stem in files:
        tree = ast.parse((Path(package.__file__).parent / f"{stem}.py").read_text("utf-8"))
        held[stem] = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    assert held == {stem: ["".join(word.capitalize() for word in stem.split("_"))] for stem in files}
    assert {kind.__module__.rpartition(".")[2] for kind in KINDS} == files
    assert {kind.name.replace("-", "_") for kind in KINDS} == files


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_fields_have_names_of_their_own(kind: type[Diagnostic]) -> None:
    """No field hides what every diagnostic has; the place comes first."""
    assert kind.__struct_fields__[0] == "span"
    assert [name for name in kind.__struct_fields__[1:] if hasattr(Diagnostic, name)] == []
    assert kind.__struct_config__.frozen


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_sentence_and_advice_speak_both_languages(kind: type[Diagnostic]) -> None:
    """Both say the same with what the diagnostic knows; no full stop ends them; the English needs no Chinese font."""
    for entry in (kind.sentence, kind.advice):
        assert entry.zh
        assert entry.en
        assert not entry.zh.endswith("。")
        assert not entry.en.endswith(".")
        chinese = type(entry)(zh=entry.en, en=entry.zh)
        assert entry.fields() == chinese.fields()
        assert [
            name for name in entry.fields() if name not in kind.__struct_fields__ and not hasattr(kind, name)
        ] == []
        assert CHINESE.search(QUOTED.sub("", entry.en)) is None


def test_the_codes_of_the_reference_are_there() -> None:
    """What section 11 names as examples can be reported."""
    named = """unknown-escape unclosed-string foreign-operator foreign-quotes foreign-punctuation missing-word
    keyword-as-name undeclared-name declared-twice unused-name outside-folder include-cycle look-alike-names
    flag-with-operator refused-expression matches-everything wrong-duration unknown-zone empty-list entry-twice past-hours
    lost-blanks never-holds always-holds never-reached same-condition template-syntax forbidden-in-template
    undefined-in-template no-such-group unreadable-file unconfigured-agent sender-not-admitted unused-agent no-otherwise
    chosen-name folded-away contained-literal mixed-scripts""".split()
    assert set(named) <= set(promised())
