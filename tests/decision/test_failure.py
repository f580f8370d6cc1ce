"""The kinds of failure and what they are called."""

from __future__ import annotations

import re
from pathlib import Path

from prx_dingtalk_router.decision.failure import FailureKind

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
ROW = re.compile(r"^\| `([a-z ]+)` \| `(\w+)` \| [^|]+ \|$", re.MULTILINE)


def test_the_names_are_those_of_the_reference() -> None:
    """The language reference lists every kind by both of its names, and no name stands for two kinds."""
    listed = [frozenset(row) for row in ROW.findall(PAGE.read_text("utf-8"))]
    assert set(listed) == {kind.names for kind in FailureKind}
    names = [name for kind in FailureKind for name in kind.names]
    assert len(set(names)) == len(names) == 2 * len(FailureKind)
