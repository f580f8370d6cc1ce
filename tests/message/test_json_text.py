"""JSON in strings is read leniently."""

from __future__ import annotations

import json
from typing import Any

import pytest

from prx_dingtalk_router.message.json_text import object_of, structure_of


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"a": 1}, {"a": 1}),
        ('{"a": 1}', {"a": 1}),
        (' \n{"a": 1} ', {"a": 1}),
        (json.dumps('{"a": 1}'), {"a": 1}),
        (json.dumps(json.dumps('{"a": 1}')), {"a": 1}),
        ("words", {"content": "words"}),
        ('"words"', {"content": '"words"'}),
        ("[1]", {"content": "[1]"}),
        ("{", {"content": "{"}),
        ("", {"content": ""}),
        (5, {}),
        (None, {}),
        ([{"a": 1}], {"content": [{"a": 1}]}),
    ],
)
def test_an_object_is_found_in_a_string(value: object, found: object) -> None:
    """A string or a list that is no object is the content of one."""
    assert object_of(value) == found


@pytest.mark.parametrize(("value", "found"), [([1], [1]), ("[1]", [1]), ({}, {}), ("1", None), (True, None)])
def test_a_structure_is_a_list_or_an_object(value: object, found: object) -> None:
    """Scalars are none."""
    assert structure_of(value) == found


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("9" * 5_000, "9" * 5_000),
        ("-1e999", "-1e999"),
        ("1" + "0" * 400, 10**400),
        ("NaN", None),
        ("Infinity", None),
    ],
)
def test_a_number_of_any_size_costs_nothing(written: str, kept: Any) -> None:
    """What Python has no number for is kept as its digits, and what is none is nothing."""
    assert object_of(f'{{"a": [{written}, 1]}}') == {"a": [kept, 1]}


@pytest.mark.parametrize("nested", ["[" * 100_000, '{"a":' * 100_000, '"' * 100_000])
def test_what_is_nested_too_deep_is_no_json(nested: str) -> None:
    """It is the words that it is."""
    assert object_of(nested) == {"content": nested}
