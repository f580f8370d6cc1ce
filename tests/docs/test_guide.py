"""``docs/guide``: the tutorial works word by word, what it shows is what is printed, and both languages say the same."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from prx_dingtalk_router.cli.command_line import command_line
from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.language.syntax.lexer import lex
from tests.docs.documents import DOCS, FENCED, SUFFIXES, anchors, blocks, document
from tests.docs.walkthrough import rewritten

DOCUMENTS = [(name, language) for name in ("guide", "cookbook") for language in SUFFIXES]
INCOMPLETE = {"PRX203", "PRX602"}
"""What a piece alone may be warned of: names that nothing uses yet, and no ``otherwise``."""
VARIES = {"STRING", "TEXT_BLOCK", "REGEX", "NAME", "FOREIGN_QUOTE"}
"""Tokens that a translation may change."""


@pytest.mark.parametrize("language", SUFFIXES)
def test_the_tutorial_prints_what_it_shows(language: str, tmp_path: Path) -> None:
    """Done in a fresh folder, every command prints what the guide shows (``make guide`` writes it again)."""
    assert rewritten(language, tmp_path) == document("guide", language)


@pytest.mark.parametrize(
    ("language", "rules"),
    [
        pytest.param(language, block.content, id=f"{language}-{number}")
        for language in SUFFIXES
        for number, block in enumerate(blocks(document("guide", language)))
        if block.kind == "rules" and not block.about
    ],
)
def test_each_example_is_sound(
    language: str, rules: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An example of the reference has neither errors nor warnings, but for what it leaves to the rest of a file."""
    monkeypatch.setattr(CheckContext, "current_date", lambda _: date(2026, 11, 30))
    (tmp_path / "main.rules").write_text(rules, "utf-8")
    found = check_rules(tmp_path / "main.rules", CheckContext()).diagnostics
    told = [f"{each.code} {each.message.render('en')}" for each in found]
    assert [each for each in told if each.split()[0] not in INCOMPLETE and "PRX322" not in each] == []


def test_both_languages_have_the_same_parts() -> None:
    """Headings, tables, blocks and the shape of what is in the blocks agree."""

    def outline(text: str) -> list[str]:
        without = FENCED.sub("", text)
        lines = [line for line in without.splitlines() if re.match(r"#+ |\|", line)]
        return [re.match(r"#*|\|", line)[0] for line in lines]  # type: ignore[index]

    def shapes(text: str) -> list[object]:
        return [
            [
                token.type if token.type in VARIES else token.value
                for piece in lex(block.content)
                for token in piece.tokens
            ]
            if block.kind == "rules"
            else block.kind
            for block in blocks(text)
        ]

    zh, en = document("guide", "zh"), document("guide", "en")
    assert outline(zh) == outline(en)
    assert shapes(zh) == shapes(en)


@pytest.mark.parametrize(("name", "language"), DOCUMENTS)
def test_links_lead_somewhere(name: str, language: str) -> None:
    """Every link of a document leads to a file, and to a heading of it."""
    text = FENCED.sub("", document(name, language))
    here = f"{name}{SUFFIXES[language]}"
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, heading = target.partition("#")
        path = (DOCS / (file or here)).resolve()
        assert path.is_file(), target
        if heading:
            assert heading in anchors(path.read_text("utf-8")), target


@pytest.mark.parametrize(("name", "language"), DOCUMENTS)
def test_every_command_exists(name: str, language: str) -> None:
    """Each command that a document shows is one that the command line takes, with these options."""
    shown = re.findall(r"(?:^|`|\$ )(prx-router [^`\n]*)", document(name, language), re.MULTILINE)
    assert shown
    for written in shown:
        command, arguments = command_line(), shlex.split(written, comments=True)[1:]
        if arguments == ["--version"]:
            continue
        while hasattr(command, "commands"):
            command = command.commands[arguments.pop(0)]
        command.make_context(str(command.name), arguments)
