"""What a kind of diagnostic says before there is a case."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.catalogue import LANGUAGES, Entry, Language
from prx_dingtalk_router.language.diagnostics.outline import flagged, outline
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic


def test_fields_become_ellipses() -> None:
    """Each field is an ellipsis, neighbours share one, and what is mostly empty is left out."""
    entry = Entry(zh="`{a}` {b} {c}{hint}", en="in {c} {b}: `{a}`{hint}")
    assert outline(entry, "zh") == "`…` …"
    assert outline(entry, "en") == "in …: `…`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_says_something(language: Language) -> None:
    """No line is bare ellipses, and no two kinds of one severity are told apart by their codes alone."""
    lines = {kind.code: flagged(kind, language) for kind in every_diagnostic().values()}
    assert [code for code, line in lines.items() if not line.replace("…", "").strip(" `")] == []
    assert [line for line in lines.values() if "\n" in line] == []
