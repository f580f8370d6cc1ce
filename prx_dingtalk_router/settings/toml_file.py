"""Reading a TOML file that a person wrote, and saying where it is not one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.settings.refusal import RefusedError

_MOST_BYTES = 4 * 1024 * 1024
_MOST_LEVELS = 32
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
# How tomllib (Python 3.11 to 3.14) begins its messages, and the sentence for each.
_REASONS = {
    "Invalid value": "settings.toml-value",
    "Expected '=' after": "settings.toml-equals",
    "Cannot overwrite a value": "settings.toml-twice",
    "Cannot declare": "settings.toml-twice",
    "Duplicate inline table key": "settings.toml-twice",
    "Cannot mutate immutable namespace": "settings.toml-twice",
    "Unterminated string": "settings.toml-string",
    "Illegal character": "settings.toml-string",
    "Expected '\"'": "settings.toml-string",
    "Unescaped '\\' in a string": "settings.toml-escape",
    "Invalid hex value": "settings.toml-escape",
    "Expected ']'": "settings.toml-bracket",
    "Unclosed": "settings.toml-bracket",
    "Expected newline or end of document": "settings.toml-rest",
}
_FULL_WIDTH = "“”‘’「」＝＂＇［］｛｝，．：＃　"


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of the TOML file at ``path``.

    Args:
        path: the file; UTF-8, with or without a byte order mark.

    Returns:
        What ``tomllib`` makes of it.

    Raises:
        RefusedError: the file cannot be read, is not UTF-8, or is not TOML; the sentence has the line.
    """
    source = read_text(path)
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        refused = _syntax(source, str(error))
    except RecursionError:
        refused = RefusedError("settings.toml-deep")
    else:
        if not _deeper(tables, _MOST_LEVELS):
            return tables
        refused = RefusedError("settings.toml-deep")
    raise refused


def read_text(path: Path) -> str:
    """The text of the TOML file at ``path``.

    Raises:
        RefusedError: the file cannot be read, or is not UTF-8.
    """
    return _decoded(read_bytes(path, _MOST_BYTES))


def read_bytes(path: Path, most: int) -> bytes:
    """The bytes of the file at ``path``, of which there may be ``most``.

    Raises:
        RefusedError: there is no such file, it is a folder, it may not be read, or it is too big.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        refused = RefusedError("settings.no-such-file", path=path)
    except IsADirectoryError:
        refused = RefusedError("settings.is-a-folder", path=path)
    except PermissionError:
        kind = "settings.is-a-folder" if path.is_dir() else "settings.no-permission"
        refused = RefusedError(kind, path=path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        refused = RefusedError("settings.unreadable", path=path, reason=reason)
    else:
        if len(content) <= most:
            return content
        refused = RefusedError("settings.too-big", path=path, most=most)
    raise refused


def _deeper(tables: dict[str, Any], most: int) -> bool:
    """Whether values lie in one another more than ``most`` deep; a dotted key can do that in one line."""
    level: list[Any] = [tables]
    for _ in range(most):
        level = [
            inner
            for value in level
            if isinstance(value, (dict, list))
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
    return bool(level)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refused = RefusedError("settings.not-utf8", line=content.count(b"\n", 0, error.start) + 1)
    raise refused


def _syntax(source: str, message: str) -> RefusedError:
    lines = source.splitlines() or [""]
    place = _PLACE.search(message)
    if place is not None and place[1]:
        line, column = int(place[1]), int(place[2])
    else:
        line = max((number for number, content in enumerate(lines, 1) if content.strip()), default=1)
        column = len(lines[line - 1]) + 1
    written = lines[line - 1] if line <= len(lines) else ""
    return RefusedError(
        "settings.toml-syntax", line=line, column=column, reason=_reason(message, written, column)
    )


def _reason(message: str, written: str, column: int) -> Text:
    at = written[column - 1 : column]
    if at and at in _FULL_WIDTH:
        return text("settings.toml-full-width", character=at)
    if written[column - 1 :].lstrip()[:1].isalpha() and not written[column - 1 :].lstrip()[:1].isascii():
        return text("settings.toml-quote-key")
    for beginning, key in _REASONS.items():
        if message.startswith(beginning):
            return text(key)
    return text("settings.toml-other")
