"""Secrets leave no trace in what is logged: query strings, tickets, tokens and client secrets are masked."""

from __future__ import annotations

import logging
import re

MASK = "***"

_QUERY = re.compile(r"((?:https?|wss?)://[^\s?#\"'<>]*)\?[^\s\"'<>]*", re.IGNORECASE)
_USER = re.compile(r"((?:https?|wss?|socks[45]h?)://)[^\s/@\"'<>]+@", re.IGNORECASE)
_PATH_QUERY = re.compile(
    r"((?:ticket|session|access_token|token|sign|appsecret)=)[^\s&\"'<>]+", re.IGNORECASE
)
_BEARER = re.compile(r"(Bearer\s+)[\w.~+/=-]+", re.IGNORECASE)
_NAMED = re.compile(
    r"""(["']?(?:client_?secret|app_?secret|signing_?secret|ticket|access_?token|webhook_?token|session_?webhook"""
    r"""|download_?url|x-acs-dingtalk-access-token|x-webhook-token|x-webhook-signature)["']?\s*[:=]\s*)"""
    r"""("[^"]*"|'[^']*'|[^\s,;&}\])]+)""",
    re.IGNORECASE,
)

_HINT = re.compile(r"secret|ticket|token|session|sign|webhook|download|bearer", re.IGNORECASE)
"""A word that every credential but those within an address has beside it."""


def redact(text: str) -> str:
    """``text`` with everything masked that could be a credential (dingtalk-stream.md section 10).

    Masked are the query of any address, user names in addresses, bearer tokens, and the values of fields known
    to be secret (client secret, ticket, session webhook, tokens, signatures, download addresses), whether
    written as JSON, as ``name=value`` or as a header.
    """
    # What is logged for every message seldom holds any of these words, and one search is cheaper than five.
    if "://" not in text and _HINT.search(text) is None:
        return text
    text = _USER.sub(rf"\1{MASK}@", text)
    text = _QUERY.sub(rf"\1?{MASK}", text)
    text = _NAMED.sub(rf"\1{MASK}", text)
    text = _PATH_QUERY.sub(rf"\1{MASK}", text)
    return _BEARER.sub(rf"\1{MASK}", text)


class RedactingFilter(logging.Filter):
    """A filter for handlers and loggers that masks secrets in the message and in the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask what ``record`` would print; always lets it pass."""
        message = record.getMessage()
        masked = redact(message)
        if masked != message:
            record.msg, record.args = masked, None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True


def redact_logger(name: str) -> logging.Logger:
    """The logger ``name`` with a ``RedactingFilter`` on it, put there once.

    A filter on a logger sees only what is logged under exactly this name, so handlers of a service want one too.
    """
    logger = logging.getLogger(name)
    if not any(isinstance(known, RedactingFilter) for known in logger.filters):
        logger.addFilter(RedactingFilter())
    return logger
