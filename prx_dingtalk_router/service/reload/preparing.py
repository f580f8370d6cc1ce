"""Routers are made ready, and let go of, a little at a time: either takes longer than a message may wait."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.service.pauses import Pauses

LET_GO_AFTER = 1.0
"""Seconds after which nobody decides by a router any more that is out of use."""
_PIECE = 25


async def let_go(parts: list[object]) -> None:
    """Free the parts of a router that is out of use, with pauses in which everything else goes on.

    Args:
        parts: as the router gives them; the list is emptied.
    """
    await asyncio.sleep(LET_GO_AFTER)
    pauses = Pauses()
    while parts:
        del parts[-_PIECE:]
        if pauses.due:
            await pauses.pause()


async def prepared(router: Router) -> None:
    """Compile all of a router, with pauses in which everything else goes on."""
    # Automata are built in one go each, partly without holding on to the interpreter.
    await asyncio.to_thread(_exhaust, router.index.prepare())
    pauses = Pauses()
    for _ in router.preparing():
        if pauses.due:
            await pauses.pause()
            pauses = Pauses()


def _exhaust(steps: Iterator[None]) -> None:
    for _ in steps:
        pass
