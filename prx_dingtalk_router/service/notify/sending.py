"""The one way to the owner: a private message of the robot by its API (dingtalk-stream.md section 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery import OpenApi
from prx_dingtalk_router.delivery.dingtalk.api_answers import Accepted
from prx_dingtalk_router.delivery.dingtalk.robot_api import TO_PEOPLE, not_reached, people_body
from prx_dingtalk_router.delivery.dingtalk.route import Part
from prx_dingtalk_router.net import redact
from prx_dingtalk_router.service.logs import log

MOST_PEOPLE = 20
"""Of one call."""
MOST_CHARACTERS = 1000


class OwnerMessages:
    """Sends words to some people; what does not arrive is a line of the log, and is not tried again.

    Each call is counted as any other. None is held back for the reserve of the month: it is kept for what matters.

    Args:
        api: of the robot's app.
        robot_code: of the robot.
        staff_ids: whom to tell.
    """

    def __init__(self, api: OpenApi, robot_code: str, staff_ids: Sequence[str]) -> None:
        self._api = api
        self._robot_code = robot_code
        self._staff_ids = tuple(dict.fromkeys(staff_ids))

    async def send(self, sentence: Text) -> None:
        """Tell everybody; never raises for what a peer does."""
        said = redact(str(text("service.notify.frame", sentence=sentence)))[:MOST_CHARACTERS]
        for people in _portions(self._staff_ids):
            body = people_body(self._robot_code, people, Part("text", said))
            outcome = await self._api.call("POST", TO_PEOPLE, body)
            problem = not_reached(outcome.answer) if isinstance(outcome, Accepted) else outcome.reason
            if problem is None:
                log("info", "notice-sent", people=len(people))
            else:
                log("warning", "notice-failed", problem=problem, people=len(people))


def _portions(people: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(people), MOST_PEOPLE):
        yield people[at : at + MOST_PEOPLE]
