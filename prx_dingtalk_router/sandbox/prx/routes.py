"""The route map of the gateway (prx-gateway.md section 3)."""

from __future__ import annotations

from aiohttp import web

from prx_dingtalk_router.sandbox.prx.answers import API_BODY_LIMIT
from prx_dingtalk_router.sandbox.prx.api import Api
from prx_dingtalk_router.sandbox.prx.daemon import Daemon
from prx_dingtalk_router.sandbox.prx.logs import LogStream
from prx_dingtalk_router.sandbox.prx.public import PublicRoutes
from prx_dingtalk_router.sandbox.prx.sessions import Sessions
from prx_dingtalk_router.sandbox.prx.turns import TurnRunner
from prx_dingtalk_router.sandbox.prx.webhook import Webhook
from prx_dingtalk_router.sandbox.prx.wire import wire, without_server_name


def application(daemon: Daemon, runner: TurnRunner) -> web.Application:
    """Every route of ``daemon``, behind its wire faults; turns go to ``runner``."""
    app = web.Application(middlewares=[wire(daemon)], client_max_size=API_BODY_LIMIT)
    app.on_response_prepare.append(without_server_name)
    public, api, sessions, logs = PublicRoutes(daemon), Api(daemon), Sessions(), LogStream()
    add = app.router
    add.add_get("/health", public.health)
    add.add_get("/metrics", public.metrics)
    add.add_get("/.well-known/agent.json", public.agent_card)
    add.add_get("/a2a/v1/identity", public.agent_card)
    add.add_post("/a2a/v1/identity", public.agent_card)
    add.add_post("/pair", public.pair)
    add.add_post("/webhook", Webhook(daemon, runner).post)
    for path, handler in {
        "/api/status": api.status,
        "/api/jobs": api.jobs,
        "/api/jobs/{job_id}": api.job,
        "/api/runtime/tasks": api.tasks,
        "/api/sessions": sessions.list,
        "/api/sessions/{session_id}/messages": sessions.messages,
        "/api/logs": logs.listen,
        "/api/logs/stream": logs.listen,
        "/api/channels": api.unspecified,
        "/api/channels/status": api.unspecified,
        "/api/runtime/pools": api.unspecified,
        "/api/config": api.config,
        "/api/hooks": api.unspecified,
        "/api/mcp/servers": api.unspecified,
        "/api/skills": api.unspecified,
        "/api/plugins": api.unspecified,
    }.items():
        add.add_get(path, api.guarded(handler))
    for path, handler in {
        "/api/jobs/{job_id}/cancel": api.cancel,
        "/api/runtime/tasks/{work_id}/kill": api.kill,
        "/api/sessions/{session_id}/message": sessions.message,
        "/api/config/reload": api.reload,
    }.items():
        add.add_post(path, api.guarded(handler))
    return app
