"""What the admin address answers about dead letters: which there are, and having them tried again or given up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from aiohttp import web

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import Entry, EntryKey
from prx_dingtalk_router.diagnosis.dead_letters import Selection, letter_document
from prx_dingtalk_router.errors import DeliveryError, JournalError
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.service.admin.asker import asker
from prx_dingtalk_router.service.admin.guard import refusal
from prx_dingtalk_router.service.engine import Engine
from prx_dingtalk_router.service.logs import log

MOST_LISTED = 200
"""Of one answer; ``next`` says where the following ones begin."""


class _Named(msgspec.Struct):
    robot: str
    msg_id: str


class _Wanted(msgspec.Struct):
    messages: list[_Named]


class DeadLetterHandlers:
    """Answers about the dead letters of one router.

    Args:
        engine: of the router.
        decide: decides about messages for which deciding had raised.
        shows_words: whether what people wrote is in the answers; without a token anybody on this machine may ask.
    """

    def __init__(self, engine: Engine, decide: Callable[[Message], Decision], *, shows_words: bool) -> None:
        self._engine = engine
        self._decide = decide
        self._shows_words = shows_words

    def routes(self) -> list[web.RouteDef]:
        """Return what is answered where."""
        return [
            web.get("/dead", self.listed),
            web.post("/dead/retry", self.retry),
            web.post("/dead/drop", self.drop),
        ]

    async def listed(self, request: web.Request) -> web.Response:
        """List dead letters by arrival: those that fit ``id`` (any of several), ``since_ms``, ``agent`` and ``reason``.

        ``after`` goes on where an earlier answer says ``next``; that is null in the last one. What people wrote is only told where
        a token guards it: ``text`` and ``match`` are null without.
        """
        asked = request.query
        try:
            after, since_ms = (int(asked.get(name, "0")) for name in ("after", "since_ms"))
        except ValueError:
            return refusal(400, "after and since_ms are whole numbers")
        selection = Selection(
            tuple(asked.getall("id", [])), since_ms, asked.get("agent"), asked.get("reason")
        )
        found: list[Any] = []
        try:
            while len(found) < MOST_LISTED:
                page = await self._engine.journal.dead(after, MOST_LISTED - len(found))
                if not page:
                    return web.json_response({"dead": found, "next": None})
                after = page[-1].arrival
                found += [self._document(entry) for entry in page if selection.takes(entry)]
        except JournalError as problem:
            return refusal(503, str(problem))
        return web.json_response({"dead": found, "next": after})

    def _document(self, entry: Entry) -> Mapping[str, Any]:
        told = letter_document(entry)
        return told if self._shows_words else {**told, "text": None, "match": None}

    async def retry(self, request: web.Request) -> web.Response:
        """Try dead letters again; an agent may be asked a second time."""
        again = partial(self._engine.dispatcher.retry, decide=self._decide)
        return await self._change(request, again, "dead-retried")

    async def drop(self, request: web.Request) -> web.Response:
        """Give dead letters up."""
        return await self._change(request, self._engine.dispatcher.discard, "dead-dropped")

    async def _change(
        self, request: web.Request, change: Callable[[EntryKey], Awaitable[None]], event: str
    ) -> web.Response:
        try:
            wanted = msgspec.json.decode(await request.read(), type=_Wanted)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return refusal(400, 'expected {"messages": [{"robot": "…", "msg_id": "…"}]}')
        keys = list(dict.fromkeys(EntryKey(each.robot, each.msg_id) for each in wanted.messages))
        # Together, so that they share commits; in order, so that those of one session go on in theirs.
        problems = await asyncio.gather(*(_problem(change, key) for key in keys))
        done = [key for key, problem in zip(keys, problems, strict=True) if problem is None]
        if done:
            log("info", event, by=asker(request), count=len(done), messages=_listed(done))
        return web.json_response(
            {
                "done": [key._asdict() for key in done],
                "refused": [
                    {**key._asdict(), "why": problem}
                    for key, problem in zip(keys, problems, strict=True)
                    if problem is not None
                ],
            }
        )


async def _problem(change: Callable[[EntryKey], Awaitable[None]], key: EntryKey) -> str | None:
    """Change one; why that cannot be."""
    try:
        await change(key)
    except (DeliveryError, JournalError) as problem:
        return str(problem)
    return None


def _listed(keys: Sequence[EntryKey], most: int = 20) -> str:
    shown = ", ".join(key.msg_id for key in keys[:most])
    return f"{shown}, …" if len(keys) > most else shown
