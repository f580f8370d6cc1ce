"""``${env:NAME}`` and ``${file:PATH}`` inside strings: values that are kept outside the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from prx_dingtalk_router.settings.refusal import RefusedError
from prx_dingtalk_router.settings.toml_file import read_bytes

_MOST_BYTES = 64 * 1024
_PLACEHOLDER = re.compile(r"\$\{(?:(?P<kind>[A-Za-z]+):(?P<name>[^{}]*)|(?P<bare>[A-Z_][A-Z0-9_]*))\}")
_UNCLOSED = re.compile(r"\$\{(?:env|file):[^{}]*(?![^{}]*\})")


def placeholders(written: str) -> tuple[str, ...]:
    """The placeholders in ``written``, in order, as written."""
    return tuple(found[0] for found in _PLACEHOLDER.finditer(written))


def named_file(placeholder: str) -> str | None:
    """The path in ``${file:PATH}``, as written; ``None`` for another placeholder."""
    found = _PLACEHOLDER.fullmatch(placeholder)
    return found["name"].strip() if found is not None and found["kind"] == "file" else None


def filled(written: str, environ: Mapping[str, str], base: Path) -> str:
    """``written`` with its placeholders replaced; what they give is not searched again.

    Args:
        written: a string of the configuration.
        environ: the environment for ``${env:NAME}``.
        base: the folder that the paths of ``${file:PATH}`` start from.

    Returns:
        The string; of files the text without white space at its ends.

    Raises:
        RefusedError: a variable or file is missing or unreadable, or a placeholder is written wrongly.
            The sentence names the variable or file, never what is in it.
    """
    if _UNCLOSED.search(_PLACEHOLDER.sub("", written)):
        raise RefusedError("settings.placeholder-open")
    return _PLACEHOLDER.sub(lambda found: _value(found, environ, base), written)


def _value(found: re.Match[str], environ: Mapping[str, str], base: Path) -> str:
    kind, name = found["kind"], found["name"]
    if found["bare"]:
        raise RefusedError("settings.placeholder-bare", name=found["bare"])
    if kind not in ("env", "file"):
        raise RefusedError("settings.placeholder-kind", kind=kind)
    if not name.strip():
        raise RefusedError("settings.placeholder-name", kind=kind)
    if kind == "env":
        if name not in environ:
            raise RefusedError("settings.variable-missing", name=name)
        return environ[name]
    return _content(base / name.strip())


def _content(path: Path) -> str:
    content = read_bytes(path, _MOST_BYTES)
    try:
        return content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        refused = RefusedError("settings.file-not-utf8", path=path)
    raise refused
