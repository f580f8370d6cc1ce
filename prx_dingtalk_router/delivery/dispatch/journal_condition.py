"""Whether the journal can keep anything: trouble that may pass is outlasted, a failure for good is announced, once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.waiting import wait_for_any
from prx_dingtalk_router.errors import JournalError, JournalUnavailable

logger = logging.getLogger(__name__)

T = TypeVar("T")

FIRST_PAUSE = 0.25
LONGEST_PAUSE = 5.0


class JournalCondition:
    """What is known of the journal by what came of using it.

    Args:
        clock: paces trying again.
        on_failure: called once, when it has failed for good.

    Attributes:
        trouble: why it keeps nothing now; None while it does.
        failure: what it has failed by for good.
    """

    def __init__(self, clock: Clock, on_failure: Callable[[], None]) -> None:
        self._clock = clock
        self._on_failure = on_failure
        self._since = 0.0
        self._works = asyncio.Event()
        self._let_go = asyncio.Event()
        self.trouble: Text | None = None
        self.failure: asyncio.Future[JournalError] = asyncio.get_running_loop().create_future()

    def refused(self, problem: JournalError) -> None:
        """It has kept nothing of what was asked."""
        if not isinstance(problem, JournalUnavailable):
            self._failed(problem)
            return
        if self.trouble is None:
            self._since = self._clock.monotonic()
            self._works.clear()
            logger.error(text("delivery.journal-trouble", problem=problem.text))
        self.trouble = problem.text

    def kept(self) -> None:
        """It has kept what was asked."""
        if self.trouble is None:
            return
        self.trouble = None
        self._works.set()
        logger.warning(
            text("delivery.journal-works", seconds=round(self._clock.monotonic() - self._since, 1))
        )

    def let_go(self) -> None:
        """Try nothing again from now on: this process ends, and whoever waits is cancelled."""
        self._let_go.set()

    async def outlast(self, call: Callable[[], Awaitable[T]]) -> T:
        """Call until the journal does what is asked.

        Args:
            call: asks it; called again after a while where it was unavailable.

        Raises:
            JournalError: it cannot do it, now or later.
        """
        pause = FIRST_PAUSE
        while True:
            try:
                result = await call()
            except JournalUnavailable as problem:
                self.refused(problem)
            else:
                self.kept()
                return result
            if not self._let_go.is_set():
                await wait_for_any(self._clock.sleep(pause), self._works.wait(), self._let_go.wait())
            if self._let_go.is_set():
                raise asyncio.CancelledError
            pause = min(LONGEST_PAUSE, 2 * pause)

    def _failed(self, problem: JournalError) -> None:
        if self.failure.done():
            return
        self.failure.set_result(problem)
        logger.error(text("delivery.journal-failed", problem=problem.text))
        self._on_failure()
