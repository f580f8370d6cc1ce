"""The reference in ``docs/guide``: its tables name all that the language has, and whatever they show can be typed as it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from prx_dingtalk_router.decision.failure import FailureKind
from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.language.source import located
from prx_dingtalk_router.language.syntax.build.conditions import OPERATORS
from prx_dingtalk_router.language.syntax.keywords import HOURS_WORDS, OPENERS, PHRASES
from prx_dingtalk_router.message import FIELDS
from prx_dingtalk_router.templates.filters import FILTERS
from prx_dingtalk_router.templates.names import NAMES
from tests.docs.documents import FENCED, SUFFIXES, document

GUIDES = {language: document("guide", language) for language in SUFFIXES}
GRAMMAR = (Path(__file__).parents[2] / "grammar" / "prx_rules.lark").read_text("utf-8")
HEADINGS = {
    "declarations": ("可以写哪些东西", "What may be written"),
    "fields": ("消息里有什么", "What a message has"),
    "conditions": ("条件", "Conditions"),
    "regexes": ("表达式", "Expressions"),
    "hours": ("时间", "Hours"),
    "steps": ("步骤", "Steps"),
    "busy": ("智能体忙着的时候", "While an agent is busy"),
    "failures": ("没做成的原因", "Why it was not done"),
    "templates": ("模板", "Templates"),
    "tests": ("测试", "Tests"),
}
DECLARED = {
    "zh": """
list vip = ["u1"]
list 名单 = ["报销"]
hours 上班 = mon-fri 09:00-18:00
condition 群里忙 = group and during 上班
pattern 工单号 = /(?P<ticket>[A-Z]{2,5}-\\d+)/
template 欢迎 = "您好"
rule 外人 when external then drop
rule 合同试运行 shadow when text is "合同" then drop
""",
    "en": """
list vip = ["u1"]
list words = ["expenses"]
hours office = mon-fri 09:00-18:00
condition busy-group = group and during office
pattern ticket = /(?P<ticket>[A-Z]{2,5}-\\d+)/
template welcome = "Hello"
rule outsiders when external then drop
rule contracts shadow when text is "contract" then drop
""",
}
WORDS = {
    **dict.fromkeys(("名称", "NAME"), "x"),
    **dict.fromkeys(("条件", "CONDITION"), "group"),
    **dict.fromkeys(("步骤", "STEP"), 'reply "x"'),
}
"""What stands for the words of the table of declarations that stand for something."""
BEFORE_OPTIONS = {"mention": 'reply "x"', "at": 'reply "x"', "else": 'reply "x"'}
"""What a piece of a step stands behind, unless it is an agent."""


def section(name: str, language: str) -> str:
    """What stands below a heading of any level, up to the next one."""
    title = HEADINGS[name][[*SUFFIXES].index(language)]
    whole = GUIDES[language]
    (match,) = re.finditer(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", whole, re.MULTILINE | re.DOTALL)
    return match[1]


def tables(name: str, language: str) -> list[list[list[str]]]:
    """The tables of a section: rows of cells, as they are written."""
    text = FENCED.sub("", section(name, language))
    found = []
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        rows = [re.split(r"(?<!\\)\|", row.strip("|")) for row in table.splitlines()]
        found.append([[cell.strip().replace("\\|", "|") for cell in row] for row in rows[2:]])
    return found


def codes(name: str, language: str, table: int = 0, column: int = 0) -> list[str]:
    """What a column of a table shows as code."""
    return [code for row in tables(name, language)[table] for code in re.findall(r"`([^`]+)`", row[column])]


def problems(folder: Path, language: str, pieces: Sequence[str]) -> list[tuple[str, str]]:
    """What is wrong with pieces of rules beside what the examples name: each error with the piece that it is in."""
    lines = "\n".join(re.sub(r"\s*\n\s*", " ", piece) for piece in pieces)
    (folder / "main.rules").write_text(f"{lines}\n{DECLARED[language]}", "utf-8")
    found = check_rules(folder / "main.rules", CheckContext()).diagnostics
    return [
        (pieces[located(each.span).begin.line - 1], each.message.render("en"))
        for each in found
        if each.is_error
    ]


def alternatives(rule: str) -> set[str]:
    """What a rule of the grammar offers, by the names of its branches."""
    (body,) = re.findall(rf"^\?*{rule}: (.*?)(?=^\S|\Z)", GRAMMAR, re.MULTILINE | re.DOTALL)
    return {
        part.split("->")[-1].strip()
        for part in body.split("|")
        if "->" in part or re.fullmatch(r"\s*\w+\s*", part)
    }


@pytest.mark.parametrize("language", SUFFIXES)
def test_every_field_has_its_row(language: str) -> None:
    """The table has the fields of the code, no others, each as the kind that it is."""
    words = {
        "zh": {"文字": "text", "编号": "id", "成立或不成立": "flag"},
        "en": {"text": "text", "id": "id", "holds or not": "flag"},
    }
    (table,) = tables("fields", language)
    shown = {row[0].strip("`"): words[language][row[2]] for row in table}
    assert shown == {name: field.kind for name, field in FIELDS.items()}


@pytest.mark.parametrize("language", SUFFIXES)
def test_every_operator_is_shown(language: str) -> None:
    """Each way to compare stands in the table of conditions, negated ones too; so do percentages, hours, names and words between tests."""
    shown = [re.sub(r"^\S+ ", "", each) for each in codes("conditions", language)]
    phrases = {kind: kind.replace("_", " ") for kind in OPERATORS}
    missing = [
        phrase
        for phrase in phrases.values()
        if not any(
            each.startswith(phrase)
            and not any(
                other.startswith(phrase) and each.startswith(other)
                for other in phrases.values()
                if other != phrase
            )
            for each in shown
        )
    ]
    assert missing == []
    written = " ".join(codes("conditions", language))
    assert [
        word
        for word in ("and", "or", "not", "always", "senders", "conversations", "messages", "during")
        if not re.search(rf"\b{word}\b", written)
    ] == []


@pytest.mark.parametrize("language", SUFFIXES)
def test_every_declaration_has_its_row(language: str) -> None:
    """Each word that opens a declaration is in the table."""
    assert {each.split()[0] for each in codes("declarations", language)} == OPENERS


@pytest.mark.parametrize("language", SUFFIXES)
def test_every_step_has_its_row(language: str) -> None:
    """The steps, and what may be added to one, are those of the grammar."""
    assert {each.split()[0] for each in codes("steps", language)} == alternatives("step")
    options = {each.split()[0] for each in codes("steps", language, 1)}
    assert options == {each.split("_")[0] for each in alternatives("_agent_option")} | {
        "mention",
        "at",
        "else",
    }
    modes = {each.split("while busy ")[1].split()[0] for each in codes("busy", language)}
    assert modes == PHRASES["BUSY"] | {"reply"}
    added = " ".join(codes("steps", language, 1))
    assert [
        each for each in ("sender", "conversation", "message") if f"session per {each}" not in added
    ] == []
    assert [each for each in (*PHRASES["PROGRESS"], "none") if f"progress {each}" not in added] == []


@pytest.mark.parametrize("language", SUFFIXES)
def test_every_option_of_a_test_has_its_row(language: str) -> None:
    """What may follow ``given``, and what may be expected, are those of the grammar."""
    shown = {"_".join(re.sub(r'"[^"]*"|\d+ times', "", each).split()) for each in codes("tests", language, 0)}
    assert {each.removeprefix("in_") for each in shown} == {
        each.removeprefix("given_") for each in alternatives("given_option")
    }
    outcomes = {each.split()[1] for each in codes("tests", language, 1) if each.startswith("expect ")}
    assert outcomes == {each.removeprefix("expect_") for each in alternatives("outcome")}


@pytest.mark.parametrize("language", SUFFIXES)
def test_every_day_has_its_row(language: str) -> None:
    """All words for days are shown."""
    assert set(codes("hours", language)) >= HOURS_WORDS


@pytest.mark.parametrize("language", SUFFIXES)
def test_every_name_of_templates_has_its_row(language: str) -> None:
    """The names and filters are those of the code, and so are the names of failures, in both languages."""
    names = {each.strip("{ }").partition(".")[::2] for each in codes("templates", language)}
    expected = {(name, part) for name, parts in NAMES.items() for part in parts or ("",)} - {("match", "")}
    assert names - {("match", "ticket")} == expected
    filters = {re.findall(r"\|(\w+)", each)[0] for each in codes("templates", language, 1)}
    assert filters == set(FILTERS)
    rows = [frozenset(re.findall(r"`([^`]+)`", " ".join(row[:2]))) for row in tables("failures", language)[0]]
    assert rows == [kind.names for kind in FailureKind]


@pytest.mark.parametrize("language", SUFFIXES)
def test_each_declaration_can_be_typed(language: str, tmp_path: Path) -> None:
    """A declaration stands in a file as the table shows it, with real conditions and steps for the words that stand for them."""
    (tmp_path / "people.rules").write_text("# nobody yet\n", "utf-8")
    for file in ("vip.txt", "welcome.md"):
        (tmp_path / file).write_text("u1\n", "utf-8")
    for written in codes("declarations", language):
        for word, meant in WORDS.items():
            written = re.sub(rf"(?<!\w){word}(?!\w)", lambda _, meant=meant: meant, written)
        name = re.match(r"(?:list|hours|pattern|template|condition) (\S+)", written)
        needless = rf"^\w+ {re.escape(name[1])} = .*$" if name else "^$"
        declared = re.sub(needless, "", DECLARED[language], flags=re.MULTILINE)
        (tmp_path / "main.rules").write_text(f"{written}\n{declared}", "utf-8")
        found = check_rules(tmp_path / "main.rules", CheckContext()).diagnostics
        assert [each.message.render("en") for each in found if each.is_error] == [], written


@pytest.mark.parametrize("language", SUFFIXES)
def test_each_condition_and_regex_can_be_typed(language: str, tmp_path: Path) -> None:
    """A condition stands behind ``when`` as the table shows it, and an expression behind ``matches``."""
    conditions = [
        *codes("conditions", language),
        *(f"text matches {each}" for each in codes("regexes", language, column=2)),
    ]
    rules = [f"rule r{number} when {each} then drop" for number, each in enumerate(conditions)]
    assert len(rules) > 40
    assert problems(tmp_path, language, rules) == []


@pytest.mark.parametrize("language", SUFFIXES)
def test_each_way_to_say_days_can_be_typed(language: str, tmp_path: Path) -> None:
    """Days stand in ``hours`` as the table shows them."""
    hours = [
        f'hours h{number} = {days} calendar "CN"' for number, days in enumerate(codes("hours", language))
    ]
    assert problems(tmp_path, language, hours) == []


@pytest.mark.parametrize("language", SUFFIXES)
def test_each_step_can_be_typed(language: str, tmp_path: Path) -> None:
    """A step stands behind ``then`` as the table shows it; what is added to a step, behind one."""
    rules = []
    for number, step in enumerate(
        [*codes("steps", language), *codes("steps", language, 1), *codes("busy", language)]
    ):
        word = step.split()[0]
        lead = "" if word in alternatives("step") else BEFORE_OPTIONS.get(word, "agent helper")
        step = 'reply "x" then next' if step == "next" else step
        rules.append(f"rule r{number} when group then {lead} {step}")
    assert problems(tmp_path, language, rules) == []


@pytest.mark.parametrize("language", SUFFIXES)
def test_each_piece_of_a_template_can_be_typed(language: str, tmp_path: Path) -> None:
    """A piece of a template stands in a reply as the table shows it; `failure` in that of an `else`."""
    pattern = "工单号" if language == "zh" else "ticket"
    rules = [
        f'rule r{number} when text matches {pattern} then agent a else reply "{each}"'
        for number, each in enumerate([*codes("templates", language), *codes("templates", language, 1)])
    ]
    assert problems(tmp_path, language, rules) == []


@pytest.mark.parametrize("language", SUFFIXES)
def test_each_part_of_a_test_can_be_typed(language: str, tmp_path: Path) -> None:
    """What is added to ``given``, and what is expected, stand as the tables show them."""
    given = [
        f'test "{number}" given "x" {each} expect drop'
        for number, each in enumerate(codes("tests", language))
    ]
    expected = [
        f'test "e{number}" given "x" from "u1" {each}'
        for number, each in enumerate(codes("tests", language, 1))
        if each.startswith("expect ")
    ]
    agents = [f"rule agent-{name} when admin then agent {name}" for name in ("finance", "helper")]
    assert problems(tmp_path, language, [*agents, *given, *expected]) == []
