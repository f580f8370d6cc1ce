"""The routes that need no token: health, metrics, the agent card and pairing (prx-gateway.md sections 2, 4.2, 8)."""

from __future__ import annotations

from aiohttp import web

from prx_dingtalk_router.sandbox.prx.answers import BODY_LIMIT, answer, read_body, refusal, too_many
from prx_dingtalk_router.sandbox.prx.daemon import Daemon
from prx_dingtalk_router.sandbox.prx.health import health
from prx_dingtalk_router.sandbox.prx.limits import WINDOW_SECONDS, client_ip


class PublicRoutes:
    """What anybody may ask of ``daemon``."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon

    async def health(self, _request: web.Request) -> web.StreamResponse:
        """`GET /health`."""
        status, body = health(self._daemon)
        return answer(body, status)

    async def agent_card(self, _request: web.Request) -> web.StreamResponse:
        """`GET /.well-known/agent.json`: which agent listens here."""
        return answer({"name": self._daemon.agent_id, "version": self._daemon.settings.version})

    async def metrics(self, _request: web.Request) -> web.StreamResponse:
        """`GET /metrics`: Prometheus text 0.0.4."""
        process = self._daemon.process
        text = (
            "# HELP prx_uptime_seconds Seconds since the process began.\n"
            "# TYPE prx_uptime_seconds gauge\n"
            f"prx_uptime_seconds {int(self._daemon.uptime())}\n"
            "# HELP prx_jobs_running Background jobs that run.\n"
            "# TYPE prx_jobs_running gauge\n"
            f"prx_jobs_running {len(process.jobs.running())}\n"
        )
        return web.Response(
            body=text.encode(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        )

    async def pair(self, request: web.Request) -> web.StreamResponse:
        """`POST /pair`: the code of the start against a bearer token, once."""
        daemon, process = self._daemon, self._daemon.process
        await read_body(request, BODY_LIMIT)
        ip = client_ip(request, trust_forwarded_headers=daemon.settings.trust_forwarded_headers)
        if not process.pairs.admit(ip):
            return too_many(WINDOW_SECONDS)
        if daemon.autonomy == "read_only":
            return refusal(403, "the policy is read-only")
        locked = process.pairing.locked_for(ip)
        if locked:
            return refusal(429, "too many wrong codes", retry_after=locked)
        if not process.pairing.redeem(request.headers.get("X-Pairing-Code", "").strip(), ip):
            return refusal(403, "the pairing code is wrong, or none is active")
        persist = daemon.settings.persist_tokens
        daemon.known_token = daemon.tokens.issue(persist=persist)
        message = "paired" if persist else "paired until the process ends"
        return answer({"paired": True, "persisted": persist, "token": daemon.known_token, "message": message})
