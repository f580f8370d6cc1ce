"""Why a step was not done: what templates get of it, and what it means for whoever waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.failure import Failure, FailureKind
from prx_dingtalk_router.delivery.dingtalk import without_quote
from prx_dingtalk_router.delivery.dingtalk.api_codes import meaning_of_api
from prx_dingtalk_router.delivery.dingtalk.errcodes import meaning_of

NOTHING_TO_TELL = "delivery.empty-message"
"""The reason of an agent step that has no words for its agent."""
RENDERED_NOTHING = "templates.empty-message"
"""The reason of a template that gave nothing."""

SESSION_BUSY = "delivery.session-busy"
"""The reason of an agent step with ``while busy reply`` that another message comes before."""

_UNMADE = frozenset(
    {"templates.failed", "templates.missing-value", "templates.output-too-long", "templates.unsound"}
)
"""The reasons for which a template that should have given something did not."""
_MAY_HAVE_ARRIVED = "delivery.reply-unknown"
_OUT_OF_REACH = frozenset(
    {
        "delivery.no-webhook",
        "delivery.webhook-expired",
        "delivery.webhook-host",
        "delivery.no-staff-id",
        "delivery.conversation-full",
        "delivery.reply-flow-controlled",
        "delivery.reply-invalid-person",
        "delivery.reply-filtered",
        "delivery.reply-no-token",
        "delivery.reply-unreachable",
        "delivery.reply-throttled",
    }
)

_KINDS: Mapping[str, FailureKind] = {
    NOTHING_TO_TELL: FailureKind.EMPTY_MESSAGE,
    RENDERED_NOTHING: FailureKind.EMPTY_MESSAGE,
    "delivery.too-long": FailureKind.MESSAGE_TOO_LONG,
    "delivery.unreachable": FailureKind.UNREACHABLE,
    "delivery.not-ready": FailureKind.UNREACHABLE,
    "delivery.busy": FailureKind.BUSY,
    SESSION_BUSY: FailureKind.BUSY,
    "delivery.queue-full": FailureKind.BUSY,
    "delivery.limited": FailureKind.LIMITED,
    "delivery.timed-out": FailureKind.TIMED_OUT,
    **dict.fromkeys(
        (
            *_OUT_OF_REACH,
            _MAY_HAVE_ARRIVED,
            "delivery.reply-refused",
            "delivery.reply-content",
            "delivery.reply-odd",
        ),
        FailureKind.NOT_DELIVERED,
    ),
}


def failure_of(reason: Text | None) -> Failure | None:
    """The failure that the next step of a chain may speak of; None when nothing failed."""
    if reason is None:
        return None
    return Failure(str(without_quote(reason)), _KINDS.get(reason.key, FailureKind.FAILED))


def is_undelivered(reason: Text) -> bool:
    """Whether there was to be a reply and it did not arrive, as far as is known; one that renders nothing is none."""
    return reason.key in _UNMADE or _KINDS.get(reason.key) is FailureKind.NOT_DELIVERED


def is_unconfirmed(reason: Text) -> bool:
    """Whether the reply that failed by this may have arrived all the same."""
    return reason.key == _MAY_HAVE_ARRIVED


def is_out_of_reach(reason: Text) -> bool:
    """Whether another reply would fail in the same way: the conversation cannot be reached, or not for now."""
    code = reason.params.get("code")
    helps = (meaning_of_api(code) or meaning_of(code)).remedy
    return reason.key in _OUT_OF_REACH or helps in ("other-route", "wait", "backoff", "once-more")
