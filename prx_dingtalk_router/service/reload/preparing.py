"""What a router needs before it decides, made a little at a time."""

from __future__ import annotations

from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.service.pauses import Pauses


async def prepared(router: Router) -> None:
    """Compile all of a router, with pauses in which everything else goes on."""
    pauses = Pauses()
    for _ in router.preparing():
        if pauses.due:
            await pauses.pause()
            pauses = Pauses()
