"""What the admin address answers (interfaces.md section 4)."""

from __future__ import annotations

from aiohttp import web

from prx_dingtalk_router.errors import ReloadError
from prx_dingtalk_router.service.admin.asker import asker
from prx_dingtalk_router.service.admin.dead_letters import DeadLetterHandlers
from prx_dingtalk_router.service.admin.guard import refusal
from prx_dingtalk_router.service.metrics.page import CONTENT_TYPE, MetricsPage
from prx_dingtalk_router.service.observed import Observed
from prx_dingtalk_router.service.reload.outcomes import Applied, RefusedReload, ReloadOutcome, Unchanged
from prx_dingtalk_router.service.status import refused_document, status_document


class Handlers:
    """Answers for one router.

    Args:
        observed: the router.
    """

    def __init__(self, observed: Observed) -> None:
        self._observed = observed
        self._metrics = MetricsPage(observed)
        self._dead_letters = DeadLetterHandlers(
            observed.engine,
            observed.robot.intake.decide_again,
            shows_words=bool(observed.reloader.settings.admin.token.get_secret_value()),
        )

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered where."""
        return [
            web.get("/healthz", self.healthz),
            web.get("/readyz", self.readyz),
            web.get("/metrics", self.metrics),
            web.get("/status", self.status),
            web.get("/history", self.history),
            web.post("/reload", self.reload),
            web.post("/rollback", self.rollback),
            *self._dead_letters.routes(),
        ]

    async def healthz(self, request: web.Request) -> web.Response:
        """Answer while the process is alive."""
        return web.json_response({"status": "alive"})

    async def readyz(self, request: web.Request) -> web.Response:
        """Answer 503 with what is missing, unless all is there."""
        missing = self._observed.not_ready()
        document = {
            "ready": not missing,
            "not_ready": list(missing),
            "last_good": self._observed.reloader.differs,
        }
        return web.json_response(document, status=503 if missing else 200)

    async def metrics(self, request: web.Request) -> web.Response:
        """Give the page that Prometheus reads."""
        return web.Response(body=await self._metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    async def status(self, request: web.Request) -> web.Response:
        """Tell how everything is."""
        return web.json_response(await status_document(self._observed))

    async def history(self, request: web.Request) -> web.Response:
        """Tell which sets were in force, the newest first."""
        reloader = self._observed.reloader
        return web.json_response(
            {
                "running": reloader.running.number,
                "held": reloader.held.number if reloader.held is not None else None,
                "sets": [each.as_json() for each in reversed(reloader.kept.sets)],
            }
        )

    async def reload(self, request: web.Request) -> web.Response:
        """Put in force what the files hold: 200, or 422 with the diagnostics."""
        return _answer(await self._observed.reloader.reload("admin", asker(request)))

    async def rollback(self, request: web.Request) -> web.Response:
        """Serve an earlier set until the files change again: 200, 404 without such a set, 422 with diagnostics."""
        number = await _number(request)
        if number is False:
            return refusal(400, 'expected {"number": 12} or nothing')
        try:
            outcome = await self._observed.reloader.rollback(number, asker(request))
        except ReloadError as error:
            return web.json_response({"error": str(error)}, status=404)
        return _answer(outcome)


def _answer(outcome: ReloadOutcome) -> web.Response:
    match outcome:
        case Applied():
            return web.json_response({"result": "applied", **outcome.as_json()})
        case Unchanged():
            return web.json_response({"result": "unchanged", "fingerprint": outcome.fingerprint})
        case RefusedReload():
            return web.json_response({"result": "refused", **refused_document(outcome)}, status=422)


async def _number(request: web.Request) -> int | bool | None:
    """The number in the body; None without one, False for a body that is none."""
    if not await request.read():
        return None
    try:
        document = await request.json()
    except ValueError:
        return False
    number = document.get("number") if isinstance(document, dict) else False
    if number is None or (isinstance(number, int) and not isinstance(number, bool)):
        return number
    return False
