"""In which line of a TOML file a key is written: its reader tells that of mistakes in the form only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from prx_dingtalk_router.settings.refusal import RefusedError
from prx_dingtalk_router.settings.toml_file import read_text

_PART = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_KEY = rf"{_PART}(?:\s*\.\s*{_PART})*"
_TABLE = re.compile(rf"\s*\[\s*(?P<key>{_KEY})\s*\]")
_VALUE = re.compile(rf"\s*(?P<key>{_KEY})\s*=\s*(?P<value>.*)")
_LONG_STRINGS = ('"""', "'''")

KeyPath = tuple[str, ...]


def line_of(file: Path, path: Sequence[str]) -> int | None:
    """Return the line in which a key is written, or the table that lacks it; None where that cannot be told.

    Args:
        file: the configuration as it is now.
        path: of the key: ``("agents", "helpdesk", "url")``.
    """
    try:
        lines = dict(_keys(read_text(file)))
    except RefusedError:
        return None
    parents = (tuple(path[:length]) for length in range(len(path), 0, -1))
    return next((lines[parent] for parent in parents if parent in lines), None)


def _keys(source: str) -> Iterator[tuple[KeyPath, int]]:
    """Give each key and table with its line; of one that is written twice the last counts, as in no file that is read."""
    table: KeyPath = ()
    end_of_string: str | None = None
    for number, line in enumerate(source.splitlines(), 1):
        if end_of_string is not None:
            end_of_string = None if end_of_string in line else end_of_string
            continue
        if found := _TABLE.match(line):
            table = _path(found["key"])
            yield from _with_parents(table, (), number)
        elif found := _VALUE.match(line):
            yield from _with_parents((*table, *_path(found["key"])), table, number)
            value = found["value"]
            end_of_string = next(
                (quotes for quotes in _LONG_STRINGS if value.startswith(quotes) and quotes not in value[3:]),
                None,
            )


def _with_parents(path: KeyPath, table: KeyPath, line: int) -> Iterator[tuple[KeyPath, int]]:
    for length in range(len(table) + 1, len(path) + 1):
        yield path[:length], line


def _path(key: str) -> KeyPath:
    """The parts of a key as it is written."""
    inner: Any = tomllib.loads(f"{key} = 0")
    parts = []
    while isinstance(inner, dict):
        ((part, inner),) = inner.items()
        parts.append(part)
    return tuple(parts)
