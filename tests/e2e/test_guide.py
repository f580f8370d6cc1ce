"""The tutorial of ``docs/guide`` on the chat page: after each edit people are told what the guide says."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.docs.documents import SUFFIXES, blocks, document
from tests.docs.walkthrough import Chat, Walkthrough, chats, commands

PATIENCE = 30.0
RULES = Path("rules", "main.rules")


class Window:
    """A window of the chat page."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._people: dict[str, str] = {}
        self._rooms: dict[str, str] = {}
        self._answered: dict[str, str] = {}

    async def open(self) -> None:
        """Read who is there."""
        there = json.loads(await self._socket.receive_str())
        self._people = {each["nick"]: each["key"] for each in there["people"]}
        self._rooms = {each["title"] or each["members"][0]: each["id"] for each in there["conversations"]}

    async def answer(self, chat: Chat) -> str:
        """Write what somebody writes; the first reply to it."""
        person = self._people[chat.person]
        request = {"person": person, "conversation": self._rooms[chat.group or person], "text": chat.said}
        await self._socket.send_json({"id": 1, "ask": "say", **request})
        msg_id = ""
        async with asyncio.timeout(PATIENCE):
            while msg_id == "" or msg_id not in self._answered:
                item = json.loads(await self._socket.receive_str())
                if item["type"] in ("done", "refused"):
                    msg_id = item["msg_id"]
                elif item["type"] == "line" and item["line"]["author"] != "person":
                    self._answered.setdefault(item["line"]["in_reply_to"], item["line"]["text"])
        return self._answered[msg_id]


@pytest.mark.parametrize("language", SUFFIXES)
async def test_the_page_says_what_the_guide_says(
    language: str, sandboxed: Callable[..., Any], tmp_path: Path
) -> None:
    """Edit by edit, in order, saved rules are in force on the page and give the replies that the guide shows."""
    walk = Walkthrough(tmp_path, language)
    first, *rest = blocks(document("guide", language))
    for command in commands(first):
        walk.printed(command)
    live = tmp_path / "live"
    shutil.copytree(walk.folder, live)
    router = await sandboxed("--config", live / "prx-router.toml")
    (line, *_) = await router.log.until(lambda line: line["event"] == "" and "http://" in line["text"])
    url = str(line["text"]).rpartition(" ")[2]
    await router.logged("connected")
    said = reloads = 0
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{url}socket", origin=url.rstrip("/")) as socket,
    ):
        window = Window(socket)
        await window.open()
        for block in rest:
            if block.kind == "rules" and block.about:
                walk.change(block)
            elif block.kind == "chat":
                edited = (walk.folder / RULES).read_text("utf-8")
                if edited != (live / RULES).read_text("utf-8"):
                    (live / RULES).write_text(edited, "utf-8")
                    reloads += 1
                    await router.logged("reloaded", reloads)
                for chat in chats(block):
                    assert chat.answer in await window.answer(chat), chat
                    said += 1
    assert (said, reloads) == (9, 5)
    router.signal(signal.SIGINT)
    assert await router.ended() == 130
    assert "Traceback" not in router.said
