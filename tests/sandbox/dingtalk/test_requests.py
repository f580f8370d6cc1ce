"""Bodies that cannot be read, at every interface that reads one."""

from __future__ import annotations

from typing import Any

import pytest

from prx_dingtalk_router.sandbox.dingtalk import DingTalk


@pytest.mark.parametrize(
    "path",
    [
        "/v1.0/gateway/connections/open",
        "/v1.0/oauth2/accessToken",
        "/v1.0/oauth2/dingcorp01/token",
        "/v1.0/robot/oToMessages/batchSend",
        "/robot/sendBySession?session=x",
        "/media/upload",
    ],
)
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_body_in_another_coding_than_it_says_is_none(
    bot: Any, dingtalk: DingTalk, path: str, coding: str
) -> None:
    """A body that does not decode is refused like a missing one, never with a 500."""
    token = await bot.token()
    mark = "&" if "?" in path else "?"
    async with bot.http.post(
        f"{dingtalk.base_url}{path}{mark}access_token={token}",
        data=b"not compressed",
        headers={
            "Accept": "application/json",
            "Content-Encoding": coding,
            "Content-Type": "multipart/form-data; boundary=x" if "upload" in path else "application/json",
            "x-acs-dingtalk-access-token": token,
        },
    ) as answer:
        assert answer.status in (200, 400)
        body = await answer.json()
    assert body.get("errcode") or body.get("code")
