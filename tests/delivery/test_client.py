"""The wire of a daemon: what odd peers answer, and what never shows."""

from __future__ import annotations

import logging

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from prx_dingtalk_router.delivery import AgentPool, PrxClient
from prx_dingtalk_router.delivery.prx.client import Health, NoJob
from prx_dingtalk_router.delivery.prx.jobs import Job, find_job, read_job
from prx_dingtalk_router.delivery.prx.outcome import Answered, Failed, Unknown
from prx_dingtalk_router.delivery.prx.signals import Response, Unsent
from prx_dingtalk_router.settings import AgentSettings

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@pytest.fixture
async def peer():
    """Starts peers that answer every request with one given response; gives clients of them."""
    opened = []

    async def start(**response):
        async def answer(_):
            return web.Response(**response)

        app = web.Application()
        app.router.add_route("*", "/{any:.*}", answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        client = PrxClient(AgentSettings(url=f"http://127.0.0.1:{runner.addresses[0][1]}"))
        opened.append((runner, client))
        return client

    yield start
    for runner, client in opened:
        await client.aclose()
        await runner.cleanup()


async def test_a_page_is_no_answer(peer):
    """The console's page, which unknown paths answer with 200, is neither health, nor job, nor list."""
    client = await peer(text="<!doctype html>", content_type="text/html")
    assert await client.health() == "odd"
    assert await client.job("j") == "odd"
    assert await client.jobs() == "odd"
    assert await client.card() == "odd"
    assert await client.status() == "odd"
    assert await client.cancel("j") == "refused"
    assert await client.dispatch(b"{}", "k") == Response(200, None)


@pytest.mark.parametrize(
    ("text", "kind", "payload"),
    [
        ("[]", "application/json", {}),
        ("null", "text/plain", {}),
        ('{"job_id": "3f', "application/json", {}),
        ("", "application/json", {}),
        ("<!doctype html>", "text/html", None),
        ("", "text/plain", None),
    ],
)
async def test_json_without_anything_to_go_by_is_told_from_a_page(peer, text, kind, payload):
    """A page is not from PRX; JSON is, even where it is broken or no object."""
    client = await peer(text=text, content_type=kind)
    assert await client.dispatch(b"{}", "k") == Response(200, payload)


@pytest.mark.parametrize(
    ("status", "missed"),
    [
        (401, "refused"),
        (403, "refused"),
        (429, "throttled"),
        (502, "unreachable"),
        (404, NoJob()),
        (418, "odd"),
    ],
)
async def test_the_jobs_api_s_refusals_are_told_apart(peer, status, missed):
    """Why a job was not shown decides what is done next."""
    client = await peer(status=status, text='{"error":"no"}', content_type="application/json")
    assert await client.job("j") == missed


async def test_nobody_there(peer):
    """A refused connection is surely not sent; the rest is unreachable."""
    client = PrxClient(AgentSettings(url="http://127.0.0.1:9"))
    assert await client.dispatch(b"{}", "k") == Unsent()
    assert await client.health() == "unreachable"
    assert await client.cancel("j") == "unreachable"
    await client.aclose()


async def test_a_retry_after_is_read(peer):
    """A `Retry-After` in seconds is taken; a date is not."""
    client = await peer(status=429, text="{}", headers={"retry-after": "7"})
    assert await client.dispatch(b"{}", "k") == Response(429, {}, 7.0)
    client = await peer(status=429, text="{}", headers={"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"})
    assert await client.dispatch(b"{}", "k") == Response(429, {}, None)


async def test_health_is_that_of_the_gateway(world):
    """A broken channel makes the whole a 503 while the gateway is ready and the process known."""
    prx = await world.agent()
    world.start()
    client = world.pools[0].get("desk").client
    prx.faults.broken_channel = True
    health = await client.health()
    assert isinstance(health, Health)
    assert health.ready
    assert health.identity.pid == prx.pid
    prx.faults.gateway_state = "failed"
    assert not (await client.health()).ready
    assert (await client.status())["version"].startswith("0.8.")


@settings(deadline=None)
@given(JSON)
def test_any_snapshot_is_a_job_or_none(snapshot):
    """Whatever a daemon writes, reading it does not raise, and every job has an outcome."""
    job = read_job(snapshot)
    assert job is None or job.outcome() is not None


@pytest.mark.parametrize(
    ("status", "http_status", "result", "outcome"),
    [
        ("succeeded", 200, {"response": "好"}, Answered("好")),
        ("succeeded", 200, {"response": 1}, Failed),
        ("succeeded", 500, {"error": "x", "response": "no"}, Failed),
        ("succeeded", 503, {"error": "x"}, Unknown),
        ("succeeded", 503, {"error": "x", "status": "cancelled"}, Failed),
        ("succeeded", 403, {"error": "x"}, Failed),
        ("failed", None, None, Failed),
        ("cancelled", None, None, Failed),
        ("new state", None, None, Unknown),
    ],
)
def test_a_job_ends_as_its_http_status_says(status, http_status, result, outcome):
    """`succeeded` is no success unless `http_status` is 200 and there is an answer."""
    ended = Job("j", status, http_status=http_status, result=result).outcome()
    assert ended == outcome if isinstance(outcome, Answered) else isinstance(ended, outcome)


def test_a_job_is_found_by_session_and_time():
    """Of the session's jobs since the send, those of other turns set aside, the first is taken."""

    def job(job_id, session, at, kind="webhook"):
        return Job(job_id, "running", kind=kind, label=f"gateway:webhook:{session}", submitted_ms=at)

    jobs = [
        job("later", "s", 130_000),
        job("mine", "s", 100_500),
        job("other session", "s:g1", 100_400),
        job("another turn", "s", 100_100),
        job("other kind", "s", 100_000, kind="session_message"),
        job("earlier", "s", 90_000),
    ]
    found = find_job(jobs, "s", 100_000, {"another turn"})
    assert found is not None
    assert found.job_id == "mine"
    assert find_job(jobs, "unknown", 0, ()) is None


async def test_secrets_never_show(world, agent_step, caplog):
    """Neither tokens nor webhooks are in logs or representations, whatever fails."""
    caplog.set_level(logging.DEBUG)
    await world.agent()
    secrets = {
        "token": SecretStr("tok-93f"),
        "signing_secret": SecretStr("sig-93f"),
        "webhook_token": SecretStr("wht-93f"),
    }
    world.tables["desk"] = world.tables["desk"].model_copy(update=secrets)
    dispatcher = world.start()
    message = world.message(session_webhook=world.chat.webhook("session-93f"))
    world.chat.answers.append(300001)
    decision = world.decision(agent_step(), message=message)
    await dispatcher.accept(decision)
    await world.watch.ended(message.msg_id)
    shown = caplog.text + repr(world.watch.events) + repr(await world.journal.dead()) + repr(decision)
    assert "93f" not in shown
    assert "delivery.misconfigured" in shown


async def test_a_retired_agent_is_closed_with_the_pool(world, agent_step):
    """An agent that a reload removed while it was busy is closed at the latest with the pool."""
    prx = await world.agent()
    world.hold()
    dispatcher = world.start()
    pool = world.pools[0]
    assert isinstance(pool, AgentPool)
    await dispatcher.accept(world.decision(agent_step()))
    await world.watch.holds(lambda: prx.turns)
    agent = pool.get("desk")
    pool.replace({})
    assert list(pool) == []
    await pool.aclose()
    with pytest.raises(RuntimeError):
        await agent.client.health()
