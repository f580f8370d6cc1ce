"""The bytes of a dispatch."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.prx.request import idempotency_key, request_body, signature


def test_the_signature_is_that_of_the_contract():
    """The vector of prx-gateway.md section 4.1, over the body that we would send."""
    body = request_body("你好，查一下今日排班", "dingtalk:ding1abc:user:manager7")
    assert len(body) == 93
    expected = "a8e58976cdfe4a4a8a4cb33a3ab1f6fef1d7852f18def3d9c4e332a9191dde74"
    assert signature("demo-signing-secret", body) == f"sha256={expected}"
    assert signature("  demo-signing-secret\n", body) == f"sha256={expected}"


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text(), st.text(), st.text(), st.integers(1, 9))
def test_keys_are_visible_ascii_whatever_the_names(client_id, robot, msg_id, agent, attempt):
    """A key is `dt-` and 64 hex digits, the same for the same attempt, another for the next."""
    key = idempotency_key(client_id, robot, msg_id, agent, attempt)
    assert re.fullmatch(r"dt-[0-9a-f]{64}", key)
    assert key == idempotency_key(client_id, robot, msg_id, agent, attempt)
    assert key != idempotency_key(client_id, robot, msg_id, agent, attempt + 1)


def test_keys_do_not_run_parts_together():
    """Two tuples whose parts read the same when joined have different keys."""
    assert idempotency_key("r", "a", "bc", "d", 1) != idempotency_key("r", "ab", "c", "d", 1)


def test_a_message_id_counts_within_its_robot():
    """The same message id at two robots of one application has two keys."""
    assert idempotency_key("c", "r1", "m", "desk", 1) != idempotency_key("c", "r2", "m", "desk", 1)


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_bodies_are_utf8_objects(message):
    """Any text gives a JSON object in UTF-8, unescaped."""
    body = request_body(message, "s")
    assert json.loads(body)["reply_target"] == "s"
    assert "你".encode() in request_body("你", "s")
