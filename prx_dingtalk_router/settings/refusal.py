"""How a value says what is wrong with it, and how keys and files are written in that sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from prx_dingtalk_router.catalogue import Text, text

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class RefusedError(ValueError):
    """A value that a key cannot have. Its sentence never holds the value, which may be a secret.

    Args:
        key: key of the sentence in the catalogue.
        **params: what its fields are filled with.
    """

    def __init__(self, key: str, /, **params: object) -> None:
        super().__init__(key)
        self.text = Text(key, params)


def dotted(path: Sequence[str | int]) -> str:
    """``path`` as TOML writes it: ``agents."客服".url``; parts that are not bare keys are quoted."""
    return ".".join(_part(str(part)) for part in path)


def located(where: object, path: Sequence[str | int], what: Text) -> Text:
    """One problem: the file or variable it is in, the key, and what is wrong."""
    return text("settings.at-key", where=where, key=dotted(path), what=what)


def in_file(path: Path, refusal: RefusedError) -> Text:
    """One problem of a whole file; a sentence about access to it names the file itself."""
    if refusal.text.params.get("path") == path:
        return refusal.text
    return text("settings.in-file", file=path, what=refusal.text)


def _part(part: str) -> str:
    if _BARE_KEY.fullmatch(part):
        return part
    return json.dumps(part, ensure_ascii=not part.isprintable())
