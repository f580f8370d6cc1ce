"""Comments that ask for warnings of a line not to be shown (language.md section 11)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.language.diagnostics.fix import SAFE

Found = Callable[..., list[tuple[str, str]]]
UNUSED = ("unused-name", "vip")
REST = "\notherwise drop\n"


@pytest.mark.parametrize(
    "rules",
    [
        'list vip = ["u1"] # prx: ignore PRX203',
        'list vip = ["u1"] #PRX:ignore unused-name',
        'list vip = ["u1"] # prx：ignore 203，PRX203',
        'list vip = ["u1"] # 下周用 # prx: ignore PRX203 # 真的',
        '# prx: ignore PRX203\nlist vip = ["u1"]',
        '# prx: ignore PRX203\n\n# more\r\nlist vip = ["u1"]',
        'list vip = [ # prx: ignore PRX203\n"u1"]',
    ],
)
def test_a_warning_of_its_line_is_not_shown(found: Found, rules: str) -> None:
    """At the end of the line or alone above it, by code or name, in letters of any case, with remarks behind another ``#``."""
    assert found(rules + REST) == []


@pytest.mark.parametrize(
    "rules",
    [
        'list vip = ["u1"]\n# prx: ignore PRX203',
        '# prx: ignore PRX203\nlist other = ["u1"]\nlist vip = ["u1"]',
        'list vip = [\n"u1"] # prx: ignore PRX203',
    ],
)
def test_other_lines_are_not_meant(found: Found, rules: str) -> None:
    """What stands before the comment, or further behind it, is shown, and the comment too where it ignores nothing."""
    assert UNUSED in found(rules + REST)


def test_several_codes(found: Found) -> None:
    """Each code of a comment counts; commas of both kinds part them."""
    rule = 'rule a when text contains ["x", "x", "xy"] then drop'
    told = [name for name, _ in found(rule + REST)]
    assert sorted(told) == ["contained-literal", "entry-twice"]
    assert found(f"{rule} # prx: ignore PRX704，PRX308{REST}") == []
    assert [name for name, _ in found(f"{rule} # prx: ignore PRX704{REST}")] == ["entry-twice"]


def test_a_text_block_is_one_with_its_lines(found: Found) -> None:
    """What is found within a text of several lines is ignored from where it begins or ends, or from above."""
    rule = 'rule a when text is "x" {0}\n then reply """{1}\n${{姓名}}\n"""{2}\n'
    plain = found(rule.format("", "", "") + REST)
    assert [name for name, _ in plain] == ["foreign-placeholder"]
    comment = "# prx: ignore PRX507"
    assert found(rule.format("", "", comment) + REST) == []
    assert found(rule.format(f"\n{comment}", "", "") + REST) == []
    assert found(rule.format("", f"\n{comment}", "") + REST) == plain


def test_errors_stay(found: Found) -> None:
    """An error is shown all the same, and that it cannot be ignored; ignored warnings are no matter then."""
    told = found('rule a when sender in vop then drop # prx: ignore PRX201, PRX203\nlist b = ["x"]' + REST)
    assert [name for name, _ in told] == ["undeclared-name", "ignored-error", "unused-name"]


@pytest.mark.parametrize("written", ['reply "# prx: ignore PRX203"', 'reply """\n# prx: ignore\n"""'])
def test_what_stands_in_a_string_is_no_comment(found: Found, written: str) -> None:
    """A text that reads like such a comment is a text."""
    assert found(f'rule a when text is "x" then {written}{REST}') == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("otherwise drop # prx: ignore PRX203\n", "otherwise drop\n"),
        ("otherwise drop\n  # prx: ignore PRX203\n", "otherwise drop\n"),
        ("otherwise drop # prx: ignore PRX203 # x\n", "otherwise drop # x\n"),
        ("# prx: ignore PRX203, PRX602,PRX204\notherwise drop", "otherwise drop"),
        ("otherwise drop\n# prx: ignore unused-name", "otherwise drop\n"),
        (
            'list a = ["x"] # prx: ignore PRX602， PRX203\notherwise drop',
            'list a = ["x"] # prx: ignore PRX203\notherwise drop',
        ),
    ],
)
def test_what_ignores_nothing_is_removed(tmp_path: Path, before: str, after: str) -> None:
    """The fixes are safe, leave what is of use, and nothing is left to report when they are made."""
    path = tmp_path / "main.rules"
    text = before
    for _ in range(5):
        path.write_text(text, "utf-8")
        diagnostics = check_rules(path).diagnostics
        fixes = [fix for each in diagnostics if (fix := each.fix()) is not None]
        if not fixes:
            break
        assert fixes[0].applicability is SAFE
        (edit,) = fixes[0].edits
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert (text, diagnostics) == (after, ())


def test_what_is_only_looked_for_under_a_configuration(found: Found) -> None:
    """Without a configuration a comment about senders who are not admitted is left alone; with one it is of no use."""
    rules = 'rule a when sender is "u2" then drop # prx: ignore PRX604' + REST
    assert found(rules) == []
    everybody = CheckContext(agents=frozenset(), allowed_users=("*",))
    assert [name for name, _ in found(rules, context=everybody)] == ["unused-ignore"]
    nobody = CheckContext(agents=frozenset(), allowed_users=("u1",))
    assert found(rules, context=nobody) == []


def test_ignored_ones_are_not_counted_among_many(found: Found) -> None:
    """Thirty that are shown are listed, however many are ignored before them."""
    rules = "".join(f'list l{n} = ["x"] # prx: ignore PRX203\n' for n in range(40))
    assert found(rules + 'list vip = ["x"]' + REST) == [UNUSED]


def test_notes_can_be_ignored(found: Found) -> None:
    """A note is kept back like a warning."""
    context = CheckContext(calendar="CN", today=date(2098, 5, 1))
    rules = 'hours h = workdays # prx: ignore PRX322\nrule a when during h and text is "x" then drop'
    assert found(rules + REST, context=context) == []
