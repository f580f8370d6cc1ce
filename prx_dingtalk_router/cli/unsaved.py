"""A file as it stands in an editor, given on standard input: ``--stdin-filename NAME -``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language.files import MAX_BYTES, Overlay

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Unsaved:
    """The content of a file before it is saved; the path is absolute and without links."""

    path: Path
    content: bytes

    @property
    def overlay(self) -> Overlay:
        """What stands in for files."""
        return {self.path: self.content}


def read_unsaved(paths: Sequence[Path], name: Path | None) -> Unsaved | None:
    """Read standard input where the command line says so.

    Args:
        paths: what is to be checked.
        name: what ``--stdin-filename`` says.

    Raises:
        UsageError: only one of ``-`` and ``--stdin-filename`` is given, or other paths besides.
    """
    if STDIN not in paths:
        if name is not None:
            raise UsageError("cli.validate.stdin-not-asked-for")
        return None
    if name is None:
        raise UsageError("cli.validate.stdin-without-name")
    if len(paths) > 1:
        raise UsageError("cli.validate.stdin-and-paths")
    if name.suffix == ".toml":
        raise UsageError("cli.validate.stdin-configuration", name=str(name))
    return Unsaved(name.resolve(), sys.stdin.buffer.read(MAX_BYTES + 1))
