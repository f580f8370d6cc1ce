"""Secrets leave no trace in logs."""

from __future__ import annotations

import io
import json
import logging

import pytest

from prx_dingtalk_router.net import RedactingFilter, redact, redact_logger

SECRET = "aaaa-1111-SECRET"


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://oapi.dingtalk.com/robot/sendBySession?session={SECRET}",
        f"GET wss://wss-open-connection.dingtalk.com:443/connect?ticket={SECRET} failed",
        f"> GET /connect?ticket={SECRET} HTTP/1.1",
        f"via http://user:{SECRET}@proxy.example:3128",
        f"Authorization: Bearer {SECRET}",
        f"x-acs-dingtalk-access-token: {SECRET}",
        json.dumps({"clientSecret": SECRET, "clientId": "ding1"}),
        json.dumps({"endpoint": "wss://a/b", "ticket": SECRET}),
        json.dumps({"accessToken": SECRET, "expireIn": 7200}),
        json.dumps({"sessionWebhook": f"https://oapi.dingtalk.com/x?session={SECRET}"}),
        str({"client_secret": SECRET}),
        f"StreamOptions(client_secret='{SECRET}')",
        f"access_token={SECRET}&x=1",
        json.dumps({"downloadUrl": f"https://files.example/{SECRET}"}),
    ],
)
def test_secrets_are_masked(text: str) -> None:
    """Whatever form a credential is written in, it is gone, and the mask shows that something was."""
    assert SECRET not in redact(text)
    assert "***" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "connection 3 is open",
        "https://api.dingtalk.com/v1.0/gateway",
        "规则 3 条，1 个错误",
        "is this a ticket?",
    ],
)
def test_plain_words_stay(text: str) -> None:
    """What holds no secret is not touched."""
    assert redact(text) == text


def test_what_surrounds_a_secret_stays_readable() -> None:
    """Host and path of a webhook stay, so that the log still tells where a reply went."""
    assert redact("POST https://h.example/p?session=1 200") == "POST https://h.example/p?*** 200"


def _logger(name: str) -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    logger = logging.getLogger(name)
    logger.handlers = [logging.StreamHandler(stream)]
    logger.propagate = False
    return logger, stream


def test_the_filter_masks_arguments_and_tracebacks() -> None:
    """A handler with the filter prints neither formatted arguments nor exception texts with a secret."""
    logger, stream = _logger("tests.redaction.filter")
    logger.handlers[0].addFilter(RedactingFilter())
    try:
        raise ValueError(f"https://h.example/p?session={SECRET}")  # noqa: EM102
    except ValueError:
        logger.exception("to %s", f"https://h.example/q?session={SECRET}")
    printed = stream.getvalue()
    assert SECRET not in printed
    assert "https://h.example/q?***" in printed
    assert "ValueError: https://h.example/p?***" in printed


def test_a_logger_gets_the_filter_once() -> None:
    """Asking twice for a redacted logger does not stack filters."""
    logger, stream = _logger("tests.redaction.logger")
    assert redact_logger(logger.name) is logger
    assert redact_logger(logger.name) is logger
    assert len(logger.filters) == 1
    logger.warning("ticket=%s", SECRET)
    assert SECRET not in stream.getvalue()
