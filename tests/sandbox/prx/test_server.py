"""Start, stop, kill, restart, and a daemon that refuses connections."""

from __future__ import annotations

import asyncio
import socket
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.prx import Booted, Died, Prx, PrxFaults, PrxSettings

EVERYWHERE = "0.0.0.0"  # noqa: S104 - the very thing that needs leave


async def test_down_until_the_knob_is_off(launch: Any) -> None:
    """While the knob is on nobody is there; turned off, another process answers."""
    daemon = await launch()
    pid = daemon.prx.pid
    daemon.prx.faults.down = True
    await daemon.until(Died)
    with pytest.raises(httpx.ConnectError):
        await daemon.get("/health")
    daemon.prx.faults.down = False
    await daemon.until(Booted, 2)
    health = (await daemon.get("/health")).json()["runtime"]
    assert (health["pid"] != pid, health["uptime_seconds"]) == (True, 0)


async def test_a_crash_does_not_end_what_the_knob_keeps_down(launch: Any) -> None:
    """A process that crashed and is then held down stays down after its seconds, until the knob is off."""
    daemon = await launch(faults=PrxFaults(crash_in_turn=1, down_secs=0.05))
    await daemon.accepted()
    await daemon.until(Died)
    daemon.prx.faults.down = True
    await asyncio.gather(*daemon.prx._tasks)
    assert len([each for each in daemon.events if isinstance(each, Booted)]) == 1
    daemon.prx.faults.down = False
    await daemon.until(Booted, 2)
    assert (await daemon.get("/health")).status_code == 200


async def test_restart_forgets_jobs_and_keys_on_the_same_port(launch: Any) -> None:
    """After a restart job ids are 404 and the same key runs the turn a second time; port and token stay."""
    daemon = await launch()
    job_id = await daemon.accepted(key="k")
    await daemon.ended()
    url, pid = daemon.prx.base_url, daemon.prx.pid
    await daemon.prx.restart()
    assert daemon.prx.base_url == url
    assert daemon.prx.pid != pid
    assert (await daemon.get(f"/api/jobs/{job_id}")).status_code == 404
    again = await daemon.ask(key="k")
    assert "idempotent" not in again.json()
    assert len(daemon.prx.turns) == 2


async def test_restart_resets_rate_windows(launch: Any) -> None:
    """A used-up limit is fresh after a restart."""
    daemon = await launch(webhook_rate_limit_per_minute=1)
    assert [(await daemon.ask()).status_code for _ in range(2)] == [200, 429]
    await daemon.prx.restart()
    assert (await daemon.ask()).status_code == 200


async def test_kill_resets_connections_and_loses_turns(launch: Any) -> None:
    """A sync waiter's connection is cut, the turn is lost without a record, and nothing listens until a restart."""
    daemon = await launch(gated=True)
    asking = asyncio.create_task(daemon.ask())
    await daemon.started()
    await daemon.prx.kill()
    with pytest.raises(httpx.TransportError):
        await asking
    assert daemon.prx.turns[0].status == "lost"
    with pytest.raises(httpx.ConnectError):
        await daemon.http.get("/health")
    await daemon.prx.restart()
    assert (await daemon.get("/api/jobs")).json() == {"jobs": [], "total": 0}


async def test_crash_in_a_turn_brings_up_another_process(launch: Any) -> None:
    """The knob takes the process down in the middle of one turn; its supervisor starts the next."""
    daemon = await launch(faults=PrxFaults(turn_delay=0.02, crash_in_turn=1))
    job_id = await daemon.accepted()
    booted = await daemon.until(Booted, 2)
    assert any(isinstance(event, Died) for event in daemon.events)
    assert daemon.prx.turns[0].status == "lost"
    assert (await daemon.http.get("/health")).json()["runtime"]["pid"] == booted.pid
    assert (await daemon.get(f"/api/jobs/{job_id}")).status_code == 404
    assert (await daemon.ask()).status_code == 200


async def test_refused_connections(launch: Any) -> None:
    """While the knob is on connects are refused and turns go on; when it is off the same port answers."""
    daemon = await launch(gated=True)
    job_id = await daemon.accepted()
    await daemon.started()
    daemon.prx.faults.refuse_connections = True
    with pytest.raises(httpx.TransportError):  # the connection that was open is reset
        await daemon.http.get("/health")
    with pytest.raises(httpx.ConnectError):
        await daemon.http.get("/health")
    daemon.gate.open()
    await daemon.ended()
    daemon.prx.faults.refuse_connections = False
    assert (await daemon.job(job_id))["status"] == "succeeded"


async def test_knob_that_flickers(launch: Any) -> None:
    """Turning the knob to and fro without a pause ends in the state it was left in."""
    daemon = await launch()
    for refuse in (True, False, True, False, True):
        daemon.prx.faults.refuse_connections = refuse
    for _ in range(5):
        await asyncio.sleep(0)
    with pytest.raises(httpx.ConnectError):
        await daemon.http.get("/health")
    daemon.prx.faults.refuse_connections = False
    assert (await daemon.http.get("/health")).status_code == 200


async def test_restart_while_connections_are_refused(launch: Any) -> None:
    """A daemon that restarts behind a refusing address stays refused until the knob is off."""
    daemon = await launch(faults=PrxFaults(refuse_connections=True))
    await daemon.prx.restart()
    with pytest.raises(httpx.ConnectError):
        await daemon.http.get("/health")
    daemon.prx.faults.refuse_connections = False
    assert (await daemon.http.get("/health")).status_code == 200


async def test_taken_port() -> None:
    """A port that is taken is a clear error that names it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        prx = Prx("helpdesk")
        with pytest.raises(SandboxError, match=str(port)):
            await prx.start(port=port)
        await prx.stop()


async def test_public_address() -> None:
    """An address that is not loopback is refused unless the configuration allows it."""
    with pytest.raises(SandboxError, match="allow_public_bind"):
        await Prx("helpdesk").start(host=EVERYWHERE)
    prx = Prx("helpdesk", settings=PrxSettings(allow_public_bind=True))
    await prx.start(host=EVERYWHERE)
    async with httpx.AsyncClient() as client:
        port = urlsplit(prx.base_url).port
        assert (await client.get(f"http://127.0.0.1:{port}/health")).status_code == 200
    await prx.stop()


@pytest.mark.parametrize(("host", "port"), [("203.0.113.1", 0), ("x" * 64, 0), ("127.0.0.1", 70_000)])
async def test_unusable_address(host: str, port: int) -> None:
    """An address of another machine, a name that cannot be one and a port out of range are clear errors."""
    prx = Prx("helpdesk", settings=PrxSettings(allow_public_bind=True))
    with pytest.raises(SandboxError, match=f"{host}:{port}"):
        await prx.start(host=host, port=port)
    await prx.start()
    assert prx.base_url.startswith("http://127.0.0.1:")
    await prx.stop()


async def test_restart_by_hand_while_a_crash_keeps_it_down(launch: Any) -> None:
    """A daemon brought back by hand is not restarted a second time when its supervisor would have."""
    daemon = await launch(faults=PrxFaults(crash_in_turn=1, down_secs=0.05))
    with pytest.raises(httpx.TransportError):
        await daemon.ask()
    await daemon.until(Died)
    await daemon.prx.restart()
    pid = daemon.prx.pid
    await asyncio.gather(*daemon.prx._tasks)
    assert daemon.prx.pid == pid
    assert (await daemon.ask()).status_code == 200


async def test_start_twice_and_stop_twice() -> None:
    """A second start is refused, a second stop does nothing, and a stopped daemon cannot be restarted."""
    prx = Prx("helpdesk")
    await prx.start()
    with pytest.raises(SandboxError):
        await prx.start()
    await prx.stop()
    await prx.stop()
    with pytest.raises(SandboxError):
        await prx.restart()


async def test_stop_with_running_turns_and_waiting_clients(launch: Any) -> None:
    """Stopping ends hanging turns and open requests; nothing is left behind."""
    daemon = await launch(faults=PrxFaults(hang=True))
    asking = asyncio.create_task(daemon.ask())
    await daemon.started()
    await daemon.prx.stop()
    with pytest.raises(httpx.TransportError):
        await asking
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("prx")]


async def test_base_url_is_on_loopback_with_a_real_port(launch: Any) -> None:
    """By default the daemon listens on 127.0.0.1 at a free port."""
    daemon = await launch()
    parts = urlsplit(daemon.prx.base_url)
    assert parts.hostname == "127.0.0.1"
    assert parts.port


async def test_pid_is_nobodys(launch: Any) -> None:
    """No process of the machine can have the simulated pid, and a restart changes it."""
    daemon = await launch()
    first = daemon.prx.pid
    await daemon.prx.restart()
    assert min(first, daemon.prx.pid) > 4_194_304
    assert daemon.prx.pid != first
