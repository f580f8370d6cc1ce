"""What a check depends on besides its files and the configuration: this program, and what it works with."""

from __future__ import annotations

import os
import platform
import sys
import zoneinfo
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import prx_dingtalk_router

_PACKAGE = Path(prx_dingtalk_router.__file__).parent
_WATCHED = (".py", ".lark", ".table")


@cache
def program_stamp() -> str:
    """Return a digest that changes with every change of the program, its grammar, Python, the libraries and the time zones.

    Files are told by size, inode and times; the version alone would not do where the program is worked on.
    """
    digest = sha256()
    for part in (prx_dingtalk_router.__version__, sys.version, platform.machine(), *_libraries(), *_zones()):
        digest.update(f"{part}\n".encode("utf-8", "surrogateescape"))
    for folder in (_PACKAGE, _PACKAGE.parent / "grammar"):
        for line in sorted(_files(folder)):
            digest.update(line)
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[bytes]:
    try:
        found = list(os.scandir(folder))
    except OSError:
        return
    for each in found:
        if each.name == "__pycache__":
            continue
        if each.is_dir(follow_symlinks=False):
            yield from _files(Path(each.path))
        elif each.name.endswith(_WATCHED):
            state = each.stat()
            yield os.fsencode(
                f"{each.path}\0{state.st_size}\0{state.st_ino}\0{state.st_mtime_ns}\0{state.st_ctime_ns}\n"
            )


def _libraries() -> Iterator[str]:
    """Give the names of what is installed, which have versions in them, and when that was."""
    for folder in sorted({*sys.path}):
        try:
            entries = os.scandir(folder or ".")
        except OSError:
            continue
        with entries:
            yield from sorted(
                f"{each.path}\0{each.stat().st_ctime_ns}"
                for each in entries
                if each.name.endswith(".dist-info")
            )


def _zones() -> Iterator[str]:
    for folder in zoneinfo.TZPATH:
        try:
            yield f"{folder}\0{Path(folder).stat().st_mtime_ns}"
        except OSError:
            yield f"{folder}\0"
