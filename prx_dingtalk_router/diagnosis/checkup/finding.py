"""What a check found, as data. Its sentences are ``diagnosis.<check>.<outcome>``, what to do ``….do`` beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.catalogue.messages import MESSAGES

Status = Literal["ok", "warning", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict.

    Attributes:
        check: by which check.
        subject: on what, where the check looks at several things: an agent, a host.
        status: ``failed`` keeps the router from its work or is dangerous, ``warning`` may; ``skipped`` could not be told.
        summary: what was found, or why it could not be told.
        remedy: what to do.
    """

    check: str
    subject: str
    status: Status
    summary: Text
    remedy: Text | None = None


def found(status: Status, check: str, outcome: str, subject: str = "", /, **params: object) -> Finding:
    """A finding, with the sentences of its outcome.

    Args:
        status: how bad it is.
        check: the check's name.
        outcome: which of its sentences.
        subject: on what.
        **params: what fills the sentences; never a secret.
    """
    remedy = f"diagnosis.{check}.{outcome}.do"
    return Finding(
        check,
        subject,
        status,
        text(f"diagnosis.{check}.{outcome}", **params),
        text(remedy, **params) if remedy in MESSAGES else None,
    )
