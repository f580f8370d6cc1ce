"""What earlier runs found out, in the user's cache folder: safe to delete, and never trusted further than it can be checked.

    <the user's cache folder>/prx-router/       0700
        <sha256 of what it depends on>          0600, a digest of the content before it

Everything here may fail without a word: a cache that cannot be used costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
import time
from pathlib import Path

import platformdirs

NAME = "prx-router"
MOST_BYTES = 64 << 20
"""So much is kept of all entries; the ones that were not used for longest go first."""
MOST_ENTRIES = 500
FOLDER_MODE = 0o700
STRAY_SECONDS = 3_600
"""After so long a file that was being written belongs to a process that was killed."""
_UNFINISHED = ".new-"
_DIGEST_BYTES = 32


def user_folder() -> Path:
    """Return where the cache of this user is."""
    return platformdirs.user_cache_path(NAME, appauthor=False)


class CacheFolder:
    """Entries by name. Several processes may use the same folder at once.

    Args:
        path: of the folder, which is made when something is to be kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str) -> bytes | None:
        """Return an entry, whole and as it was put; ``None`` where there is none that can be trusted."""
        with contextlib.suppress(OSError):
            if not self._is_ours():
                return None
            flags = (
                os.O_RDONLY
                | getattr(os, "O_NONBLOCK", 0)
                | getattr(os, "O_NOFOLLOW", 0)
                | getattr(os, "O_CLOEXEC", 0)
            )
            handle = os.open(self._path / name, flags)
            with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
                found = os.fstat(handle)
                if (
                    not stat.S_ISREG(found.st_mode)
                    or found.st_uid != os.geteuid()
                    or found.st_size > MOST_BYTES
                ):
                    return None
                content = file.read()
                os.utime(handle)
            digest, payload = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
            if hashlib.sha256(payload).digest() == digest:
                return payload
        return None

    def put(self, name: str, payload: bytes) -> None:
        """Keep an entry, in the place of an earlier one."""
        if len(payload) > MOST_BYTES // 2:
            return
        with contextlib.suppress(OSError):
            if not self._path.is_absolute():
                return
            self._path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            if not self._is_ours():
                return
            handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=self._path)
            try:
                with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
                    file.write(hashlib.sha256(payload).digest() + payload)
                Path(unfinished).replace(self._path / name)
            except BaseException:
                Path(unfinished).unlink(missing_ok=True)
                raise
            self._shrink()

    def _is_ours(self) -> bool:
        """Tell whether this is a folder, no link to one, that belongs to this user and to nobody else."""
        # A relative path is that of somebody without a home; where there are no owners nobody can be told from others.
        if not self._path.is_absolute() or not hasattr(os, "geteuid"):
            return False
        found = self._path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            return False
        if stat.S_IMODE(found.st_mode) & 0o077:
            self._path.chmod(FOLDER_MODE)
        return True

    def _shrink(self) -> None:
        """Remove what was not used for longest, until the rest is small enough."""
        entries: list[tuple[float, int, str]] = []
        with os.scandir(self._path) as found:
            for each in found:
                with contextlib.suppress(OSError):
                    state = each.stat(follow_symlinks=False)
                    if each.name.startswith(_UNFINISHED) and state.st_mtime > time.time() - STRAY_SECONDS:
                        continue
                    entries.append(
                        (
                            state.st_mtime if not each.name.startswith(_UNFINISHED) else 0.0,
                            state.st_size,
                            each.name,
                        )
                    )
        entries.sort()
        size, count = sum(each[1] for each in entries), len(entries)
        for used, taken, name in entries:
            if used and size <= MOST_BYTES and count <= MOST_ENTRIES:
                break
            with contextlib.suppress(OSError):
                (self._path / name).unlink()
                size, count = size - taken, count - 1
