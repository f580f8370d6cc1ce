"""The sets that were applied, on disk: their sources, so that the last good one can run when the files are broken.

The folder belongs to its owner alone and is the router's own; the user's files are never written.

    history.json                      records, and which set is held in place of the files
    configuration.json                the configuration, for a start at which its file is broken
    sets/<fingerprint>/main.rules …   the files of a set, as they were
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from prx_dingtalk_router.service.reload.build import Built
from prx_dingtalk_router.service.reload.outcomes import Applied
from prx_dingtalk_router.settings.kept_configuration import keep_configuration

MOST_SETS = 20
FOLDER_MODE = 0o700
FILE_MODE = 0o600
_VERSION = 1


class Held(Struct, frozen=True):
    """A set that is served in place of the files, as long as these stay as they were.

    Args:
        number: of its record.
        files: what the files held then (``summary`` of ``file_state``).
    """

    number: int
    files: str


class _History(Struct):
    version: int = _VERSION
    sets: list[Applied] = []
    held: Held | None = None


class KeptSets:
    """The last twenty sets.

    Args:
        folder: where they are kept; made when the first set is added.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._history = _read(folder / "history.json")

    @property
    def sets(self) -> Sequence[Applied]:
        """The records, the newest last."""
        return tuple(self._history.sets)

    @property
    def last(self) -> Applied | None:
        """The newest record."""
        return self._history.sets[-1] if self._history.sets else None

    @property
    def held(self) -> Held | None:
        """The set that is served in place of the files, if one is."""
        return self._history.held

    def find(self, number: int) -> Applied | None:
        """Return the record of that number, if it is still there."""
        return next((each for each in self._history.sets if each.number == number), None)

    def before(self, current: Applied) -> Applied | None:
        """Return the record that a rollback from ``current`` goes to: the newest earlier set with other rules."""
        at = current.again or current.number
        earlier = [
            each
            for each in self._history.sets
            if each.number < at and each.again is None and each.fingerprint != current.fingerprint
        ]
        return earlier[-1] if earlier else None

    def entry_of(self, record: Applied) -> Path | None:
        """Return the entry file of a set as it is kept; ``None`` where it is gone."""
        folder = self._set(record.fingerprint)
        with contextlib.suppress(OSError):
            entry = folder / (folder / "entry").read_text("utf-8")
            if entry.is_file():
                return entry
        return None

    def add(self, record: Applied, built: Built, held: Held | None = None) -> None:
        """Keep a set, and forget the oldest beyond twenty.

        Args:
            record: of the set.
            built: the set, with its sources.
            held: what is served in place of the files from now on; nothing by default.

        Raises:
            OSError: it cannot be written; the history in memory is as it would be.
        """
        self._history.sets = [*self._history.sets, record][-MOST_SETS:]
        self._history.held = held
        self._make(self._folder)
        self._make(self._folder / "sets")
        self._keep(record.fingerprint, built)
        self._write()
        self._prune()

    def add_configuration(self, source: Path, content: bytes) -> None:
        """Keep the configuration that is in force, without the secrets that stand in it.

        Args:
            source: its file.
            content: what that holds.

        Raises:
            OSError: it cannot be written.
        """
        self._make(self._folder)
        keep_configuration(source, content, self._folder)

    def release(self) -> None:
        """Serve the files again, not a set in their place.

        Raises:
            OSError: that cannot be written.
        """
        if self._history.held is not None:
            self._history.held = None
            self._write()

    def _set(self, fingerprint: str) -> Path:
        return self._folder / "sets" / fingerprint.removeprefix("sha256:")[:32]

    def _keep(self, fingerprint: str, built: Built) -> None:
        target = self._set(fingerprint)
        if (target / "entry").is_file():
            return
        # Written beside and renamed, so that what is there is whole.
        beside = target.with_suffix(".new")
        shutil.rmtree(beside, ignore_errors=True)
        self._make(beside)
        base = built.entry.parent
        names: Mapping[str, bytes] = {
            path.relative_to(base).as_posix(): content for path, content in built.contents.items()
        }
        for name, content in names.items():
            path = beside / "files" / name
            path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            _write_file(path, content)
        _write_file(beside / "entry", f"files/{built.entry.name}".encode())
        shutil.rmtree(target, ignore_errors=True)
        beside.rename(target)

    def _write(self) -> None:
        beside = self._folder / "history.json.new"
        _write_file(beside, msgspec.json.format(msgspec.json.encode(self._history)))
        beside.replace(self._folder / "history.json")

    def _prune(self) -> None:
        wanted = {self._set(each.fingerprint).name for each in self._history.sets}
        for folder in (self._folder / "sets").iterdir():
            if folder.name not in wanted:
                shutil.rmtree(folder, ignore_errors=True)

    @staticmethod
    def _make(folder: Path) -> None:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def _read(path: Path) -> _History:
    """What was kept; nothing where there is nothing, or what cannot be read: it only helps, and must not keep the router down."""
    try:
        history = msgspec.json.decode(path.read_bytes(), type=_History)
    except (OSError, msgspec.DecodeError):
        return _History()
    return history if history.version == _VERSION else _History()


def _write_file(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
