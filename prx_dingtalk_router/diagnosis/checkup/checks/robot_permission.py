"""May the robot send messages of its own accord? Needed once a session webhook has expired (dingtalk-stream.md section 8).

A token is asked for, and with it a message to nobody: DingTalk looks at the permission before it looks for receivers.
"""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.delivery.dingtalk.open_api import TOKEN_HEADER
from prx_dingtalk_router.delivery.dingtalk.robot_api import TO_PEOPLE, people_body
from prx_dingtalk_router.delivery.dingtalk.route import Part
from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.installation import Installation, read_object
from prx_dingtalk_router.net import Answer, redact

_NAME = "robot-permission"

_OUTCOMES = {
    "AccessTokenPermissionDenied": "denied",
    "IpNotInWhiteList": "address",
    "ApiCountLimitForOrg": "quota",
}
"""By the last word of the code of a 403."""


async def check_robot_permission(installation: Installation) -> Sequence[Finding]:
    """Ask for a token, and what it is good for."""
    got = await installation.token()
    if not isinstance(got.exchange, Answer):
        return [found("skipped", _NAME, "no-answer")]
    if not got.token:
        return [found("failed", _NAME, "no-token", said=_said(got.exchange))]
    to_nobody = people_body(installation.settings.channel.client_id, (), Part("text", "-"))
    answer = await installation.post(TO_PEOPLE, to_nobody, {TOKEN_HEADER: got.token})
    if not isinstance(answer, Answer):
        return [found("skipped", _NAME, "no-answer")]
    if answer.status == 403:
        word = str(read_object(answer).get("code", "")).rpartition(".")[2]
        return [found("failed", _NAME, _OUTCOMES.get(word, "refused"), said=_said(answer))]
    return [found("ok", _NAME, "ok")]


def _said(answer: Answer) -> str:
    """Status, code and message in one line, without what could be a secret."""
    document = read_object(answer)
    parts = [f"HTTP {answer.status}", *(str(document.get(key, "")) for key in ("code", "message"))]
    return redact(" ".join(" ".join(parts).split()))[:200]
