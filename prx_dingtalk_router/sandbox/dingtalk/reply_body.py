"""Bodies that robots post: which are whole, and how the conversation shows them (section 7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prx_dingtalk_router.sandbox.dingtalk.transcript import Button

UNSUPPORTED, MISSING = 400105, 401102

MOST_MENTIONS = 50
"""People that one message can mention."""

_LINK = re.compile(r"https?://[^\s)\"'>\]]+")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)[^)]*\)")

Body = Mapping[str, object]
Problem = tuple[int, str]
"""Error code and detail."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What appears in the conversation."""

    type: str
    text: str = ""
    title: str = ""
    markdown: bool = False
    mentions: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    pictures: tuple[str, ...] = ()


class _MissingError(Exception):
    """A required parameter is not there; its arguments are the path as the service writes it."""


def read(body: Body) -> tuple[Problem | None, Shown | None]:
    """Judge a body by its ``msgtype``: a problem, or what appears (``None`` for ``empty``)."""
    kind = str(body["msgtype"])
    if kind == "empty":
        return None, None
    try:
        if kind in _READERS:
            return None, _READERS[kind](_typed(body, kind), body)
        if kind == "file":  # a file cannot be sent this way, yet the parameter is asked for first
            _text(_typed(body, kind), kind, "mediaId")
    except _MissingError as missing:
        return (MISSING, "->".join(missing.args)), None
    return (UNSUPPORTED, kind), None


def texts(body: Body) -> Iterator[str]:
    """Every string of the typed body: what content checks look at."""
    yield from _strings(body.get(str(body["msgtype"])))


def links(body: Body) -> Iterator[str]:
    """Every web address in the typed body."""
    for text in texts(body):
        yield from _LINK.findall(text)


def pictures(body: Body) -> Iterator[str]:
    """Every picture in the typed body: of Markdown, and of the picture parameters."""
    typed = body.get(str(body["msgtype"]))
    for text in texts(body):
        yield from _PICTURE.findall(text)
    entries = typed.get("links") if isinstance(typed, dict) else None
    for each in (typed, *(entries if isinstance(entries, list) else ())):
        if isinstance(each, dict):
            yield from (str(each[key]) for key in ("picUrl", "picURL") if each.get(key))


def _read_text(typed: Body, body: Body) -> Shown:
    text = _text(typed, "text", "content")
    return Shown("text", text, mentions=_mentions(body, text))


def _read_markdown(typed: Body, body: Body) -> Shown:
    title, text = _text(typed, "markdown", "title"), _text(typed, "markdown", "text")
    shown = tuple(_PICTURE.findall(text))
    return Shown("markdown", text, title, markdown=True, mentions=_mentions(body, text), pictures=shown)


def _read_link(typed: Body, _: Body) -> Shown:
    title, text, url = (_text(typed, "link", key) for key in ("title", "text", "messageUrl"))
    picture = typed.get("picUrl")
    return Shown(
        "link", text, title, buttons=(Button(title, url),), pictures=(str(picture),) if picture else ()
    )


def _read_action_card(typed: Body, _: Body) -> Shown:
    title, text = _text(typed, "actionCard", "title"), _text(typed, "actionCard", "text")
    listed = typed.get("btns")
    if isinstance(listed, list) and listed:
        rows = [row if isinstance(row, dict) else {} for row in listed]
        buttons = tuple(Button(_text(row, "btns", "title"), _text(row, "btns", "actionURL")) for row in rows)
    else:
        single, url = _text(typed, "actionCard", "singleTitle"), _text(typed, "actionCard", "singleURL")
        buttons = (Button(single, url),)
    return Shown(
        "actionCard", text, title, markdown=True, buttons=buttons, pictures=tuple(_PICTURE.findall(text))
    )


def _read_feed_card(typed: Body, _: Body) -> Shown:
    listed = typed.get("links")
    if not isinstance(listed, list) or not listed:
        raise _MissingError("feedCard", "links")
    rows = [row if isinstance(row, dict) else {} for row in listed]
    buttons = tuple(Button(_text(row, "links", "title"), _text(row, "links", "messageURL")) for row in rows)
    return Shown("feedCard", buttons=buttons, pictures=tuple(_text(row, "links", "picURL") for row in rows))


_READERS: Mapping[str, Callable[[Body, Body], Shown]] = {
    "text": _read_text,
    "markdown": _read_markdown,
    "link": _read_link,
    "actionCard": _read_action_card,
    "feedCard": _read_feed_card,
}


def _typed(body: Body, kind: str) -> Body:
    typed = body.get(kind)
    if not isinstance(typed, dict):
        raise _MissingError(kind)
    return typed


def _text(typed: Body, kind: str, key: str) -> str:
    value = typed.get(key)
    if not isinstance(value, str) or not value:
        raise _MissingError(kind, key)
    return value


def _mentions(body: Body, text: str) -> tuple[str, ...]:
    """Who is highlighted: ids that ``at`` lists and the text names too; outsiders' null or empty ids are passed over."""
    at = body.get("at")
    if not isinstance(at, dict):
        return ()
    named: list[str] = []
    for key in ("atUserIds", "atMobiles"):
        ids = at.get(key)
        named += [each for each in (ids if isinstance(ids, list) else ()) if isinstance(each, str) and each]
    found = [each for each in dict.fromkeys(named) if f"@{each}" in text][:MOST_MENTIONS]
    return (*found, "all") if at.get("isAtAll") is True else tuple(found)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
