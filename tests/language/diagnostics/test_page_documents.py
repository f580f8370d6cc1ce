"""``docs/diagnostics``: what readers find there is what the classes say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_pages_are_current(tmp_path: Path) -> None:
    """The folder holds what ``make diagnostics`` writes, no page more or less; and old pages are removed."""
    (tmp_path / "PRX000.md").write_text("gone", "utf-8")
    subprocess.run(
        [sys.executable, ROOT / "scripts" / "diagnostic_pages.py", tmp_path], check=True, timeout=60
    )
    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "diagnostics").iterdir()}
    stale = {name for name in written.keys() | kept.keys() if written.get(name) != kept.get(name)}
    assert stale == set(), "run `make diagnostics`"
