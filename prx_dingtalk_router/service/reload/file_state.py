"""What the files of a set hold: told by content, so that no clock and no way of saving can hide a change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

MOST_BYTES = (8 << 20) + 1
"""So much is read of a file: more than any file of a set may hold, one byte in excess."""


class FileState(NamedTuple):
    """What a path leads to: the file behind its links, and the digest of its content, ``None`` where none can be read."""

    target: Path
    digest: str | None


FileStates = Mapping[Path, FileState]
"""States by path."""


def look_at(paths: Iterable[Path]) -> FileStates:
    """Return what each path holds now.

    A link that leads to another file is a change although the content is the same: files beside the other one count from
    then on.
    """
    return {path: _state(path) for path in paths}


def digest_of(content: bytes | None) -> str | None:
    """Return the digest of what was read of a file; ``None`` of one that could not be read."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def _state(path: Path) -> FileState:
    try:
        target = path.resolve()
    except (OSError, RuntimeError):  # links in a circle
        return FileState(path, None)
    try:
        if not target.is_file():
            return FileState(target, None)
        with target.open("rb") as file:
            return FileState(target, digest_of(file.read(MOST_BYTES)))
    except OSError:
        return FileState(target, None)


def summary(states: FileStates) -> str:
    """Return one digest of what files hold, whatever they link to."""
    lines = sorted(f"{path}\0{state.digest}" for path, state in states.items())
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
