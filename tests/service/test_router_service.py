"""The whole service in one process; how it ends by signals is in ``tests/e2e/test_ending.py``."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from prx_dingtalk_router.delivery import MemoryJournal, NewEntry, Replied, SqliteJournal
from prx_dingtalk_router.errors import CredentialsRefused, JournalError, RouterError
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Disconnected, Said
from prx_dingtalk_router.sandbox.prx import Prx, TurnStarted
from prx_dingtalk_router.service import RouterService, router_service
from prx_dingtalk_router.settings import AgentSettings, JournalSettings, Settings, settings_from_table

PATIENCE = 20.0
CLIENT_ID = "dingrouter"
SECRET = "s3cr3t-0f-th3-b0t"


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    """A DingTalk."""
    running = DingTalk(Directory.demo(CLIENT_ID, SECRET), speed=20.0)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
def settings(dingtalk: DingTalk, tmp_path: Path) -> Callable[..., Settings]:
    """Makes settings for it; keywords go into ``[dingtalk]``."""

    def made(**dingtalk_keys: str) -> Settings:
        table = {
            "channels_config": {
                "dingtalk": {"client_id": CLIENT_ID, "client_secret": SECRET, "allowed_users": ["*"]}
            },
            "dingtalk": {"api_base": dingtalk.base_url, "webhook_hosts": ["127.0.0.1"], **dingtalk_keys},
        }
        return settings_from_table(table, tmp_path / "prx-router.toml", {})

    return made


@contextlib.asynccontextmanager
async def running(service: RouterService) -> AsyncIterator[asyncio.Task[None]]:
    """Run a service until the block ends, and stop it then."""
    task = asyncio.create_task(service.run())
    try:
        async with asyncio.timeout(PATIENCE):
            await service.opened.wait()
        yield task
    finally:
        service.stop()
        async with asyncio.timeout(PATIENCE):
            await task


class Failing(MemoryJournal):
    """Stores messages and cannot record what becomes of them."""

    async def apply(self, entry: Any, changes: Any) -> Any:
        """Fail."""
        raise JournalError("cli.system", why="No space left on device")


async def test_a_journal_that_fails_in_the_middle_ends_the_router(
    dingtalk: DingTalk,
    settings: Callable[..., Settings],
    make_router: Callable[..., Any],
) -> None:
    """Nothing could be promised any more: ``run`` raises, which is exit code 3."""
    service = RouterService(settings(), make_router(), journal=Failing())
    task = asyncio.create_task(service.run())
    async with asyncio.timeout(PATIENCE):
        await service.opened.wait()
        dingtalk.say(Said("u1001", text="敲门"))
        with pytest.raises(JournalError, match="No space left"):
            await task
    assert JournalError.exit_code == 3


async def test_decisions_and_deliveries_are_told(
    dingtalk: DingTalk, settings: Callable[..., Settings], make_router: Callable[..., Any]
) -> None:
    """Whoever watches gets each new decision with the router that made it, and every event of delivery."""
    decided: list[Any] = []
    delivered: asyncio.Queue[Any] = asyncio.Queue()
    router = make_router()
    service = RouterService(
        settings(),
        router,
        decision_observers=[lambda *both: decided.append(both)],
        delivery_observers=[delivered.put_nowait],
    )
    async with running(service):
        msg_id = dingtalk.say(Said("u1001", text="敲门"))
        kinds = []
        async with asyncio.timeout(PATIENCE):
            while (event := await delivered.get()).__class__.__name__ != "Done":
                kinds.append(type(event).__name__)
    assert kinds == ["Accepted", "StepStarted", "Replied"]
    ((by, decision),) = decided
    assert (by, decision.message.msg_id, decision.by) == (router, msg_id, "knock")


async def test_a_stop_closes_the_connection_properly(
    dingtalk: DingTalk, settings: Callable[..., Settings], make_router: Callable[..., Any]
) -> None:
    """After ``stop`` the run ends, the connection was closed with 1000, and nobody was interrupted."""
    gone: list[Any] = []
    dingtalk.observe(gone.append)
    service = RouterService(settings(), make_router())
    async with running(service):
        assert dingtalk.connections == 1
    assert dingtalk.connections == 0
    assert [(each.reason, each.code) for each in gone if type(each).__name__ == "Disconnected"] == [
        ("client", 1000)
    ]
    assert not service.interrupted


async def test_what_runs_longer_than_the_bound_is_left_to_the_next_start(
    dingtalk: DingTalk,
    settings: Callable[..., Settings],
    make_router: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """After 30 s, here fewer, the connection is closed properly and the run ends; the journal has what was not finished."""
    assert router_service.DRAIN_SECONDS == 30.0
    monkeypatch.setattr(router_service, "DRAIN_SECONDS", 0.2)
    agent = Prx("helpdesk")
    agent.faults.hang = True
    await agent.start()
    at_work, closed = asyncio.Event(), asyncio.get_running_loop().create_future()
    agent.observe(lambda event: at_work.set() if isinstance(event, TurnStarted) else None)
    dingtalk.observe(
        lambda event: (
            closed.set_result((event.reason, event.code)) if isinstance(event, Disconnected) else None
        )
    )
    table = settings()
    helpdesk = AgentSettings(url=agent.base_url, token=SecretStr(agent.token))
    service = RouterService(
        table.model_copy(update={"agents": {"helpdesk": helpdesk}}),
        make_router('rule a when text is "在吗" then agent helpdesk\notherwise drop'),
        journal=SqliteJournal(tmp_path / "j.db"),
    )
    async with running(service), asyncio.timeout(PATIENCE):
        dingtalk.say(Said("u1001", text="在吗"))
        await at_work.wait()
        service.stop()
        assert await closed == ("client", 1000)
    journal = SqliteJournal(tmp_path / "j.db")
    await journal.claim()
    (left,) = await journal.unfinished(at_work=True)
    assert left.decision.message.text == "在吗"
    await journal.close()
    await agent.stop()


async def test_a_stop_before_the_start_ends_the_run(
    settings: Callable[..., Settings], make_router: Callable[..., Any]
) -> None:
    """A service that is told to stop before it connects does not go on for ever."""
    service = RouterService(settings(), make_router())
    service.stop()
    async with asyncio.timeout(PATIENCE):
        await service.run()


async def test_refused_credentials_end_the_run(
    dingtalk: DingTalk, settings: Callable[..., Settings], make_router: Callable[..., Any]
) -> None:
    """Credentials refused for ``give_up_after`` raise, with exit code 3 and without the secret."""
    dingtalk.faults.register = "authFailed"
    service = RouterService(settings(give_up_after="100ms"), make_router())
    with pytest.raises(CredentialsRefused) as refused:
        async with asyncio.timeout(PATIENCE):
            await service.run()
    assert refused.value.exit_code == 3
    assert SECRET not in str(refused.value)


async def test_an_unusable_ca_file_ends_the_run(
    settings: Callable[..., Settings], make_router: Callable[..., Any], tmp_path: Path
) -> None:
    """A CA file without certificates is told instead of connecting without it."""
    (tmp_path / "ca.pem").write_text("nothing", "utf-8")
    service = RouterService(settings(ca_file="ca.pem"), make_router())
    with pytest.raises(RouterError, match=r"ca\.pem"):
        await service.run()


async def test_a_replaced_router_decides_from_then_on(
    dingtalk: DingTalk, settings: Callable[..., Settings], make_router: Callable[..., Any]
) -> None:
    """``active`` takes another router while the service runs."""
    decided: asyncio.Queue[Any] = asyncio.Queue()
    service = RouterService(
        settings(), make_router(), decision_observers=[lambda _, each: decided.put_nowait(each.by)]
    )
    async with running(service), asyncio.timeout(PATIENCE):
        dingtalk.say(Said("u1001", text="敲门"))
        assert await decided.get() == "knock"
        service.active.replace(make_router('otherwise drop "closed"'))
        dingtalk.say(Said("u1001", text="敲门"))
        assert await decided.get() == "otherwise"


async def test_the_memory_journal_is_remarked(
    settings: Callable[..., Settings], make_router: Callable[..., Any], logged: Callable[[], Any]
) -> None:
    """An operator is told while nothing survives the end of the process."""
    in_memory = settings().model_copy(update={"journal": JournalSettings(url="memory:")})
    async with running(RouterService(in_memory, make_router())):
        pass
    assert [line["level"] for line in logged() if line["event"] == "journal-in-memory"] == ["warning"]


async def test_the_configured_journal_is_used(
    dingtalk: DingTalk,
    settings: Callable[..., Settings],
    make_router: Callable[..., Any],
    logged: Callable[[], Any],
) -> None:
    """What one router left unfinished the next one on the same file goes on with, and says so: how much, and which."""
    first = settings()
    journal = SqliteJournal(first.journal.path)
    await journal.claim()
    decision = make_router().decide(
        Message("left", CLIENT_ID, "cid", group=False, text="敲门", sender="u1001")
    )
    await journal.store([NewEntry(decision)], 1)
    with pytest.raises(JournalError, match="in use"):
        await RouterService(first, make_router()).run()
    await journal.close()
    ended: asyncio.Queue[Any] = asyncio.Queue()
    async with (
        running(RouterService(first, make_router(), delivery_observers=[ended.put_nowait])),
        asyncio.timeout(PATIENCE),
    ):
        while not isinstance(event := await ended.get(), Replied):
            pass
    assert (event.msg_id, event.route, event.result) == ("left", "api", "sent")
    told = [(line["event"], line.get("count"), line.get("msg_id")) for line in logged()]
    assert told.index(("resumed", None, "left")) + 1 == told.index(("going-on", 1, None))
    assert (first.journal.path.stat().st_mode & 0o777) == 0o600
