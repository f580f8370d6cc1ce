"""The wire of a daemon: what odd peers answer, and what never shows."""

from __future__ import annotations

import json
import logging

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from prx_dingtalk_router.delivery import AgentPool, PrxClient, SystemClock
from prx_dingtalk_router.delivery.prx.client import Health, NoJob
from prx_dingtalk_router.delivery.prx.jobs import Job, jobs_since, read_job, read_jobs
from prx_dingtalk_router.delivery.prx.outcome import Answered, Failed, Unknown
from prx_dingtalk_router.delivery.prx.signals import Response, Unsent
from prx_dingtalk_router.settings import AgentSettings

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
SNAPSHOT = st.fixed_dictionaries(
    {"job_id": st.text(max_size=5), "status": st.sampled_from(["running", "succeeded", "failed", "odd"])},
    optional={
        "http_status": st.sampled_from([200, 500, 503]) | JSON,
        "submitted_at_unix_ms": JSON,
        "label": JSON,
        "result": st.fixed_dictionaries({}, optional={"response": st.text(), "status": JSON}) | JSON,
    },
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
    for odd in ("Wed, 21 Oct 2026 07:28:00 GMT", "1" * 400, "3601", "-1", "1e9"):
        client = await peer(status=429, text="{}", headers={"retry-after": odd})
        assert await client.dispatch(b"{}", "k") == Response(429, {}, None)


@pytest.mark.parametrize(
    ("response", "rest"),
    [
        ({"status": 200, "headers": {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "7"}}, 7.0),
        ({"status": 200, "headers": {"x-ratelimit-remaining": "1", "x-ratelimit-reset": "7"}}, 0.0),
        ({"status": 200, "headers": {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "9" * 30}}, 0.0),
        ({"status": 429, "headers": {"x-ratelimit-reset": "7"}}, 7.0),
        ({"status": 429, "headers": {"retry-after": "11", "x-ratelimit-reset": "7"}}, 11.0),
    ],
)
async def test_what_a_daemon_says_of_its_limit_is_kept(peer, response, rest):
    """When its headers say that no call is left, none is in order until the time that they name."""
    client = await peer(text="{}", **response)
    await client.job("j")
    now = SystemClock().monotonic()
    assert client.budget.wait(now, urgent=True) == pytest.approx(rest, abs=0.5)


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
@given(SNAPSHOT | JSON, st.booleans())
def test_any_snapshot_is_a_job_or_none(snapshot, ascii_only):
    """Whatever a daemon writes, reading it does not raise, and every job has an outcome that can be stored."""
    written = json.dumps(snapshot, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    job = read_job(written)
    listed = read_jobs(b'{"jobs": [' + written + b"]}")
    assert listed is None or listed == (() if job is None else (job,))
    if job is not None:
        outcome = job.outcome()
        if isinstance(outcome, Answered):
            outcome.text.encode()
        assert 0 <= job.submitted_ms < 2**63


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read(content):
    """Whatever comes instead of JSON is none."""
    assert read_job(content) is None
    assert read_jobs(content) is None


@pytest.mark.parametrize("number", ["1" + "0" * 400, "9" * 5000, "1e999", "-1", "1.5", "true", '"7"', "NaN"])
def test_odd_numbers_of_a_job_are_not_believed(number):
    """A number that is none, or past all bounds, leaves the rest of a job as it is."""
    job = read_job(
        b'{"job_id": "j", "status": "succeeded", "http_status": %s, "submitted_at_unix_ms": %s, "elapsed_ms": %s}'
        % ((number.encode(),) * 3)
    )
    assert job is None or (job.http_status, job.submitted_ms) == (None, 0)
    assert job is not None or number in ("9" * 5000, "1e999", "NaN")


def test_of_repeated_keys_the_last_counts():
    """As in all JSON of the contract."""
    job = read_job(b'{"job_id": "x", "job_id": "j", "status": "running", "status": "succeeded"}')
    assert (job.job_id, job.status) == ("j", "succeeded")


async def test_a_big_list_is_read_without_holding_the_loop(peer):
    """While four megabytes of jobs are read the loop goes on; a list beyond that is too large."""
    result = {"response": "答" * 2_000}
    jobs = [
        {"job_id": f"j{number}", "status": "succeeded", "http_status": 200, "result": result}
        for number in range(650)
    ]
    written = json.dumps({"jobs": jobs}, ensure_ascii=False)
    assert 3_900_000 < len(written.encode()) < 4 * 1024 * 1024
    client = await peer(text=written, content_type="application/json")
    listed = await client.jobs()
    assert [job.job_id for job in listed] == [f"j{number}" for number in range(650)]
    assert listed[-1].outcome() == Answered("答" * 2_000)
    client = await peer(text=written + " " * 300_000, content_type="application/json")
    assert await client.jobs() == "too-large"


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
    ended = Job("j", status, http_status=http_status, result=json.dumps(result).encode()).outcome()
    assert ended == outcome if isinstance(outcome, Answered) else isinstance(ended, outcome)


def test_a_job_is_found_by_session_and_time():
    """Of the session's jobs since the send the first comes first; those of a little before count, as clocks differ."""

    def job(job_id, session, at, kind="webhook"):
        return Job(job_id, "running", kind=kind, label=f"gateway:webhook:{session}", submitted_ms=at)

    jobs = [
        job("later", "s", 130_000),
        job("mine", "s", 100_500),
        job("other session", "s:g1", 100_400),
        job("a little before", "s", 96_000),
        job("other kind", "s", 100_000, kind="session_message"),
        job("earlier", "s", 90_000),
    ]
    assert [each.job_id for each in jobs_since(jobs, "s", 100_000)] == ["a little before", "mine", "later"]
    assert jobs_since(jobs, "unknown", 0) == []


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
