"""The router's side of the helper process: started when it is first needed, asked one thing at a time."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import sys
from collections import deque

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.errors import ReloadError
from prx_dingtalk_router.service.reload.build import BuildRequest, Built, NotBuilt
from prx_dingtalk_router.service.reload.finding import Finding
from prx_dingtalk_router.service.reload.helper import LENGTH
from prx_dingtalk_router.service.reload.pieces import Defect, from_pieces

MOST_SECONDS = 120.0
"""For so long a build may take before it is given up."""
_TRIES = 2
"""A helper that ended while it was idle, killed for its memory perhaps, is replaced once."""
_LINES_KEPT = 20


class Builder:
    """Builds sets in a process of its own, which stays for the next one."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._errors: asyncio.Task[None] | None = None
        self._said: deque[str] = deque(maxlen=_LINES_KEPT)
        self._turn = asyncio.Lock()
        self._owes_warnings = False

    @property
    def pid(self) -> int | None:
        """The process id of the helper, while there is one."""
        return self._process.pid if self._process is not None else None

    async def build(self, request: BuildRequest) -> Built | NotBuilt:
        """Build what is asked for; whoever asks meanwhile waits.

        Raises:
            ReloadError: the helper could not be started, ended, took too long, or has a defect.
        """
        async with self._turn:
            written = await self._answer(pickle.dumps(request, pickle.HIGHEST_PROTOCOL))
            outcome = await from_pieces(written)
            self._owes_warnings = isinstance(outcome, Built)
        if isinstance(outcome, Defect):
            raise ReloadError("service.reload.defect", trace=outcome.trace)
        return outcome

    async def warnings(self) -> tuple[Finding, ...]:
        """Return what lints say of the set that was built last; nothing where that was told, or cannot be any more."""
        async with self._turn:
            if not self._owes_warnings:
                return ()
            try:
                return await self._read_warnings()
            except (EOFError, OSError):
                await self.aclose()
                return ()
            except asyncio.CancelledError:
                await self.aclose()
                raise

    async def aclose(self) -> None:
        """End the helper."""
        process, self._process = self._process, None
        self._owes_warnings = False
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if self._errors is not None:
            await asyncio.gather(self._errors, return_exceptions=True)

    async def _answer(self, request: bytes) -> bytes:
        try:
            async with asyncio.timeout(MOST_SECONDS):
                for tried in range(1, _TRIES + 1):
                    try:
                        return await self._ask(request)
                    except (EOFError, OSError) as problem:
                        await self.aclose()
                        if tried == _TRIES:
                            raise self._ended(problem) from None
        except TimeoutError:
            await self.aclose()
            raise ReloadError("service.reload.too-long", seconds=f"{MOST_SECONDS:g}") from None
        except asyncio.CancelledError:
            # What it was asked for is of no use any more, and its answer would be taken for another's.
            await self.aclose()
            raise
        raise AssertionError

    async def _ask(self, request: bytes) -> bytes:
        process = self._process or await self._start()
        if self._owes_warnings:
            await self._read_warnings()
        assert process.stdin is not None
        process.stdin.write(LENGTH.pack(len(request)) + request)
        await process.stdin.drain()
        return await self._read()

    async def _read_warnings(self) -> tuple[Finding, ...]:
        self._owes_warnings = False
        found = pickle.loads(await self._read())  # noqa: S301 - written by our own helper
        return found if isinstance(found, tuple) else ()

    async def _read(self) -> bytes:
        process = self._process
        if process is None or process.stdout is None:
            raise EOFError
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        return await process.stdout.readexactly(length)

    async def _start(self) -> asyncio.subprocess.Process:
        # The same modules as here, from wherever they were imported, and none of the folder the router was started in.
        program = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            "from prx_dingtalk_router.service.reload.helper import main; main()"
        )
        self._said.clear()
        process = self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=1 << 20,
            start_new_session=True,
        )
        self._errors = asyncio.create_task(self._listen(process), name="reload-helper-errors")
        return process

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        while line := await process.stderr.readline():
            self._said.append(line.decode(errors="replace").rstrip())

    def _ended(self, problem: Exception) -> ReloadError:
        words = str(problem) if isinstance(problem, OSError) else "; ".join(self._said) or "-"
        return ReloadError("service.reload.helper-ended", why=text("service.reload.words", words=words))
