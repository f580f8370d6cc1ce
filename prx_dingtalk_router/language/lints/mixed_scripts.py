"""Words in literals that mix scripts whose letters look alike."""

from __future__ import annotations

import re
import unicodedata

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.mixed_scripts import MixedScripts
from prx_dingtalk_router.language.lints.linted_set import LintedSet

SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_WORD = re.compile(r"[^\W\d_]+")


def mixed_scripts(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the literal, of the first such word."""
    for entry in linted.inventory.texts():
        if entry.value.isascii():
            continue
        for word in _WORD.findall(entry.value):
            scripts = {script for script in map(_script, word) if script}
            if len(scripts) > 1:
                diagnostics.add(MixedScripts(entry.place, word, tuple(sorted(scripts))))
                break


def _script(character: str) -> str | None:
    script = unicodedata.name(character, "").partition(" ")[0]
    return script.capitalize() if script in SCRIPTS else None
