"""The service's clock: true wall time, and waits that a speed shortens."""

from __future__ import annotations

import time


class Clock:
    """Wall time in milliseconds, and the service's own waits divided by ``speed``.

    Every period of the service (ticket life, redelivery, quiet time, webhook life, rate windows) is written in the
    seconds of the real service and passes through here, so a test may live an hour of it in a second.

    Args:
        speed: how many times faster than the real service its waits end; greater than 0.
    """

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._began = time.time_ns() // 1_000_000

    def now(self) -> int:
        """Unix time in milliseconds, never sped up: what payloads and events carry."""
        return time.time_ns() // 1_000_000

    def service_time(self) -> int:
        """The Unix millisecond that a service would show which began with this clock and lived at its speed."""
        return self._began + round((self.now() - self._began) * self.speed)

    def seconds(self, service_seconds: float) -> float:
        """The real seconds that ``service_seconds`` of the service last here."""
        return service_seconds / self.speed

    def after(self, start: int, service_seconds: float) -> int:
        """The Unix millisecond at which a period that began at ``start`` ends."""
        return start + round(self.seconds(service_seconds) * 1000)
