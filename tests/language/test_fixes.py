"""A safe fix removes what it is about and keeps what the rules mean (language.md section 11)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from prx_dingtalk_router.catalogue import LANGUAGES
from prx_dingtalk_router.language import (
    Applicability,
    CheckContext,
    CheckResult,
    Diagnostic,
    Edit,
    check_rules,
)
from prx_dingtalk_router.language.diagnostics.page import page_of
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic

WRONG = Path(__file__).parent / "wrong"
CONTEXT = CheckContext(today=date(2026, 3, 2))

RULES = """
list ads = ["代开发票", "刷单"]
list staff = ["u1", "u2"]
pattern ticket = /(?P<ticket>[A-Z]+-[0-9]+)/
hours office = mon-fri 09:00-12:00 13:30-18:00, sat 10:00-12:00
condition busy = (group and mentioned) or not during office
template hello = "{{ sender.name }}, hello"
rule spam "no advertising" when text contains ads then drop "ads"
rule shadowed shadow when busy and sender in staff then reply hello
rule tracker when group and text matches ticket
  then reply "one moment" at most 1 per 10m per sender
  then agent tracker with "see {{ match.ticket }}" timeout 30s
  else reply "try again"
rule known when text is in ["hi", "hello"] and not sender is "u9" then reply hello mention staff
rule some when 10% of senders or external then reply markdown "**hi**"
rule more when text starts with word "/new" and (private or admin) then forget then reply "done"
otherwise agent general
test "a" given "hi" from "u1" in group "g" expect reply by known
"""

TOKENS = re.compile(r'"(?:\\.|[^"\\\n])*"|/(?:\\.|[^/\\\n])+/|[\w./-]+|[^\s\w]| +|\n')
SLIPS: dict[str, tuple[str, ...]] = {
    ",": ("，", "、"),
    "(": ("（",),
    ")": ("）",),
    "[": ("［", "【"),
    "]": ("］", "】"),
    "=": ("＝",),
    "and": ("&&", "&"),
    "or": ("||", "|"),
    "not": ("!", "！"),
    "09:00-12:00": ("9:00-12:00", "09:00~12:00", "09：00-12：00"),
    "10%": ("１０%",),
    "30s": ("３０s",),
    "\n": ("。\n", "；\n", ";\n", "\u200b\n"),
    " ": ("\u3000", "\u00a0", " \u200b"),
}
"""What people type instead of what is right."""
QUOTES = ("“”", "「」", "''", "””")


def checked(text: str, folder: Path) -> CheckResult:
    """The result for one file."""
    entry = folder / "main.rules"
    entry.touch()
    return check_rules(entry, CONTEXT, overlay={entry.resolve(): text}, base=folder)


def safe_edits(diagnostics: Iterable[Diagnostic]) -> list[tuple[Edit, ...]]:
    """The edits of all safe fixes in the entry file."""
    fixes = (each.fix() for each in diagnostics)
    return [fix.edits for fix in fixes if fix is not None and fix.applicability is Applicability.SAFE]


def applied(text: str, edits: Iterable[Edit], *, blank: bool = False) -> str:
    """The text with edits made; with ``blank``, what they remove becomes as many blanks."""
    for edit in sorted(edits, key=lambda each: each.span.start, reverse=True):
        new = " " * (edit.span.end - edit.span.start) if blank else edit.text
        text = text[: edit.span.start] + new + text[edit.span.end :]
    return text


def mended(text: str, folder: Path) -> str:
    """The text with safe fixes made, one diagnostic after the other, until there is none."""
    for _ in range(50):
        edits = safe_edits(checked(text, folder).diagnostics)
        if not edits:
            return text
        text = applied(text, edits[0])
    raise AssertionError(text)


def meaning(value: object) -> object:
    """Checked rules without the places where they are written."""
    if isinstance(value, Struct):
        fields = (
            field
            for field in value.__struct_fields__
            if field not in ("span", "home", "sources", "fingerprint", "conditions")
        )
        return type(value).__name__, *(meaning(getattr(value, field)) for field in fields)
    return tuple(map(meaning, value)) if isinstance(value, tuple) else value


def sets() -> dict[str, str]:
    """Every wrong set of one file, those of the pages too, by its name."""
    found = {
        path.stem: path.read_text("utf-8") for path in WRONG.glob("*.rules") if path.stem != "wrong-encoding"
    }
    for name, kind in every_diagnostic().items():
        found |= {
            f"{language} page of {name}": page_of(kind, language).wrong["main.rules"]
            for language in LANGUAGES
        }
    return found


def overlaid(text: str) -> CheckResult:
    """The result for one file, before there is a folder for it."""
    entry = WRONG / "always-holds.rules"
    return check_rules(entry, CONTEXT, overlay={entry.resolve(): text})


FIXABLE = {name: text for name, text in sets().items() if safe_edits(overlaid(text).diagnostics)}
"""Those that have a safe fix."""


@pytest.mark.parametrize("name", FIXABLE)
def test_a_safe_fix_removes_what_it_is_about(name: str, tmp_path: Path) -> None:
    """And brings no new error; warnings only where an error kept something from being looked at."""
    text = FIXABLE[name]
    before = checked(text, tmp_path)
    for diagnostic in before.diagnostics:
        for edits in safe_edits([diagnostic]):
            after = checked(applied(text, edits), tmp_path).diagnostics
            left = [each.name for each in before.diagnostics]
            left.remove(diagnostic.name)
            assert [each.name for each in after].count(diagnostic.name) == left.count(diagnostic.name)
            new = [each for each in after if each.name not in left]
            assert not any(each.is_error or not before.errors for each in new)


@pytest.mark.parametrize("name", [name for name in FIXABLE if not overlaid(FIXABLE[name]).errors])
def test_what_a_safe_fix_of_a_warning_leaves_is_the_same_set(name: str, tmp_path: Path) -> None:
    """Rules that could be loaded before decide the same after."""
    text = FIXABLE[name]
    before = checked(text, tmp_path)
    after = checked(mended(text, tmp_path), tmp_path)
    assert meaning(after.rules) == meaning(before.rules)


@st.composite
def slips(draw: st.DrawFn) -> str:
    """The rules with up to three slips of the pen, outside the texts of strings."""
    tokens = TOKENS.findall(RULES)
    places = [at for at, token in enumerate(tokens) if token in SLIPS or token.startswith('"')]
    for at in draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True)):
        quoted = (f"{opening}{tokens[at][1:-1]}{closing}" for opening, closing in QUOTES)
        tokens[at] = draw(st.sampled_from(SLIPS.get(tokens[at]) or [*quoted]))
    return "".join(tokens)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(slips())
def test_slips_of_the_pen_are_mended_to_what_was_meant(tmp_path: Path, text: str) -> None:
    """Whatever is mistyped, the set that its safe fixes give is the one before the slip."""
    result = checked(mended(text, tmp_path), tmp_path)
    assert [str(each.message) for each in result.diagnostics if each.is_error] == []
    assert meaning(result.rules) == meaning(checked(RULES, tmp_path).rules)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(slips())
def test_what_is_removed_is_as_good_as_blank(tmp_path: Path, text: str) -> None:
    """Where a safe fix removes something, blanks in its place mean the same."""
    for edits in safe_edits(checked(text, tmp_path).diagnostics):
        if not any(edit.text.strip() for edit in edits):
            removed = checked(applied(text, edits), tmp_path)
            blank = checked(applied(text, edits, blank=True), tmp_path)
            assert [each.name for each in removed.diagnostics] == [each.name for each in blank.diagnostics]
            assert meaning(removed.rules) == meaning(blank.rules)
