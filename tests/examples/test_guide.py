"""The guide for rule authors: whatever it shows can be typed as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from prx_dingtalk_router.language import CheckContext, CheckResult, check_rules

GUIDE = (Path(__file__).parents[2] / "docs" / "guide.zh.md").read_text("utf-8")
FENCED = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
BLOCKS = [content for kind, content in FENCED if not kind]
DECLARED = """
list it-staff = ["u1"]
list 名单 = ["报销"]
hours office = mon-fri 09:00-18:00
pattern ticket = /(?P<ticket>[A-Z]{2,5}-\\d+)/
"""
RULE_OF_THE_TEST = "rule ticket when text matches ticket then agent helpdesk\notherwise agent general\n"


def section(title: str) -> str:
    """The text below a heading."""
    return GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def written_in(title: str, column: int) -> list[str]:
    """What a column of the table below a heading shows as code."""
    rows = [row.split(" | ") for row in section(title).splitlines() if row.startswith("| ")]
    return [code for row in rows[1:] for code in re.findall(r"`([^`]+)`", row[column])]


def errors(folder: Path, content: str) -> list[str]:
    """What is wrong with a set of rules, as sentences."""
    (folder / "main.rules").write_text(content, "utf-8")
    result: CheckResult = check_rules(folder / "main.rules", CheckContext())
    return [str(each.message) for each in result.diagnostics if each.is_error]


@pytest.mark.parametrize(
    "condition", [each for each in written_in("条件", 1) if each not in ("and", "or", "not")]
)
def test_each_condition_of_the_table_can_be_typed(condition: str, tmp_path: Path) -> None:
    """A condition stands behind ``when`` as the table shows it."""
    assert errors(tmp_path, f"{DECLARED}rule r when {condition} then drop") == []


@pytest.mark.parametrize("step", [each for each in written_in("步骤", 0) if each[0].isascii()])
def test_each_step_of_the_table_can_be_typed(step: str, tmp_path: Path) -> None:
    """A step stands behind ``then`` as the table shows it; what belongs to a step, behind that step."""
    lead = {"mention": 'reply "x" ', "with": "agent a ", "timeout": "agent a "}.get(step.split()[0], "")
    step = 'reply "x" then next' if step == "next" else step
    assert errors(tmp_path, f"{DECLARED}rule r when group then {lead}{step}") == []


@pytest.mark.parametrize("template", re.findall(r"`(\{[{%][^`]+)`", section("模板")))
def test_each_piece_of_a_template_can_be_typed_into_a_reply(template: str, tmp_path: Path) -> None:
    """A piece of a template stands within the quotes of a reply as the guide shows it; `failure` in that of an `else`."""
    end = "x{% endif %}" if "{% if" in template else ""
    before = "agent a else" if "failure" in template else ""
    if template != "{% endif %}":
        rule = f'rule r when text matches ticket then {before} reply "{template}{end}"'
        assert errors(tmp_path, f"{DECLARED}{rule}") == []


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_each_block_is_sound(block: str, tmp_path: Path) -> None:
    """A block is a set of rules, or becomes one with the files and the rule that it names."""
    (tmp_path / "vip.txt").write_text("u1\n", "utf-8")
    (tmp_path / "people.rules").write_text("# nobody yet\n", "utf-8")
    needed = f"{DECLARED.splitlines()[-1]}\n{RULE_OF_THE_TEST}" if block.startswith("test ") else ""
    assert errors(tmp_path, needed + block) == []
