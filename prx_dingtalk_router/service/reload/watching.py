"""Notices that files changed: at once where the file system tells, by looking at their content every few seconds in any case."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from watchfiles._rust_notify import RustNotify  # documented for use by others: pauses and folders change here

from prx_dingtalk_router.service.logs import log
from prx_dingtalk_router.service.reload.file_state import FileStates, look_at
from prx_dingtalk_router.service.reload.outcomes import Trigger
from prx_dingtalk_router.service.reload.reloader import Reloader

LOOK_SECONDS = 3.0
"""How often the content of the files is looked at, whatever the file system tells."""
STILL_SECONDS = 0.05
MOST_UNREST_SECONDS = 2.0
"""So long it is waited for files that are being written to come to rest."""
_STEP_MS = 40
_MOST_MS = 200


@dataclass(frozen=True, slots=True)
class _Notices:
    """What the file system tells, until these are not the right files to watch any more."""

    told: RustNotify
    is_set: Callable[[], bool]


class Watching:
    """Reloads when files change.

    Args:
        reloader: whose files they are.
        noisy: folders in which other things happen all the time: of these single files are watched.
        look_seconds: how often content is looked at.
    """

    def __init__(
        self, reloader: Reloader, *, noisy: Iterable[Path] = (), look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._reloader = reloader
        self._noisy = frozenset(path.resolve() for path in noisy)
        self._look_seconds = look_seconds
        self._told = asyncio.Event()
        self._stopped = threading.Event()
        self._different = asyncio.Event()

    async def until_behind(self) -> None:
        """Wait until files changed that nobody asked for (``reload = "manual"``)."""
        await self._different.wait()

    async def run(self) -> None:
        """Watch until cancelled."""
        notices = asyncio.create_task(self._listen(), name="watch-files")
        try:
            while True:
                trigger: Trigger = "poll"
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._look_seconds):
                        await self._told.wait()
                        trigger = "watch"
                self._told.clear()
                await self._look(trigger)
        finally:
            self._stopped.set()
            notices.cancel()
            await asyncio.gather(notices, return_exceptions=True)

    async def _look(self, trigger: Trigger) -> None:
        seen = await self._seen()
        if seen == self._reloader.files:
            self._reloader.is_behind = False
            self._different.clear()
            return
        if self._reloader.settings.rules.reload == "manual":
            self._reloader.is_behind = True
            self._different.set()
            return
        await self._reloader.reload(trigger, seen=await self._at_rest(seen))

    async def _at_rest(self, seen: FileStates) -> FileStates:
        """Wait until nobody is writing any more: half a file may be a set, too."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(MOST_UNREST_SECONDS):
                while True:
                    await asyncio.sleep(STILL_SECONDS)
                    now = await self._seen()
                    if now == seen:
                        break
                    seen = now
        return seen

    async def _seen(self) -> FileStates:
        return await asyncio.to_thread(look_at, tuple(self._reloader.files))

    async def _listen(self) -> None:
        """Be told by the file system; where that fails, looking alone has to do."""
        loop = asyncio.get_running_loop()
        # A thread of its own: it waits there all the time.
        with ThreadPoolExecutor(1, "watch-files") as thread:
            while True:
                try:
                    await loop.run_in_executor(thread, self._wait_for_notice, self._arm(), loop)
                except (OSError, RuntimeError) as problem:
                    log("debug", "watch-failed", problem=str(problem))
                    await asyncio.sleep(self._look_seconds)

    def _arm(self) -> _Notices:
        """Have the file system tell from now on, and look once: what changed before it was not told."""
        files = self._reloader.files
        paths = sorted(str(path) for path in self._watched(files))
        notices = RustNotify(paths, False, False, 0, False, True)
        self._told.set()
        return _Notices(notices, lambda: self._stopped.is_set() or self._reloader.files is not files)

    def _wait_for_notice(self, notices: _Notices, loop: asyncio.AbstractEventLoop) -> None:
        """Wait for a notice of what may be about the files; afterwards what was replaced has to be watched anew."""
        with notices.told:
            while True:
                told = notices.told.watch(_MOST_MS, _STEP_MS, 0, notices)
                if not isinstance(told, set):
                    return
                if any(self._concerns(Path(path)) for _, path in told):
                    loop.call_soon_threadsafe(self._told.set)
                    return

    def _watched(self, files: FileStates) -> set[Path]:
        found: set[Path] = set()
        for path, state in files.items():
            for each in (path, state.target):
                folder = each.parent
                if folder.resolve() not in self._noisy:
                    found.add(folder)
                elif each.exists():
                    found.add(each)
        return {path for path in found if path.exists()}

    def _concerns(self, path: Path) -> bool:
        """Whether a notice may be about the files; what editors leave beside them is looked at and found to be nothing."""
        return path.parent.resolve() not in self._noisy or path in self._reloader.files
