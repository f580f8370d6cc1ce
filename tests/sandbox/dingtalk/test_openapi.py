"""Uploads over HTTP: what is accepted, and what is refused with which errcode."""

from __future__ import annotations

import io
from typing import Any

import aiohttp
import pytest

from prx_dingtalk_router.sandbox.dingtalk import DingTalk


async def test_upload_gives_a_media_id(bot: Any, dingtalk: DingTalk) -> None:
    """An upload needs a token, a type and a file within the size of its type."""
    url = f"{dingtalk.base_url}/media/upload?access_token={await bot.token()}"

    async def upload(kind: str, body: bytes, where: str = url, name: str = "a.amr") -> dict[str, Any]:
        form = aiohttp.FormData()
        form.add_field("type", kind)
        form.add_field("media", io.BytesIO(body), filename=name)
        async with bot.http.post(where, data=form) as answer:
            found: dict[str, Any] = await answer.json()
            return found

    assert (await upload("voice", b"#!AMR"))["media_id"].startswith("@")
    assert (await upload("voice", bytes((2 << 20) + 1)))["errcode"] == 40006
    assert (await upload("smell", b"x"))["errcode"] == 40035
    assert (await upload("file", b"x", url[:-1]))["errcode"] == 40014
    async with bot.http.post(url, data=b"x") as answer:
        assert (await answer.json())["errcode"] == 40035
    for kind, name in (("image", "a.txt"), ("voice", "a.ogg"), ("video", "a.avi")):
        assert (await upload(kind, b"x", name=name))["errcode"] == 40005
    for kind, name in (
        ("image", "a.JPG"),
        ("voice", "a.wav"),
        ("video", "a.mp4"),
        ("file", "a.txt"),
        ("image", "a"),
    ):
        assert (await upload(kind, b"x", name=name))["errcode"] == 0
    assert (await upload("file", bytes(33 << 20)))["errcode"] == 40006


@pytest.mark.parametrize(
    "body",
    [
        b"--x\r\nfoo",
        b"--x\r\nfoo\r\n\r\n",
        b"no boundary at all",
        b"--x\r\n" + b"a" * 20_000 + b": b\r\n\r\n",
        b'--x\r\nContent-Disposition: form-data; name="type"\r\nContent-Type: text/plain; charset=nope\r\n\r\nfile\r\n--x--',
        b'--x\r\nContent-Disposition: form-data; name="media"; filename="a"\r\nContent-Encoding: gzip\r\n\r\nx\r\n--x--',
        b'--x\r\nContent-Disposition: form-data; name="media"; filename="a"\r\nContent-Encoding: odd\r\n\r\nx\r\n--x--',
        b'--x\r\nContent-Disposition: form-data; name="media"\r\nContent-Transfer-Encoding: odd\r\n\r\nx\r\n--x--',
    ],
)
async def test_broken_multipart_bodies_lack_the_medium(bot: Any, dingtalk: DingTalk, body: bytes) -> None:
    """A body that no parser reads is one without media: an errcode, not a fault of the service."""
    url = f"{dingtalk.base_url}/media/upload?access_token={await bot.token()}"
    async with bot.http.post(
        url, data=body, headers={"Content-Type": "multipart/form-data; boundary=x"}
    ) as answer:
        assert answer.status == 200
        assert (await answer.json())["errcode"] == 40035
