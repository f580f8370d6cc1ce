"""`/api`: jobs, tasks, status, behind the limiter and the bearer token (prx-gateway.md sections 3, 6, 8)."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Awaitable, Callable

from aiohttp import web

from prx_dingtalk_router.sandbox.prx.answers import answer, refusal, too_many
from prx_dingtalk_router.sandbox.prx.auth import bearer_of, token_hash
from prx_dingtalk_router.sandbox.prx.daemon import Daemon
from prx_dingtalk_router.sandbox.prx.jobs import Job
from prx_dingtalk_router.sandbox.prx.limits import WINDOW_SECONDS, client_ip

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_PROVIDER = "anthropic"


class Api:
    """What a token holder may ask of ``daemon``."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    def guarded(self, handler: Handler) -> Handler:
        """``handler`` behind the limiter, which comes first, and the bearer token."""

        async def guard(request: web.Request) -> web.StreamResponse:
            daemon = self._daemon
            if daemon.faults.take("api_rate_limited"):
                return too_many(daemon.faults.retry_after)
            bearer = bearer_of(request.headers)
            trusts = daemon.settings.trust_forwarded_headers
            key = token_hash(bearer) if bearer else client_ip(request, trust_forwarded_headers=trusts)
            if not daemon.process.api.admit(key):
                return too_many(WINDOW_SECONDS)
            unauthorized = daemon.credentials.bearer_refusal(request.headers)
            if unauthorized is not None:
                return refusal(401, unauthorized)
            return await handler(request)

        return guard

    async def job(self, request: web.Request) -> web.StreamResponse:
        """`GET /api/jobs/{job_id}`."""
        found = self._find(request)
        return answer(self._daemon.process.jobs.snapshot(found)) if isinstance(found, Job) else found

    async def jobs(self, _request: web.Request) -> web.StreamResponse:
        """`GET /api/jobs`: every record with its full result; every token sees every job."""
        store = self._daemon.process.jobs
        snapshots = [store.snapshot(job) for job in store.newest_first()]
        return answer({"jobs": snapshots, "total": len(snapshots)})

    async def cancel(self, request: web.Request) -> web.StreamResponse:
        """`POST /api/jobs/{job_id}/cancel`: 403 unless autonomy is `full`."""
        if self._daemon.autonomy != "full":
            return refusal(403, "the policy does not allow killing work")
        found = self._find(request)
        if not isinstance(found, Job):
            return found
        return answer({"job_id": found.job_id, "work_id": found.work_id, "targets": await self._kill(found)})

    async def kill(self, request: web.Request) -> web.StreamResponse:
        """`POST /api/runtime/tasks/{work_id}/kill`: the same by work id; one that is not known is `unknown`."""
        if self._daemon.autonomy != "full":
            return refusal(403, "the policy does not allow killing work")
        work_id = request.match_info["work_id"]
        found = self._daemon.process.jobs.by_work_id(work_id)
        targets = [f"{work_id}:unknown"] if found is None else await self._kill(found)
        return answer({"work_id": work_id, "targets": targets})

    async def _kill(self, job: Job) -> list[str]:
        outcome = await self._daemon.process.jobs.cancel(
            job, way=self._daemon.faults.cancel, wait_secs=self._daemon.settings.kill_wait_secs
        )
        return [f"{work_id}:{outcome}" for work_id in (job.work_id, *job.tool_calls)]

    def _find(self, request: web.Request) -> Job | web.Response:
        try:
            job_id = str(uuid.UUID(request.match_info["job_id"]))
        except ValueError:
            return refusal(400, "the job id is not a UUID")
        found = self._daemon.process.jobs.get(job_id)
        return found if found is not None else refusal(404, "there is no such job")

    async def tasks(self, _request: web.Request) -> web.StreamResponse:
        """`GET /api/runtime/tasks`: what runs now."""
        running = [row for job in self._daemon.process.jobs.running() for row in self._tasks(job)]
        return answer({"running": running, "unreaped": [], "total": len(running)})

    def _tasks(self, job: Job) -> list[dict[str, object]]:
        calls = [self._task(job, work_id, "tool_call", "shell", job.work_id) for work_id in job.tool_calls]
        return [self._task(job, job.work_id, "sub_agent", job.label, None), *calls]

    def _task(self, job: Job, work_id: str, kind: str, name: str, parent: str | None) -> dict[str, object]:
        elapsed = job.elapsed_ms(self._daemon.clock.monotonic())
        return {
            "id": work_id,
            "kind": kind,
            "name": name,
            "state": "kill_requested" if job.kill_requested else "running",
            "parent": parent,
            "run_id": job.job_id if parent is None else None,
            "started_at_unix_ms": job.submitted_at_unix_ms,
            "elapsed_secs": elapsed // 1000,
            "elapsed_ms": elapsed,
            "pid": None,
            "pgid": None,
        }

    async def status(self, request: web.Request) -> web.StreamResponse:
        """`GET /api/status`."""
        daemon = self._daemon
        degraded = daemon.faults.provider_degraded
        revision = hashlib.sha256(repr(daemon.settings).encode()).hexdigest()
        sockname = request.get_extra_info("sockname")
        return answer(
            {
                "version": daemon.settings.version,
                "uptime_seconds": int(daemon.uptime()),
                "model": daemon.settings.model,
                "memory_backend": daemon.settings.memory_backend,
                "channels": list(daemon.settings.channels),
                "gateway_port": sockname[1] if sockname else 0,
                "provider_degraded": degraded,
                "provider_available": [] if degraded else [_PROVIDER],
                "provider_unavailable": [f"{_PROVIDER}: circuit open"] if degraded else [],
                "active_config_generation": 1,
                "active_config_source_revision": revision,
                "desired_config_source_revision": revision,
                "config_reload_status": "idle",
                "config_reload_in_progress": False,
                "config_generation_participants": ["gateway"],
                "restart_required": [],
                "last_config_reload_failure": None,
            }
        )

    async def reload(self, _request: web.Request) -> web.StreamResponse:
        """`POST /api/config/reload`: nothing has changed, so it succeeds."""
        return answer({"success": True, "message": "the configuration is unchanged"})

    async def config(self, _request: web.Request) -> web.StreamResponse:
        """`GET /api/config`: the settings that this daemon has, under PRX's names; nothing secret.

        The protocol document names the route and not the body.
        """
        settings = self._daemon.settings
        channel = (
            {"dingtalk": {"client_id": settings.dingtalk_client_id}} if settings.dingtalk_client_id else {}
        )
        return answer(
            {
                "gateway": {
                    "require_pairing": settings.require_pairing,
                    "webhook_rate_limit_per_minute": settings.webhook_rate_limit_per_minute,
                    "api_rate_limit_per_minute": settings.api_rate_limit_per_minute,
                    "idempotency_ttl_secs": settings.idempotency_ttl_secs,
                },
                "memory": {"backend": settings.memory_backend, "auto_save": settings.auto_save},
                "channels_config": channel,
            }
            if settings.tells_config
            else {}
        )

    async def unspecified(self, _request: web.Request) -> web.StreamResponse:
        """A known route whose body the protocol document does not give: an empty object."""
        return answer({})
