"""The sandbox's DingTalk: a server on loopback, and what tests, page and commands do with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from aiohttp import web

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.dingtalk import answers, frames, json_text
from prx_dingtalk_router.sandbox.dingtalk.callbacks import Letter, Payload, new_msg_id, payload, visible_text
from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.connections import PERIODS
from prx_dingtalk_router.sandbox.dingtalk.directory import App, Conversation, Directory, Person
from prx_dingtalk_router.sandbox.dingtalk.events import Event
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.gateway import Gateway
from prx_dingtalk_router.sandbox.dingtalk.meters import Meter
from prx_dingtalk_router.sandbox.dingtalk.openapi import OpenApi
from prx_dingtalk_router.sandbox.dingtalk.pushes import Push
from prx_dingtalk_router.sandbox.dingtalk.reactions import Chip
from prx_dingtalk_router.sandbox.dingtalk.replies import Replies
from prx_dingtalk_router.sandbox.dingtalk.said import GROUP_TYPES, MESSAGE_TYPES, Said
from prx_dingtalk_router.sandbox.dingtalk.service import Service
from prx_dingtalk_router.sandbox.dingtalk.transcript import Line

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MAX_REQUEST = 32 << 20
"""Bytes of a request that the server reads at all; the service's own limits are lower."""


class _Written(NamedTuple):
    """A message with everything looked up that it names; ``robots`` are those that it reaches."""

    said: Said
    person: Person
    room: Conversation
    robots: tuple[App, ...]
    mentioned: tuple[Person, ...]
    quoted: Line | None
    hosted: Person | None
    msg_id: str
    at: int


class DingTalk:
    """DingTalk's Stream Mode, session webhooks and robot API on one address.

    Use it from one event loop: ``start`` it, let people ``say`` things, ``observe`` what happens, ``stop`` it.

    Args:
        directory: who exists.
        faults: knobs; a healthy service without.
        speed: how many times faster than the real service its own waits end (see ``Clock``).

    Raises:
        SandboxError: the speed is not greater than 0.
    """

    def __init__(self, directory: Directory, *, faults: Faults | None = None, speed: float = 1.0) -> None:
        if not 0 < speed < float("inf"):
            raise SandboxError("sandbox.dingtalk-speed", speed=speed)
        self.directory = directory
        self.faults = faults or Faults()
        self.base_url = ""
        self._service = Service(directory, self.faults, Clock(speed))
        self._runner: web.AppRunner | None = None
        self.faults.observe(self._turned)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; ``base_url`` is the address then. ``port`` 0 takes a free one.

        Raises:
            SandboxError: it is running already, or the address is taken or none of this machine.
        """
        if self._runner is not None:
            raise SandboxError("sandbox.dingtalk-running")
        runner = web.AppRunner(
            self._application(), access_log=None, handle_signals=False, shutdown_timeout=0.1
        )
        await runner.setup()
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except (OSError, OverflowError) as error:
            await runner.cleanup()
            raise SandboxError("sandbox.dingtalk-address", host=host, port=port, why=error) from error
        self._runner = runner
        bound = runner.addresses[0]
        name = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
        self.base_url = f"http://{f'[{name}]' if ':' in name else name}:{bound[1]}"

    async def stop(self) -> None:
        """Close all connections and stop listening; nothing that waited is pushed any more."""
        if self._runner is None:
            return
        runner, self._runner = self._runner, None
        self._service.pushes.close()
        for connection in self._service.pool:
            connection.end()
        await runner.cleanup()
        self._service.pushes.close()

    @property
    def connections(self) -> int:
        """How many stream connections are live."""
        return len(self._service.pool)

    async def connected(self, count: int = 1) -> None:
        """Wait until at least ``count`` stream connections are live."""
        await self._service.pool.reach(count)

    def observe(self, observer: Callable[[Event], None]) -> Callable[[], None]:
        """Tell ``observer`` every event from now on; calling the answer takes it off again."""
        return self._service.observers.add(observer)

    def transcript(self, conversation_id: str) -> list[Line]:
        """What the conversation shows, in order."""
        return self._service.transcript.lines(conversation_id)

    def reactions(self, msg_id: str) -> list[Chip]:
        """Every reaction that the message had, the removed ones included."""
        return self._service.reactions.history(msg_id)

    @property
    def used(self) -> dict[Meter, int]:
        """What was counted in this month, by meter: calls of the API host; pushes and webhook posts."""
        return self._service.meters.used

    def say(self, said: Said) -> str:
        """A person writes; where a robot gets it, its callback is pushed. Answers the message id.

        Raises:
            SandboxError: the person or conversation is unknown, the person is no member, the type cannot be written
                there, the quoted message is not in the conversation, or the sandbox is not running.
        """
        written = self._written(said)
        room, person = written.room, written.person
        self._service.show(
            Line(
                at=written.at,
                conversation_id=room.id,
                author="person",
                name=person.nick,
                staff_id=person.staff_id,
                sender_id=person.sender_id,
                msg_id=written.msg_id,
                type=said.type,
                text=visible_text(said, written.mentioned),
                mentions=(
                    *(app.robot_code for app in written.robots if room.kind == "2"),
                    *(each.staff_id for each in written.mentioned),
                ),
                pictures=said.pictures,
                file_name=said.file_name,
                quote=said.quote,
                created_at=said.created_at,
            )
        )
        for app in written.robots:
            self._push(written, app)
        return written.msg_id

    def draft(self, said: Said) -> Payload | None:
        """Answer the callback that a message would be pushed as, ``None`` if no robot gets it; nothing happens.

        Its session webhook is empty: nothing can be replied to what was not written.

        Raises:
            SandboxError: as in ``say``.
        """
        written = self._written(said)
        if not written.robots:
            return None
        letter = self._letter(written, written.robots[0], "", 0)
        over = said.over_quota or self.faults.over_quota != "off"
        return payload(letter, self.faults, self._service.media, over_quota=over)

    def send_event(self, event_type: str, body: Mapping[str, object], *, app: App | None = None) -> str:
        """Push an EVENT of the organisation; the answer is its event id. One answered LATER comes again."""
        return self._service.push_event(app or self.directory.apps[0], event_type, body)

    def press(
        self,
        staff_id: str,
        out_track_id: str,
        action_ids: tuple[str, ...],
        params: Mapping[str, str] | None = None,
        *,
        conversation_id: str | None = None,
        app: App | None = None,
        on_answer: Callable[[frames.Ack], None] | None = None,
    ) -> None:
        """Somebody presses a button of an AI card: a card callback, to be answered within two seconds."""
        owner, person = app or self.directory.apps[0], self.directory.person(staff_id)
        room = self.directory.conversation(conversation_id) if conversation_id else None
        body = {
            "type": "actionCallback",
            "outTrackId": out_track_id,
            "corpId": owner.corp_id,
            "userId": person.staff_id,
            "userIdType": 1,
            "spaceId": room.id if room else person.staff_id,
            "spaceType": "IM_GROUP" if room and room.kind == "2" else "IM_ROBOT",
            "extension": "{}",
            "content": json_text.write(
                {"cardPrivateData": {"actionIds": list(action_ids), "params": dict(params or {})}}
            ),
        }
        self._service.meters.spend("push")
        self._service.pushes.submit(
            Push(owner, "CALLBACK", frames.CARD_CALLBACK, body, out_track_id, on_answer=on_answer)
        )

    def disconnect(self) -> None:
        """Announce ``disconnect`` on all connections: ten seconds of silence, then TCP is closed."""
        for connection in self._service.pool:
            connection.announce()

    def cut(self) -> None:
        """Drop all connections at once, without any announcement."""
        for connection in self._service.pool:
            connection.end(reset=True)

    def send_raw(self, frame: str | bytes) -> None:
        """Send a frame as it stands over every connection."""
        for connection in self._service.pool:
            connection.send(frame)

    def revoke_tokens(self) -> None:
        """Make every access token invalid at once."""
        self._service.tokens.revoke()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._throttled], client_max_size=MAX_REQUEST)
        for part in (OpenApi(self._service), Replies(self._service), Gateway(self._service)):
            application.add_routes(part.routes())
        return application

    @web.middleware
    async def _throttled(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Throttling by IP meets every interface; what is not there is refused in the API host's manner."""
        form = self.faults.throttle
        special = answers.special(form) if form != "off" else None
        if special is not None:
            self._service.refused(request.path, special.status, "throttled", "fault")
            return special
        try:
            answer = await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            return answers.not_found()
        if self.faults.slow_body and isinstance(answer, web.Response):
            return await answers.trickled(request, answer, self.faults.slow_body)
        return answer

    def _turned(self, knob: str) -> None:
        if knob == "black_hole":
            for connection in self._service.pool:
                connection.flow(not self.faults.black_hole)
        elif knob in PERIODS:
            for connection in self._service.pool:
                connection.turned(knob)
        elif knob == "hold_pushes" and not self.faults.hold_pushes and self._runner is not None:
            self._service.pushes.release()

    def _robots(self, said: Said) -> list[App]:
        if not said.robots:
            return [self.directory.apps[0]]
        found = [(code, self.directory.robot(code)) for code in said.robots]
        for code, app in found:
            if app is None:
                raise SandboxError("sandbox.dingtalk-unknown-robot", code=code)
        return [app for _, app in found if app is not None]

    def _room(self, said: Said, person: Person, app: App) -> Conversation:
        if said.conversation_id is None:
            return self.directory.private(person.staff_id, app)
        room = self.directory.conversation(said.conversation_id)
        if person.staff_id not in room.members:
            raise SandboxError(
                "sandbox.dingtalk-no-member", name=person.nick, conversation=room.title or room.id
            )
        if room.kind == "2" and said.at_robot and said.type not in GROUP_TYPES:
            raise SandboxError("sandbox.dingtalk-group-type", type=said.type, known=sorted(GROUP_TYPES))
        return room

    def _written(self, said: Said) -> _Written:
        """Look everything up that a message names."""
        if self._runner is None:
            raise SandboxError("sandbox.dingtalk-not-running")
        service, directory = self._service, self.directory
        if said.type not in MESSAGE_TYPES:
            raise SandboxError("sandbox.dingtalk-message-type", type=said.type, known=list(MESSAGE_TYPES))
        person = directory.person(said.staff_id_or_sender)
        robots = self._robots(said)
        room = self._room(said, person, robots[0])
        quoted = service.transcript.find(room.id, said.quote) if said.quote else None
        if said.quote and quoted is None:
            raise SandboxError("sandbox.dingtalk-unknown-quote", id=said.quote)
        return _Written(
            said,
            person,
            room,
            tuple(app for app in robots if room.kind == "1" or (said.at_robot and _is_in(room, app))),
            tuple(directory.person(each) for each in said.mentions),
            quoted,
            directory.person(said.hosted_for) if said.hosted_for else None,
            new_msg_id(),
            service.clock.now(),
        )

    def _push(self, written: _Written, app: App) -> None:
        service, said = self._service, written.said
        host = self.base_url.removeprefix("http://")
        webhook, session = service.open_session(app, written.room, written.msg_id, written.at, host)
        letter = self._letter(written, app, webhook, session.expires)
        over = said.over_quota or self.faults.over_quota != "off" or not service.meters.spend("push")
        topic = frames.BOT_DELEGATE if written.hosted else frames.BOT_MESSAGE
        body = payload(letter, self.faults, service.media, over_quota=over)
        service.pushes.submit(Push(app, "CALLBACK", topic, body, written.msg_id))

    def _letter(self, written: _Written, app: App, webhook: str, expires: int) -> Letter:
        first = self.directory.apps[0]
        said, quoted = written.said, written.quoted
        return Letter(
            said=said,
            app=app,
            room=written.room,
            person=written.person,
            sender_id=written.person.sender_id_for(app, first),
            mentioned=tuple((each.sender_id_for(app, first), each) for each in written.mentioned),
            msg_id=written.msg_id,
            at=written.at if said.created_at is None else said.created_at,
            webhook=webhook,
            webhook_expires=expires,
            quoted=quoted,
            quoted_sender=self._seen_by(app, quoted) if quoted else "",
            hosted=written.hosted,
        )

    def _seen_by(self, app: App, line: Line) -> str:
        person = self.directory.find(line.sender_id)
        return person.sender_id_for(app, self.directory.apps[0]) if person else line.sender_id


def _is_in(room: Conversation, app: App) -> bool:
    return not room.robots or app.robot_code in room.robots
