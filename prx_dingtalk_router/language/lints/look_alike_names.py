"""Names of one kind that can hardly be told apart, declared ones and those of agents."""

from __future__ import annotations

import unicodedata

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.look_alike_agents import LookAlikeAgents
from prx_dingtalk_router.language.diagnostics.look_alike_names import LookAlikeNames
from prx_dingtalk_router.language.lints.linted_set import LintedSet

LOOKS_LIKE = str.maketrans("аеорсухіѕјԁһԛԝαορνικτ", "aeopcyxisjdhqwaopvikt")
"""Cyrillic and Greek letters that look like Latin ones."""


_JOINTS = str.maketrans("", "", "-_. ")
LEAST_PLURAL = 4
"""So many letters has a word at least of which another with an ``s`` behind it is the plural."""


def look_alike_names(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the later of two such names."""
    names = linted.inventory.names
    for kind, space in names.spaces.items():
        seen: dict[str, str] = {}
        for name in space:
            earlier = seen.setdefault(_look(name), name)
            if earlier != name:
                place, first = names.place(kind, name), names.place(kind, earlier)
                diagnostics.add(LookAlikeNames(place, kind, name, earlier, first))


def look_alike_agents(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the first step that names the later of two such agents, where no configuration says that there are two."""
    if linted.context.agents is not None:
        return
    seen: dict[str, str] = {}
    named = linted.inventory.agents
    for name in named:
        look = _look(name).translate(_JOINTS) or name
        if look.isascii() and look.endswith("s") and len(look) > LEAST_PLURAL:
            look = look.removesuffix("s")
        earlier = seen.setdefault(look, name)
        if earlier != name:
            diagnostics.add(LookAlikeAgents(named[name], name, earlier, named[earlier]))


def _look(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().translate(LOOKS_LIKE)
