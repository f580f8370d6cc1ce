"""When to ask for a connection again: a table of delays, and the little that is remembered between them; no I/O, no clock.

Source: dingtalk-stream.md sections 1 and 5.

| what happened | the next try |
|---|---|
| the end of a connection was announced | at once; the second in a row of connections younger than ``drain``: growing delays |
| a connection ended otherwise | backoff, which begins anew after a useful connection |
| refused: credentials | ``credentials_retry`` and a little; given up after ``give_up_after`` seconds of it, with one last try at the end |
| refused: quota | the longest delay of the backoff |
| refused: anything else | backoff |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from prx_dingtalk_router.stream.protocol.backoff import Backoff
from prx_dingtalk_router.stream.protocol.registration import RETRIES, RefusalKind, Retry


class ReconnectPolicy:
    """Says how long to wait before the next try. Times are seconds of one clock that only goes forward.

    Args:
        backoff_first: ceiling of the first delay.
        backoff_cap: ceiling of every delay.
        credentials_retry: least time between two tries with refused credentials.
        drain: a connection whose end is announced before this age is young.
        give_up_after: seconds of refused credentials until nothing is tried any more; None for never.
        random: where the jitter comes from.
    """

    def __init__(
        self,
        *,
        backoff_first: float,
        backoff_cap: float,
        credentials_retry: float,
        drain: float,
        give_up_after: float | None,
        random: Random,
    ) -> None:
        self._credentials_retry = credentials_retry
        self._drain = drain
        self._give_up_after = give_up_after
        self._random = random
        self._backoff = Backoff(backoff_first, backoff_cap, random)
        # Two announcements in a row are no storm yet, and while nobody is connected messages are lost: begin small.
        self._haste = Backoff(backoff_first / 32, backoff_cap, random)
        self._refused_since: float | None = None
        self._was_young = False

    def after_registration(self) -> None:
        """The gateway gave a ticket: the credentials are good."""
        self._refused_since = None

    def after_announcement(self, *, age: float, useful: bool) -> float:
        """Seconds to wait when the end of a connection of ``age`` seconds was announced."""
        young = age < self._drain
        in_a_row, self._was_young = young and self._was_young, young
        if in_a_row:
            return self._haste.next_delay()
        self._haste.reset()
        if useful:
            self._backoff.reset()
        return 0.0

    def after_loss(self, *, useful: bool) -> float:
        """Seconds to wait when a connection ended unannounced."""
        self._was_young = False
        if useful:
            self._backoff.reset()
        return self._backoff.next_delay()

    def after_refusal(self, kind: RefusalKind, now: float) -> float | None:
        """Seconds to wait when no connection was given; None to give up.

        Only refused credentials end it. Other kinds say nothing about credentials: they neither begin the time anew nor end it.
        """
        delay = _DELAYS[RETRIES[kind]](self)
        if kind is not RefusalKind.CREDENTIALS or self._give_up_after is None:
            return delay
        if self._refused_since is None:
            self._refused_since = now
        left = self._refused_since + self._give_up_after - now
        if left <= 0:
            return None
        # The last try is made when the time is up, and not sooner after the one before than others are.
        return left if left < delay + self._credentials_retry else delay

    def soon(self) -> float:
        """The next delay of the backoff."""
        return self._backoff.next_delay()

    def longer(self) -> float:
        """The longest delay of the backoff: a quick second try would make it worse."""
        return self._backoff.longest_delay()

    def slowly(self) -> float:
        """The delay between tries that only somebody's mending can help."""
        return self._credentials_retry * self._random.uniform(1, 1.1)


_DELAYS: Mapping[Retry, Callable[[ReconnectPolicy], float]] = {
    Retry.BACKOFF: ReconnectPolicy.soon,
    Retry.LONGER: ReconnectPolicy.longer,
    Retry.SLOWLY: ReconnectPolicy.slowly,
}
