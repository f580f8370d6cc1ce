"""What the page may ask for: to say something as somebody, to change who there is, to turn a fault, to close the stream."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from prx_dingtalk_router.errors import SandboxError
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Person, Said
from prx_dingtalk_router.sandbox.dingtalk.said import MESSAGE_TYPES, PICTURE_MARK
from prx_dingtalk_router.sandbox.prx import Prx

LONGEST = 20_000
LONGEST_NAME = 64
LATEST_MS = 4_102_444_800_000
"""The year 2100."""
_STAFF_ID = re.compile(r"[^\s\"$]+")
# JSON can hold half of a surrogate pair, UTF-8 cannot: nobody could be told of such a text.
_HALF = re.compile("[\ud800-\udfff]")
Request = Mapping[str, object]


def read(text: str) -> Request:
    """The request in a WebSocket message.

    Raises:
        SandboxError: it is no JSON object.
    """
    try:
        request = json.loads(text, parse_constant=_no_json)
    except (ValueError, RecursionError):
        raise SandboxError("sandbox.page-request") from None
    if not isinstance(request, dict):
        raise SandboxError("sandbox.page-request")
    return request


def said(request: Request, dingtalk: DingTalk) -> Said:
    """What a person writes, checked.

    Args:
        request: ``person`` and ``conversation`` by id, ``type``, ``text``, and as needed ``mentions`` (staff IDs),
            ``quote`` (message id), ``file_name``, ``at_robot``, ``at`` (when it was written, Unix milliseconds). Each ``![]`` in a richText stands for a picture.
        dingtalk: in whose directory the two are looked up.

    Raises:
        SandboxError: a field is missing or wrong, or the person is not in the conversation.
    """
    person = dingtalk.directory.person(_text(request, "person"))
    conversation = dingtalk.directory.conversation(_text(request, "conversation"))
    if person.staff_id not in conversation.members:
        title = conversation.title or conversation.id
        raise SandboxError("sandbox.page-not-member", person=person.nick, conversation=title)
    kind = next((each for each in MESSAGE_TYPES if each == request.get("type", "text")), None)
    mentions = request.get("mentions", [])
    quote = request.get("quote")
    at_robot = request.get("at_robot", True)
    created_at = request.get("at")
    if kind is None:
        raise SandboxError("sandbox.page-field", name="type")
    if not isinstance(mentions, list) or not all(isinstance(each, str) for each in mentions):
        raise SandboxError("sandbox.page-field", name="mentions")
    if not (quote is None or isinstance(quote, str)):
        raise SandboxError("sandbox.page-field", name="quote")
    if not isinstance(at_robot, bool):
        raise SandboxError("sandbox.page-field", name="at_robot")
    if not (created_at is None or (type(created_at) is int and 0 < created_at < LATEST_MS)):
        raise SandboxError("sandbox.page-field", name="at")
    text = _text(request, "text", "")
    pictures = {"richText": text.count(PICTURE_MARK), "picture": 1}.get(kind, 0)
    return Said(
        person.staff_id,
        conversation.id if conversation.kind == "2" else None,
        kind,
        text,
        mentions=tuple(dingtalk.directory.person(each).staff_id for each in mentions),
        quote=quote,
        file_name=_text(request, "file_name", ""),
        pictures=tuple(f"picture-{number}.png" for number in range(1, pictures + 1)),
        at_robot=at_robot or conversation.kind == "1",
        created_at=created_at,
    )


def put_person(request: Request, directory: Directory) -> str:
    """Let somebody come, or change who somebody is; answers the staff id.

    Args:
        request: ``staff_id``, ``nick``, ``external``, ``admin``; ``key`` is the staff id of whom it changes, if anybody.
        directory: what is changed.

    Raises:
        SandboxError: a field is missing or wrong, or the id is taken.
    """
    staff_id, nick = _text(request, "staff_id").strip(), " ".join(_text(request, "nick").split())
    key, external, admin = request.get("key"), request.get("external", False), request.get("admin", False)
    if not _STAFF_ID.fullmatch(staff_id) or len(staff_id) > LONGEST_NAME:
        raise SandboxError("sandbox.page-staff-id", limit=LONGEST_NAME)
    if not nick or len(nick) > LONGEST_NAME:
        raise SandboxError("sandbox.page-nick", limit=LONGEST_NAME)
    if not isinstance(external, bool) or not isinstance(admin, bool):
        raise SandboxError("sandbox.page-field", name="external, admin")
    if key is None:
        directory.add(Person(staff_id, nick, external=external, admin=admin))
        return staff_id
    old = directory.person(_text(request, "key"))
    ids = {} if staff_id == old.staff_id else {"sender_id": "", "union_id": ""}
    directory.change(
        old.staff_id, replace(old, staff_id=staff_id, nick=nick, external=external, admin=admin, **ids)
    )
    return staff_id


def remove_person(request: Request, directory: Directory) -> None:
    """Let somebody go: ``key`` is the staff id.

    Raises:
        SandboxError: nobody has it, or nobody would be left.
    """
    directory.remove(_text(request, "key"))


def msg_id(request: Request) -> str:
    """The message that a request is about.

    Raises:
        SandboxError: it names none.
    """
    return _text(request, "msg_id")


def mend(dingtalk: DingTalk, agents: Mapping[str, Prx]) -> None:
    """Turn every fault off."""
    simulators: list[DingTalk | Prx] = [dingtalk, *agents.values()]
    for simulator in simulators:
        for knob in simulator.faults.describe():
            if knob["value"] != knob["default"]:
                simulator.faults.set(str(knob["name"]), str(knob["default"]))


def turn_fault(request: Request, dingtalk: DingTalk, agents: Mapping[str, Prx]) -> None:
    """Turn the knob ``name`` of the simulator ``of`` (``dingtalk`` or ``agent:NAME``) to ``value``.

    Raises:
        SandboxError: there is no such simulator or knob, or it does not take the value.
    """
    of, name, value = _text(request, "of"), _text(request, "name"), _text(request, "value")
    if of == "dingtalk":
        dingtalk.faults.set(name, value)
    elif (agent := agents.get(of.removeprefix("agent:"))) is not None and of.startswith("agent:"):
        agent.faults.set(name, value)
    else:
        raise SandboxError("sandbox.page-no-simulator", name=of)


def disconnect(dingtalk: DingTalk) -> None:
    """Announce to every stream connection that it will be closed.

    Raises:
        SandboxError: there is none.
    """
    if not dingtalk.connections:
        raise SandboxError("sandbox.page-no-stream")
    dingtalk.disconnect()


def _no_json(constant: str) -> NoReturn:
    raise ValueError(constant)


def _text(request: Request, name: str, default: str | None = None) -> str:
    value = request.get(name, default)
    if not isinstance(value, str):
        raise SandboxError("sandbox.page-field", name=name)
    if len(value) > LONGEST:
        raise SandboxError("sandbox.page-too-long", limit=LONGEST)
    return _HALF.sub("\ufffd", value)
