"""The server of the admin address."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from prx_dingtalk_router.service.admin.guard import guard
from prx_dingtalk_router.service.admin.handlers import Handlers
from prx_dingtalk_router.service.logs import log
from prx_dingtalk_router.service.observed import Observed
from prx_dingtalk_router.service.supervised import supervised
from prx_dingtalk_router.settings import AdminSettings

MOST_BODY_BYTES = 16 << 10
AGAIN_SECONDS = 15.0
"""How often a port is tried that somebody else has."""
ADDRESS_FILE = "admin-address"
"""In the state folder: where the router is asked, for commands, as the port may have been chosen by the system."""


@asynccontextmanager
async def admin_address(
    observed: Observed,
    settings: AdminSettings,
    state: Path | None,
    told: Callable[[str], None] = lambda url: None,
) -> AsyncIterator[None]:
    """Answer at the admin address until the block ends; while the port is taken the router works without.

    Args:
        observed: the router.
        settings: where to listen, and the token.
        state: the folder in which the address is written down; None for nowhere.
        told: called with the URL once it answers.
    """
    application = web.Application(
        middlewares=[guard(settings.token.get_secret_value(), settings.host)], client_max_size=MOST_BODY_BYTES
    )
    application.add_routes(Handlers(observed).routes())
    runner = web.AppRunner(
        application, access_log=None, handle_signals=False, shutdown_timeout=2.0, keepalive_timeout=15.0
    )
    await runner.setup()

    async def listen() -> None:
        await _listen(runner, settings)
        url = _url(runner, settings.host)
        if state is not None:
            await asyncio.to_thread(_write_down, state, url)
        log("info", "admin-address", url=url)
        told(url)

    try:
        async with supervised("admin-address", listen):
            yield
    finally:
        await runner.cleanup()
        if state is not None:
            with contextlib.suppress(OSError):
                (state / ADDRESS_FILE).unlink(missing_ok=True)


async def _listen(runner: web.AppRunner, settings: AdminSettings) -> None:
    is_told = False
    while True:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as problem:
            if not is_told:
                log(
                    "error",
                    "admin-address-taken",
                    address=settings.listen,
                    problem=problem.strerror or str(problem),
                )
            is_told = True
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            return


def _url(runner: web.AppRunner, host: str) -> str:
    port = runner.addresses[0][1]
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what is shown for it
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _write_down(state: Path, url: str) -> None:
    with contextlib.suppress(OSError):
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        (state / ADDRESS_FILE).write_text(url, "utf-8")
