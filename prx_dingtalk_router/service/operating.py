"""What operators have of a running router, beside the routing: reload, status, metrics, the admin address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from prx_dingtalk_router.delivery import SystemClock
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.admin.server import admin_address
from prx_dingtalk_router.service.agent_probe import probe_agents
from prx_dingtalk_router.service.engine import Engine
from prx_dingtalk_router.service.metrics.tally import Tally
from prx_dingtalk_router.service.notify.happenings import of_budget, of_reload
from prx_dingtalk_router.service.notify.lookout import Lookout
from prx_dingtalk_router.service.notify.notices import Notice, Notices
from prx_dingtalk_router.service.notify.sending import OwnerMessages
from prx_dingtalk_router.service.observed import Observed
from prx_dingtalk_router.service.reload.boot import Start
from prx_dingtalk_router.service.reload.build import Origin
from prx_dingtalk_router.service.reload.kept_sets import KeptSets
from prx_dingtalk_router.service.reload.outcomes import Applied
from prx_dingtalk_router.service.reload.running import reloading
from prx_dingtalk_router.service.robot import Robot
from prx_dingtalk_router.service.supervised import supervised
from prx_dingtalk_router.settings import Settings


@asynccontextmanager
async def operating(
    engine: Engine,
    robot: Robot,
    active: ActiveRouter,
    *,
    start: Start,
    origin: Origin,
    kept: KeptSets,
    tally: Tally,
    notices: Notices,
    state: Path | None,
    watches: bool = True,
) -> AsyncIterator[Observed]:
    """Reload, look and answer until the block ends.

    Args:
        engine: of the router.
        robot: of the router.
        active: holds the router that decides.
        start: what it started with; given up once that is in force, so that the set can go when another one takes its place.
        origin: where rules and settings come from.
        kept: the sets applied so far.
        tally: is told of decisions and delivery.
        notices: is told of delivery; what comes to it is given out while this goes on, if anybody is to be told.
        state: the folder in which the admin address is written down; None for nowhere.
        watches: whether files are watched.
    """
    async with AsyncExitStack() as stack:
        reloader = await stack.enter_async_context(
            reloading(engine, active, start, origin, kept, watches=watches)
        )
        settings = start.built.settings
        del start
        reloader.observers.append(
            lambda outcome: tally.reloaded(active.current) if isinstance(outcome, Applied) else None
        )
        observed = Observed(engine, robot, reloader, tally)
        await stack.enter_async_context(supervised("waits", observed.waits.run))
        if settings.notify.staff_ids:
            await stack.enter_async_context(notifying(observed, notices, settings))
        probe = partial(probe_agents, settings.agents, settings.channel.client_id)
        await stack.enter_async_context(supervised("agent-probe", probe))
        await stack.enter_async_context(admin_address(observed, settings.admin, state))
        yield observed


@asynccontextmanager
async def notifying(observed: Observed, notices: Notices, settings: Settings) -> AsyncIterator[None]:
    """Tell the owner of trouble until the block ends; nothing waits for that, and nothing fails by it."""
    reloader, engine = observed.reloader, observed.engine

    def tell(notice: Notice | None) -> None:
        if notice is not None:
            notices.tell(notice)

    if reloader.refused is not None:
        tell(of_reload(reloader.refused))
    reloader.observers.append(lambda outcome: tell(of_reload(outcome)))
    engine.calls.observers.append(lambda event: tell(of_budget(event)))
    lookout = Lookout(observed.client, engine.agents, notices, SystemClock())
    messages = OwnerMessages(engine.open_api, settings.channel.client_id, settings.notify.staff_ids)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(supervised("notices", partial(notices.run, messages.send)))
        await stack.enter_async_context(supervised("lookout", lookout.run))
        yield
