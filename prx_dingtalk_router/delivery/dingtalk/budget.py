"""What a month grants of each meter, and how much of it is kept for answers (interfaces.md section 3)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from prx_dingtalk_router.delivery.dingtalk.meters import Meter

# An organisation of the standard edition (dingtalk-cards-media.md section 8.1).
_STANDARD: Mapping[Meter, int] = {Meter.API: 5_000, Meter.WEBHOOK_AND_STREAM: 3_000}


@dataclass(frozen=True, slots=True)
class Budget:
    """The calls of a month.

    Attributes:
        limits: by meter; 0 is unlimited.
        reserve: the share of each, 0 to 1, that only answers may use.
    """

    limits: Mapping[Meter, int] = field(default_factory=lambda: dict(_STANDARD))
    reserve: float = 0.2

    def limit(self, meter: Meter) -> int:
        """The calls of a month; 0 is unlimited."""
        return self.limits.get(meter, 0)

    def for_progress(self, meter: Meter) -> int:
        """How many calls there may have been in a month when progress makes its last one; the limit must not be 0."""
        limit = self.limit(meter)
        return limit - math.ceil(limit * self.reserve)
