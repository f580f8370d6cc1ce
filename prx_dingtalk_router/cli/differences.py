"""What would change in a file, as people and programs read it."""

from __future__ import annotations

from difflib import unified_diff


def difference(before: str, after: str, name: str) -> str:
    """Return a unified diff of the texts of a file, which ``patch`` takes."""
    lines = unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, name)
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
