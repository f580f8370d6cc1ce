"""Pairing over `POST /pair`."""

from __future__ import annotations

import re
from typing import Any


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


async def test_code_gives_one_token_once(launch: Any) -> None:
    """The first right code gives a token that works; afterwards no code is active, even after a restart."""
    daemon = await launch(paired_tokens=())
    code = daemon.prx.pairing_code
    assert re.fullmatch(r"\d{6}", code)
    assert daemon.prx.token == ""
    assert (await daemon.http.get("/health")).json()["paired"] is False
    response = await daemon.http.post("/pair", headers={"X-Pairing-Code": code}, content=b"ignored")
    assert response.status_code == 200
    paired = response.json()
    assert set(paired) == {"paired", "persisted", "token", "message"}
    assert (paired["paired"], paired["persisted"]) == (True, True)
    assert re.fullmatch(r"zc_[0-9a-f]{64}", paired["token"])
    assert daemon.prx.token == paired["token"]
    assert (await daemon.get("/api/status")).status_code == 200
    assert (await daemon.http.get("/health")).json()["paired"] is True
    assert (await daemon.http.post("/pair", headers={"X-Pairing-Code": code})).status_code == 403
    await daemon.prx.restart()
    assert daemon.prx.pairing_code is None
    assert (await daemon.get("/api/status")).status_code == 200


async def test_token_that_is_not_persisted_ends_with_the_process(launch: Any) -> None:
    """`persisted: false` means that a restart forgets the token and shows a new code."""
    daemon = await launch(paired_tokens=(), persist_tokens=False)
    response = await daemon.http.post("/pair", headers={"X-Pairing-Code": daemon.prx.pairing_code})
    assert response.json()["persisted"] is False
    assert (await daemon.get("/api/status")).status_code == 200
    await daemon.prx.restart()
    assert (await daemon.get("/api/status")).status_code == 401
    assert daemon.prx.pairing_code is not None


async def test_no_code_while_a_token_is_stored(launch: Any) -> None:
    """A provisioned daemon has no pairing code and refuses every attempt with 403."""
    daemon = await launch()
    assert daemon.prx.pairing_code is None
    assert (await daemon.http.post("/pair", headers={"X-Pairing-Code": "000000"})).status_code == 403


async def test_fifth_failure_locks_out(launch: Any) -> None:
    """After five wrong codes even the right one is refused with the seconds that remain, until they have passed."""
    daemon = await launch(paired_tokens=())
    code = daemon.prx.pairing_code
    for _ in range(5):
        response = await daemon.http.post("/pair", headers={"X-Pairing-Code": _wrong(code)})
        assert response.status_code == 403
    locked = await daemon.http.post("/pair", headers={"X-Pairing-Code": code})
    assert locked.status_code == 429
    assert 295 <= locked.json()["retry_after"] <= 300
    daemon.prx.clock.advance(200)
    left = (await daemon.http.post("/pair", headers={"X-Pairing-Code": code})).json()["retry_after"]
    assert 95 <= left <= 100
    daemon.prx.clock.advance(101)
    assert (await daemon.http.post("/pair", headers={"X-Pairing-Code": code})).status_code == 200


async def test_restart_lifts_a_lockout(launch: Any) -> None:
    """Lockouts live in the process."""
    daemon = await launch(paired_tokens=())
    for _ in range(5):
        await daemon.http.post("/pair", headers={"X-Pairing-Code": ""})
    assert (await daemon.http.post("/pair")).status_code == 429
    await daemon.prx.restart()
    code = daemon.prx.pairing_code
    assert (await daemon.http.post("/pair", headers={"X-Pairing-Code": code})).status_code == 200


async def test_attempts_are_rate_limited(launch: Any) -> None:
    """More attempts in a minute than allowed give 429 with 60 seconds, whatever the code."""
    daemon = await launch(paired_tokens=(), pair_rate_limit_per_minute=1)
    assert (await daemon.http.post("/pair")).status_code == 403
    limited = await daemon.http.post("/pair", headers={"X-Pairing-Code": daemon.prx.pairing_code})
    assert limited.status_code == 429
    assert limited.json()["retry_after"] == 60


async def test_read_only_policy_refuses_pairing(launch: Any) -> None:
    """Under `read_only` the right code is refused with 403 and not used up."""
    daemon = await launch(paired_tokens=(), autonomy="read_only")
    code = daemon.prx.pairing_code
    assert (await daemon.http.post("/pair", headers={"X-Pairing-Code": code})).status_code == 403
    assert daemon.prx.pairing_code == code


async def test_body_over_the_limit_is_refused(launch: Any) -> None:
    """The ignored body of `/pair` still has the limit of 64 KiB."""
    daemon = await launch(paired_tokens=())
    assert (await daemon.http.post("/pair", content=b"x" * 65_537)).status_code == 413
