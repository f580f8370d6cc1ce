"""The catalogue against the source that speaks through it: no sentence missing, none left over, every field filled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import prx_dingtalk_router
from prx_dingtalk_router.catalogue import LANGUAGES, Text, text
from prx_dingtalk_router.catalogue.messages import AREAS, MESSAGES

SOURCE = Path(prx_dingtalk_router.__file__).parent
KEY = re.compile(rf"(?:{'|'.join(AREAS)})\.[a-z0-9][a-z0-9.-]*")
CHINESE = re.compile(r"[㐀-鿿]")


@cache
def trees() -> dict[str, ast.Module]:
    """Every module that may speak, parsed."""
    files = [path for path in SOURCE.rglob("*.py") if path.parent.name != "catalogue"]
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8")) for path in files}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every node of every module."""
    for name, tree in trees().items():
        for node in ast.walk(tree):
            yield name, node


def words_of(node: ast.AST) -> str | None:
    """The text of a string constant."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def whole_keys() -> dict[str, str]:
    """Keys that stand in the source as they are, with a module that has them."""
    others = {id(piece) for _, node in nodes() if isinstance(node, ast.JoinedStr) for piece in node.values}
    others |= {id(key) for _, node in nodes() if isinstance(node, ast.Dict) for key in node.keys}
    found = ((words_of(node), name) for name, node in nodes() if id(node) not in others)
    return {key: name for key, name in found if key is not None and KEY.fullmatch(key)}


@cache
def composed_keys() -> tuple[re.Pattern[str], ...]:
    """Keys that are put together, as patterns with a group for each part that is filled in."""
    patterns = set()
    for _, node in nodes():
        if isinstance(node, ast.JoinedStr):
            pattern = "".join(
                "(.+)" if (piece := words_of(value)) is None else re.escape(piece) for value in node.values
            )
            if re.match(rf"(?:{'|'.join(AREAS)})\\\.", pattern):
                patterns.add(re.compile(pattern))
    return tuple(patterns)


@cache
def vocabulary() -> frozenset[str]:
    """What a part that is filled in can be: any text or name of a command in the source."""
    texts = {written for _, node in nodes() if (written := words_of(node)) is not None}
    functions = {node.name for _, node in nodes() if isinstance(node, ast.FunctionDef)}
    return frozenset(texts | functions)


def is_spoken(key: str) -> bool:
    """Whether some code can say this sentence."""
    if key in whole_keys():
        return True
    matches = (pattern.fullmatch(key) for pattern in composed_keys())
    return any(match is not None and all(map(is_word, match.groups())) for match in matches)


def is_word(part: str) -> bool:
    """Whether the source holds a text, or two to be joined with a hyphen."""
    cuts = [at for at, character in enumerate(part) if character == "-"]
    known = vocabulary()
    return part in known or any(part[:at] in known and part[at + 1 :] in known for at in cuts)


def fields(template: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def sayings() -> Iterator[tuple[str, str, set[str]]]:
    """Every call with a whole key: where, the key, and the fields it fills."""
    for name, node in nodes():
        if not isinstance(node, ast.Call) or any(keyword.arg is None for keyword in node.keywords):
            continue
        filled = {keyword.arg for keyword in node.keywords if keyword.arg is not None}
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = words_of(node.args[0]) if node.args else None
        if called == "log" and len(node.args) > 1 and (event := words_of(node.args[1])) is not None:
            yield f"{name}:{node.lineno}", f"service.{event}", filled
        elif called == "log_defect" and first is not None:
            yield f"{name}:{node.lineno}", f"service.{first}", filled
        elif first is not None and KEY.fullmatch(first) and (called == "text" or called.endswith("Error")):
            yield f"{name}:{node.lineno}", first, filled


def test_no_sentence_is_missing() -> None:
    """Every key that the source names is in the catalogue."""
    assert {key: module for key, module in whole_keys().items() if key not in MESSAGES} == {}


def test_no_sentence_is_left_over() -> None:
    """Every key of the catalogue is named, or can be put together, somewhere in the source."""
    assert [key for key in MESSAGES if not is_spoken(key)] == []


def test_every_field_is_filled() -> None:
    """Whoever says a sentence fills every field of it."""
    calls = list(sayings())
    assert len(calls) > 200
    short = [
        (place, key, missing)
        for place, key, filled in calls
        if key in MESSAGES and (missing := fields(MESSAGES[key].en) - filled)
    ]
    assert short == []


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same(area: str) -> None:
    """A sentence has the same fields in Chinese and English, and is empty in both if in one."""
    entries = AREAS[area]
    assert entries
    assert [key for key, entry in entries.items() if fields(entry.zh) != fields(entry.en)] == []
    assert [key for key, entry in entries.items() if bool(entry.zh.strip()) != bool(entry.en.strip())] == []


@pytest.mark.parametrize("area", AREAS)
def test_english_holds_no_chinese(area: str) -> None:
    """The English sentences can be shown where no Chinese can, but for quotations of characters."""
    quoted = re.compile(r"`[^`]*`|“[^”]*”|\"[^\"]*\"")
    strange = [key for key, entry in AREAS[area].items() if CHINESE.search(quoted.sub("", entry.en))]
    assert strange == []


def test_every_area_has_its_module() -> None:
    """The areas of the catalogue are its modules; a large area has a second one, ``area_what``."""
    files = {path.stem for path in (SOURCE / "catalogue").glob("*.py")} - {"__init__", "text", "messages"}
    assert {name.partition("_")[0] for name in files} == set(AREAS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_inside_texts_speak_the_same_language(language: str) -> None:
    """A text as parameter is worded in the language of the sentence around it, and lists are joined in its manner."""
    inner = [text("cli.severity.error"), text("cli.severity.warning")]
    shown = Text("cli.unreadable", {"path": "x", "why": inner}).render(language)  # type: ignore[arg-type]
    assert shown.endswith({"zh": "错误、警告", "en": "error, warning"}[language])
