"""``docs/cookbook``: each recipe can be copied as it stands, and does what it promises, in both languages."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from prx_dingtalk_router.cli.main import run
from prx_dingtalk_router.language import CheckContext
from prx_dingtalk_router.language.syntax.lexer import lex
from tests.docs.documents import SUFFIXES, Section, anchors, blocks, document, sections

PAGES = {language: document("cookbook", language) for language in SUFFIXES}
RECIPES = {
    language: [each for each in sections(page) if re.match(r"\d+\. ", each.title)]
    for language, page in PAGES.items()
}
ALL = [
    pytest.param(language, recipe, id=f"{language}-{recipe.title.split('.')[0]}")
    for language, recipes in RECIPES.items()
    for recipe in recipes
]
VARIES = {"STRING", "TEXT_BLOCK", "REGEX", "NAME"}
"""Tokens that a translation may change."""
CONFIGURATION = """\
[channels_config.dingtalk]
client_id     = "dingxxxxxxxxxxxxxxxxxx"
client_secret = "${env:DINGTALK_CLIENT_SECRET}"
allowed_users = ["*"]
"""


@pytest.fixture(autouse=True)
def day_of_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dates that the recipes name are ahead, whenever the tests run."""
    monkeypatch.setattr(CheckContext, "current_date", lambda _: date(2026, 11, 30))


def rules_of(recipe: Section, language: str) -> str:
    """The rules of a recipe as a whole set: with the `otherwise` that the page's beginning names, unless it has its own."""
    (rules,) = [each.content for each in recipe.blocks if each.kind == "rules"]
    if re.search(r"^otherwise ", rules, re.MULTILINE):
        return rules
    (otherwise,) = [each.content for each in blocks(PAGES[language]) if each.about == ("otherwise",)]
    before, test, tests = rules.partition("\ntest ")
    return f"{before}\n{otherwise}{test}{tests}"


def set_of(recipe: Section, language: str, folder: Path) -> Path:
    """Write a recipe as a reader would: its rules, the files that it names, and a configuration with its agents."""
    rules = rules_of(recipe, language)
    configuration = CONFIGURATION
    (folder / "rules").mkdir()
    for block in recipe.blocks:
        if block.kind == "text":
            (folder / "rules" / block.about[0]).write_text(block.content, "utf-8")
        elif block.kind == "toml":
            configuration = block.content
    agents = sorted(set(re.findall(r"^\s*(?:then|else|otherwise) agent ([\w-]+)", rules, re.MULTILINE)))
    tables = "".join(
        f'\n[agents.{name}]\nurl = "http://127.0.0.1:{16830 + number}"\n'
        for number, name in enumerate(agents)
    )
    (folder / "rules" / "main.rules").write_text(rules, "utf-8")
    config = folder / "prx-router.toml"
    config.write_text(configuration + tables, "utf-8")
    return config


@pytest.mark.parametrize(("language", "recipe"), ALL)
def test_a_recipe_is_sound(
    language: str, recipe: Section, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A recipe has nothing to find fault with, is laid out as ``fmt`` would, and its tests pass and reach every rule."""
    config = str(set_of(recipe, language, tmp_path))
    # Late in a year nobody knows the make-up days of the next one (PRX322).
    assert run(["validate", "--config", config, "--format", "concise", "--lang", "en"], {}) == 0
    assert [line for line in capfd.readouterr().out.splitlines() if " PRX322 " not in line] == []
    assert run(["fmt", "--check", "--diff", str(tmp_path / "rules"), "--lang", "en"], {}) == 0, (
        capfd.readouterr()
    )
    capfd.readouterr()
    assert run(["test", "--config", config, "--json", "--coverage", "--lang", language], {}) == 0, (
        capfd.readouterr()
    )
    told = json.loads(capfd.readouterr().out)
    assert told["summary"]["passed"] >= 1
    assert told["coverage"]["percent"] == 100, told["coverage"]


def test_both_languages_have_the_same_recipes() -> None:
    """Word for word but for names and texts, the rules of a recipe are the same in both languages."""

    def shape(recipe: Section, language: str) -> list[str]:
        tokens = [token for piece in lex(rules_of(recipe, language)) for token in piece.tokens]
        return [token.type if token.type in VARIES else token.value for token in tokens]

    assert len(RECIPES["zh"]) == len(RECIPES["en"]) >= 30
    for zh, en in zip(RECIPES["zh"], RECIPES["en"], strict=True):
        assert shape(zh, "zh") == shape(en, "en"), (zh.title, en.title)


@pytest.mark.parametrize("language", SUFFIXES)
def test_names_never_clash(language: str) -> None:
    """Whoever copies several recipes into one file has no name declared twice."""
    names = [
        name
        for recipe in RECIPES[language]
        for name in re.findall(
            r"^(?:rule|list|hours|pattern|template|condition) (\S+)", rules_of(recipe, language), re.MULTILINE
        )
    ]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("language", SUFFIXES)
def test_the_table_of_wishes_names_every_recipe(language: str) -> None:
    """Each recipe is found from the table at the beginning, in order."""
    before = PAGES[language].partition("\n## ")[0]
    linked = re.findall(r"\[(\d+)\]\(#([^)]+)\)", before)
    assert [int(number) for number, _ in linked] == [*range(1, len(RECIPES[language]) + 1)]
    assert {target for _, target in linked} <= anchors(PAGES[language])
