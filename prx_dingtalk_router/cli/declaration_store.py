"""The declarations of a set as they were parsed the last time: after an edit only those that it touched are parsed anew."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from prx_dingtalk_router.cli.cache_folder import CacheFolder
from prx_dingtalk_router.cli.program_stamp import program_stamp
from prx_dingtalk_router.language import CheckCache


class DeclarationStore:
    """Keeps the declarations of one set.

    A declaration is what it is by its text, by the grammar and by this program: the text is the key of each, the others are in
    the name of the entry.

    Args:
        folder: where they are kept.
        entry: the entry file of the set, without links.
    """

    def __init__(self, folder: CacheFolder, entry: Path) -> None:
        self._folder = folder
        self._name = hashlib.sha256(
            f"declarations {program_stamp()} ".encode() + os.fsencode(entry)
        ).hexdigest()

    @contextlib.contextmanager
    def kept(self) -> Iterator[CheckCache]:
        """Give what is known of the set for a check, and keep what that adds."""
        cache = CheckCache()
        payload = self._folder.get(self._name)
        if payload is not None:
            cache.load(payload)
        yield cache
        payload = cache.dump()
        if payload is not None:
            self._folder.put(self._name, payload)
