"""Robot message payloads: the parsed ``data`` of ``/v1.0/im/bot/messages/get`` (section 6)."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from prx_dingtalk_router.sandbox.dingtalk.directory import App, Conversation, Person
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.media import Media
from prx_dingtalk_router.sandbox.dingtalk.said import PICTURE_MARK, Said
from prx_dingtalk_router.sandbox.dingtalk.transcript import Line

Payload = dict[str, object]

NO_FORWARD = "暂不支持的消息类型"


def new_msg_id() -> str:
    """A fresh message id, ``msg…==``."""
    return f"msg{base64.b64encode(secrets.token_bytes(16)).decode()}"


@dataclass(frozen=True, slots=True)
class Letter:
    """A ``Said`` with everything looked up that its payload for one robot needs.

    ``sender_id`` and ``mentioned`` are as this robot sees them; times are Unix milliseconds.
    """

    said: Said
    app: App
    room: Conversation
    person: Person
    sender_id: str
    mentioned: tuple[tuple[str, Person], ...]
    msg_id: str
    at: int
    webhook: str = field(repr=False)
    webhook_expires: int
    quoted: Line | None = None
    quoted_sender: str = ""
    hosted: Person | None = None


def visible_text(said: Said, mentioned: tuple[Person, ...]) -> str:
    """What was written, with the names of mentioned people that the text does not hold yet in front."""
    names = [f"@{person.nick}" for person in mentioned if f"@{person.nick}" not in said.text]
    return " ".join([*names, said.text]) if names else said.text


def payload(letter: Letter, faults: Faults, media: Media, *, over_quota: bool = False) -> Payload:
    """The payload of a message for one robot.

    Args:
        letter: the message.
        faults: variants of spelling and type.
        media: where download codes come from.
        over_quota: a 20001 notice without text and content instead of the message.
    """
    said, person, group = letter.said, letter.person, letter.room.kind == "2"
    insider = not person.external and not faults.unpublished
    lenient = faults.lenient_types
    body: Payload = {
        "conversationId": letter.room.id,
        "chatbotCorpId": letter.app.corp_id,
        "chatbotUserId": letter.app.chatbot_user_id,
        "msgId": letter.msg_id,
        "senderNick": person.nick,
        "createAt": str(letter.at) if lenient else letter.at,
        "conversationType": int(letter.room.kind) if lenient else letter.room.kind,
        "senderId": letter.sender_id,
        "senderPlatform": person.platform,
        "sessionWebhook": letter.webhook,
        "sessionWebhookExpiredTime": str(letter.webhook_expires) if lenient else letter.webhook_expires,
        "robotCode": letter.app.robot_code,
        "openThreadId": letter.room.id,
        "msgtype": said.type,
    }
    if insider:
        body["senderStaffId"] = person.staff_id
        body["isAdmin"] = person.admin
    if not person.external:
        body["senderCorpId"] = letter.app.corp_id
        body["senderUnionId"] = person.union_id
    if group:
        body["conversationTitle"] = letter.room.title
        body["isInAtList"] = True
        body["atUsers"] = [{"dingtalkId": letter.app.chatbot_user_id}, *map(_at_user, letter.mentioned)]
    if letter.hosted is not None:
        body["hostingContext"] = {"userId": letter.hosted.staff_id, "nick": letter.hosted.nick}
        body["conversationMsgContext"] = [
            {"readStatus": "1", "senderUserId": person.staff_id, "sendTime": letter.at},
        ]
    if over_quota:
        body |= _over_quota(body, faults.over_quota)
    else:
        body |= _typed(letter, faults, media)
        body |= _quote(letter, faults, media, body)
        if faults.content_as_string and "content" in body:
            body["content"] = json.dumps(body["content"], ensure_ascii=False)
    return body | dict(said.extra)


def _at_user(seen: tuple[str, Person]) -> Payload:
    dingtalk_id, person = seen
    if person.external:
        return {"dingtalkId": dingtalk_id}
    return {"dingtalkId": dingtalk_id, "staffId": person.staff_id}


def _over_quota(body: Payload, form: str) -> Payload:
    """The two official pages disagree on the names (section 12); ``msgtype`` may be missing."""
    notice = "本月消息推送额度已用完，请联系管理员"
    if form == "bare":
        del body["msgtype"]
    else:
        body["msgtype"] = "text"
    if form == "errCode":
        return {"errCode": "20001", "errMsg": notice}
    return {"errorCode": 20001 if form == "number" else "20001", "errorMessage": notice}


def _typed(letter: Letter, faults: Faults, media: Media) -> Payload:
    said, code = letter.said, letter.app.robot_code
    duration: object = str(said.duration) if faults.lenient_types else said.duration
    match said.type:
        case "text":
            return {"text": {"content": _text(letter, faults)}}
        case "richText":
            return {"content": {"richText": _rich_text(letter, faults, media)}}
        case "picture":
            name = said.pictures[0] if said.pictures else "picture.png"
            return {"content": _picture(media, code, name)}
        case "audio":
            content: Payload = {"duration": duration, "downloadCode": media.code(code, "voice.amr", "audio")}
            return {"content": content | ({"recognition": said.text} if said.text else {})}
        case "video":
            download = media.code(code, said.file_name or "video.mp4", "video")
            return {"content": {"duration": duration, "downloadCode": download, "videoType": "mp4"}}
        case "file":
            name = said.file_name or "report.pdf"
            return {
                "content": {
                    "downloadCode": media.code(code, name, "file"),
                    "fileName": name,
                    "spaceId": str(secrets.randbelow(10**10)),
                    "fileId": str(secrets.randbelow(10**11)),
                }
            }
        case "chatRecord":
            return {"content": _record(said.text)}
        case _:
            return {"content": {"unknownMsgType": said.text or NO_FORWARD}}


def _text(letter: Letter, faults: Faults) -> str:
    """Group text begins with a blank where the mention of the robot was cut out."""
    text = visible_text(letter.said, tuple(person for _, person in letter.mentioned))
    if letter.room.kind == "1":
        return text
    return f"@{letter.app.robot_name} {text}" if faults.mention_left else f" {text}"


def _rich_text(letter: Letter, faults: Faults, media: Media) -> list[Payload]:
    items: list[Payload] = []
    if letter.room.kind == "2":
        items.append({"text": f"@{letter.app.robot_name} " if faults.mention_left else " "})
    for dingtalk_id, person in letter.mentioned:
        items.append({"type": "at", "atName": person.nick, "atUserId": dingtalk_id})
    for piece in _pieces(letter.said.text, letter.said.pictures):
        if isinstance(piece, _PictureName):
            items.append({"type": "picture", **_picture(media, letter.app.robot_code, piece.name)})
        else:
            items.append({"text": piece})
    return items


@dataclass(frozen=True, slots=True)
class _PictureName:
    name: str


def _pieces(text: str, pictures: tuple[str, ...]) -> Iterator[str | _PictureName]:
    """Text and pictures of a richText in order: each mark is the next picture, what is left follows the text."""
    left = [_PictureName(name) for name in pictures]
    for index, piece in enumerate(text.split(PICTURE_MARK)):
        if index and left:
            yield left.pop(0)
        if piece:
            yield piece
    yield from left


def _picture(media: Media, robot_code: str, name: str) -> Payload:
    return {
        "downloadCode": media.code(robot_code, name, "picture"),
        "pictureDownloadCode": media.code(robot_code, name, "picture"),
    }


def _record(text: str) -> Payload:
    """A forwarded record: the summary names who spoke, the records have encrypted ids (dingtalk-cards-media.md 6.6)."""
    spoken = [line.partition(":") for line in text.splitlines() if line.strip()]
    people = list(dict.fromkeys(name for name, colon, _ in spoken if colon))
    summary = [f"{name}{colon}{words.strip()}" for name, colon, words in spoken]
    records = [
        {
            "senderId": f"$:LWCP_v1:$r{people.index(name) if colon else ''}",
            "msgType": "text",
            "content": words.strip() if colon else name,
        }
        for name, colon, words in spoken
    ]
    return {
        "title": "聊天记录",
        "summary": json.dumps(summary, ensure_ascii=False),
        "chatRecord": json.dumps(records, ensure_ascii=False),
    }


def _quote(letter: Letter, faults: Faults, media: Media, body: Payload) -> Payload:
    """A quote of text carries the quoted message; older ones and most cards carry ids only."""
    quoted, form = letter.quoted, faults.quote_form
    if quoted is None:
        return {}
    if form == "legacy":
        legacy = {"msgId": quoted.msg_id, "msgtype": quoted.type, "senderId": letter.quoted_sender}
        return {"quoteMessage": {**legacy, "text": {"content": quoted.text}}}
    ids: Payload = {"originalMsgId": quoted.msg_id}
    if quoted.process_query_key:
        ids["originalProcessQueryKey"] = quoted.process_query_key
    host = "text" if letter.said.type == "text" else "content"
    is_tree = form == "card-tree" and quoted.author == "robot" and (quoted.markdown or bool(quoted.buttons))
    if form == "original-only" or (quoted.buttons and not is_tree) or host not in body:
        return ids
    content = (
        _card_tree(quoted)
        if is_tree
        else _quoted_content(
            quoted, letter.app.robot_code, media, "content" if form == "content-key" else "text"
        )
    )
    replied: Payload = {
        "msgType": "interactiveCard" if is_tree else quoted.type,
        "msgId": quoted.msg_id,
        "senderId": letter.quoted_sender,
        "createdAt": quoted.said_at,
    }
    if form != "ids-only":
        replied["content"] = json.dumps(content, ensure_ascii=False) if form == "json-string" else content
    place = body[host]
    assert isinstance(place, dict)
    return {**ids, host: {**place, "isReplyMsg": True, "repliedMsg": replied}}


def _card_tree(quoted: Line) -> Payload:
    """The tree of elements that a quoted card of the robot comes with (dingtalk-cards-media.md section 6.4)."""
    texts = [
        {"elementType": "RICHTEXT", "children": [{"elementType": "TEXT", "value": line}]}
        for line in quoted.text.splitlines()
        if line.strip()
    ]
    buttons = [{"elementType": "LINK", "value": button.title} for button in quoted.buttons]
    source = {"elementType": "UNKNOWN", "value": quoted.name}
    return {"cardContent": [{"elementType": "ROOT", "children": [*texts, *buttons, source]}]}


def _quoted_content(quoted: Line, robot_code: str, media: Media, key: str) -> Payload:
    """What the quoted message held; its media can be downloaded again, by codes of their own."""
    name = quoted.file_name or (quoted.pictures[0] if quoted.pictures else "")
    match quoted.type:
        case "richText":
            return {"richText": _quoted_rich_text(quoted, robot_code, media, key)}
        case "picture":
            return {"downloadCode": media.code(robot_code, name or "picture.png", "picture")}
        case "audio":
            voice: Payload = {"downloadCode": media.code(robot_code, "voice.amr", "audio")}
            return voice | ({"recognition": quoted.text} if quoted.text else {})
        case "video":
            return {"downloadCode": media.code(robot_code, name or "video.mp4", "video"), "videoType": "mp4"}
        case "file":
            name = name or "report.pdf"
            return {"downloadCode": media.code(robot_code, name, "file"), "fileName": name}
        case "chatRecord":
            return {key: value for key, value in _record(quoted.text).items() if key != "chatRecord"}
        case "unknownMsgType":
            return {"unknownMsgType": quoted.text or NO_FORWARD}
    return {key: quoted.text}


def _quoted_rich_text(quoted: Line, robot_code: str, media: Media, key: str) -> list[Payload]:
    items: list[Payload] = []
    for piece in _pieces(quoted.text, quoted.pictures):
        if isinstance(piece, _PictureName):
            items.append(
                {"msgType": "picture", "downloadCode": media.code(robot_code, piece.name, "picture")}
            )
        else:
            items.append({"msgType": "text", key: piece})
    return items
