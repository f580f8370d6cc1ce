"""Watching jobs at the sandbox's daemon: how often it is called, and for what (prx-gateway.md section 15.3)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from prx_dingtalk_router.delivery.prx.client import NoJob, PrxClient
from prx_dingtalk_router.delivery.prx.jobs import Job
from prx_dingtalk_router.delivery.prx.polling import JobPoller
from prx_dingtalk_router.delivery.prx.request import request_body
from prx_dingtalk_router.sandbox.prx import PrxSettings


@dataclass
class Looks:
    """The calls of the jobs API: at how many seconds of the poller's clock, and where."""

    clock: object
    began_ms: int
    calls: list[tuple[float, str]] = field(default_factory=list)
    when: dict[int, asyncio.Event] = field(default_factory=dict)

    def __call__(self, event):
        """Note a call of the jobs API."""
        path = getattr(event, "path", "")
        if path.startswith("/api/"):
            self.calls.append(((self.clock.ms - self.began_ms) / 1000, path))
            self.when.pop(len(self.calls), asyncio.Event()).set()

    async def reach(self, count):
        """Wait until so many calls were made."""
        if len(self.calls) < count:
            reached = self.when.setdefault(count, asyncio.Event())
            async with asyncio.timeout(15):
                await reached.wait()

    @property
    def lists(self):
        """The times of the lists."""
        return [at for at, path in self.calls if path == "/api/jobs"]


@pytest.fixture
async def desk(world, hand_clock):
    """A daemon whose turns are held, its poller on a clock that passes only in waiting, and what is looked at."""
    prx = await world.agent()
    world.hold()
    client = PrxClient(world.tables["desk"], clock=hand_clock)
    poller = JobPoller(client, hand_clock)
    looks = Looks(hand_clock, hand_clock.ms)
    prx.observe(looks)

    async def begin(count=1, first=0):
        made = []
        for number in range(first, first + count):
            said = await client.dispatch(request_body("x", f"s{number}"), f"k{number}")
            made.append(said.payload["job_id"])
        return made

    poller.begin = begin
    yield poller, looks, prx
    await poller.aclose()
    await client.aclose()


async def _cancel(watching):
    for each in watching:
        each.cancel()
    await asyncio.gather(*watching, return_exceptions=True)


async def test_one_job_is_looked_at_sooner_than_by_the_schedule_and_fetched_once(world, desk):
    """A single job is asked for by its id: by the schedule at first, then as often as the budget can bear, and no more once it has ended."""
    poller, looks, _ = desk
    (job_id,) = await poller.begin()
    watching = asyncio.create_task(poller.watch(job_id))
    await looks.reach(10)
    ages = [at for at, _ in looks.calls]
    assert ages[:5] == pytest.approx([0.3, 0.7, 1.5, 3.0, 5.0], abs=0.05)
    assert all(later - earlier < 2.7 for earlier, later in pairwise(ages[4:]))
    assert {path for _, path in looks.calls} == {f"/api/jobs/{job_id}"}
    world.open.set()
    ended = await watching
    assert isinstance(ended, Job)
    assert not ended.running
    calls = len(looks.calls)
    (other,) = await poller.begin(first=1)
    await poller.watch(other)
    assert [path for _, path in looks.calls[calls:]] == [f"/api/jobs/{other}"]


async def test_two_jobs_are_asked_for_by_their_ids(desk):
    """As long as there are calls for it nobody reads a list of all jobs to find two of them."""
    poller, looks, _ = desk
    jobs = await poller.begin(2)
    watching = [asyncio.create_task(poller.watch(job_id)) for job_id in jobs]
    await looks.reach(4)
    assert sorted(path for _, path in looks.calls[:4]) == sorted(f"/api/jobs/{job}" for job in jobs * 2)
    await _cancel(watching)


async def test_without_a_limit_each_job_is_asked_for_soon_and_alone(world, hand_clock):
    """A daemon that allows any number of calls is asked for each job by its id, at least every tenth of a second at first."""
    prx = await world.agent(api_rate_limit_per_minute=0)
    world.hold()
    client = PrxClient(world.tables["desk"], clock=hand_clock)
    poller = JobPoller(client, hand_clock)
    looks = Looks(hand_clock, hand_clock.ms)
    prx.observe(looks)
    jobs = [
        (await client.dispatch(request_body("x", f"s{number}"), f"k{number}")).payload["job_id"]
        for number in range(20)
    ]
    watching = [asyncio.create_task(poller.watch(job_id)) for job_id in jobs]
    await looks.reach(20 * 5)
    assert looks.lists == []
    for job_id in jobs:
        ages = [at for at, path in looks.calls if path.endswith(job_id)]
        assert ages[:4] == pytest.approx([0.1, 0.2, 0.3, 0.4], abs=0.05)
    world.open.set()
    assert {job.job_id for job in await asyncio.gather(*watching)} == set(jobs)
    await poller.aclose()
    await client.aclose()


async def test_more_jobs_than_there_are_calls_for_share_one_list(world, desk):
    """Where calls are scarce no job is asked for alone, and one list tells the end of all."""
    poller, looks, _ = desk
    jobs = await poller.begin(10)
    watching = [asyncio.create_task(poller.watch(job_id)) for job_id in jobs]
    await looks.reach(3)
    assert looks.lists[:3] == pytest.approx([0.3, 0.7, 1.5], abs=0.05)
    world.open.set()
    assert {job.job_id for job in await asyncio.gather(*watching)} == set(jobs)
    assert len(looks.lists) == len(looks.calls)


async def test_jobs_that_begin_one_after_the_other_are_looked_at_together(desk, hand_clock):
    """Looks that are due within 0.3 s of each other are made together, and the whole stays within two thirds of the daemon's limit."""
    poller, looks, _ = desk
    jobs = await poller.begin(30)
    watching = []
    for number, job_id in enumerate(jobs):
        watching.append(asyncio.create_task(poller.watch(job_id)))
        await looks.reach(number)
    await looks.reach(100)
    times = [at for at, _ in looks.calls]
    lists = looks.lists
    assert all(later - earlier >= 0.299 for earlier, later in pairwise(lists))
    for start in times:
        assert sum(start <= at < start + 60.0 for at in times) <= 40
    await _cancel(watching)


async def test_a_look_may_be_asked_for_at_any_time(world, desk, hand_clock):
    """A look outside the schedule tells whether the job has ended at that time."""
    poller, looks, prx = desk
    jobs = await poller.begin(2)
    watching = [asyncio.create_task(poller.watch(job_id)) for job_id in jobs]
    await looks.reach(5)
    assert await poller.look(jobs[0]) is None
    world.open.set()
    async with asyncio.timeout(15):
        while any(turn.status == "running" for turn in prx.turns):
            await world.watch.changed.wait()
            world.watch.changed.clear()
    found = await poller.look(jobs[0])
    assert found is not None
    assert found.job_id == jobs[0]
    await asyncio.gather(*watching)
    assert await poller.look(jobs[1]) is not None


async def test_a_limit_on_looking_is_respected(desk):
    """A 429 leaves the job alone and calls again after five seconds, also for jobs that begin meanwhile."""
    poller, looks, prx = desk
    first, second = await poller.begin(2)
    prx.faults.api_rate_limited = 2
    watching = [asyncio.create_task(poller.watch(first))]
    await looks.reach(1)
    watching.append(asyncio.create_task(poller.watch(second)))
    await looks.reach(3)
    (one, _), (two, _), (three, _) = looks.calls[:3]
    assert two - one >= 4.9
    assert three - two >= 9.9
    assert not any(each.done() for each in watching)
    await _cancel(watching)


async def test_a_job_that_the_daemon_forgot_is_told(desk):
    """Of two jobs, the one that the daemon does not know is gone, and the other is watched on."""
    poller, _, _ = desk
    (known,) = await poller.begin()
    watching = asyncio.create_task(poller.watch(known))
    assert await poller.watch("00000000-0000-4000-8000-000000000000") == NoJob()
    assert not watching.done()
    await _cancel([watching])


async def test_a_job_that_is_not_in_the_list_is_asked_for_before_it_counts_as_forgotten(desk):
    """Of many jobs, the one that the list leaves out is asked for by its id, and only then gone."""
    poller, looks, _ = desk
    watching = [asyncio.create_task(poller.watch(job_id)) for job_id in await poller.begin(9)]
    await asyncio.sleep(0)  # they begin
    forgotten = "00000000-0000-4000-8000-000000000000"
    assert await poller.watch(forgotten) == NoJob()
    paths = [path for _, path in looks.calls]
    assert paths.index(f"/api/jobs/{forgotten}") > paths.index("/api/jobs")
    assert not any(each.done() for each in watching)
    await _cancel(watching)


@pytest.mark.parametrize(("count", "most_calls"), [(10, 4), (200, 40)])
async def test_bursts_are_answered_within_the_daemon_s_default_limit(world, agent_step, count, most_calls):
    """Many short turns at once are all answered, with a list for many of them instead of a call for each."""

    async def answer(request):
        await asyncio.sleep(0.1)
        return request.message

    settings = PrxSettings(webhook_rate_limit_per_minute=0)
    prx = await world.agent(answer=answer, settings=settings)
    statuses = []
    prx.observe(lambda event: statuses.append((getattr(event, "path", ""), getattr(event, "status", 0))))
    dispatcher = world.start(speed=1.0)
    for number in range(count):
        message = world.message(f"m{number}", sender=f"u{number}")
        await dispatcher.accept(world.decision(agent_step(), message=message))
    await dispatcher.idle()
    assert sorted(world.chat.texts) == sorted(f"m{number}" for number in range(count))
    looks = [(path, status) for path, status in statuses if path.startswith("/api/")]
    assert {status for _, status in looks} == {200}
    assert len(looks) <= most_calls
