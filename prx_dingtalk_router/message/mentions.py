"""The robot's own mention, which addresses it and says nothing (language.md section 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from prx_dingtalk_router.message.json_text import object_of, structure_of
from prx_dingtalk_router.text.folding import fold, shown_trim
from prx_dingtalk_router.text.mention import AT_SIGNS

_LONGEST_NAME = 40
_AN_AT_SIGN = re.compile(f"[{AT_SIGNS}]")
# Blanks and punctuation end a name: what follows them is something that was said.
_NOTHING_BUT_A_NAME = re.compile(
    rf"[{AT_SIGNS}][^\s{AT_SIGNS}/\\:\uff1a,\uff0c\u3001\u3002!\uff01?\uff1f;\uff1b]{{1,{_LONGEST_NAME}}}"
)


class OwnMention:
    """Tells the robot's own mention from those of other people.

    Args:
        ids: what the robot is called on the wire.
        robot_name: its configured name; empty when there is none.
        at_users: lists who is mentioned, as on the wire; None where that is not known.
    """

    def __init__(self, ids: Iterable[str], robot_name: str, at_users: object = None) -> None:
        self._ids = frozenset(filter(None, ids))
        self._robot_name = robot_name
        self._at_users = at_users

    @cached_property
    def alone(self) -> bool:
        """Whether the robot is the only one that the message mentions."""
        mentioned = structure_of(self._at_users)
        users = mentioned if isinstance(mentioned, list) else []
        return bool(users) and all(_dingtalk_id(user) in self._ids for user in users)

    def elsewhere(self) -> OwnMention:
        """The same robot in another message: who else is mentioned there is not known."""
        return OwnMention(self._ids, self._robot_name)

    def is_meant_by(self, user: str, name: str) -> bool:
        """Whether an ``at`` item of this user id and this name is the robot's."""
        if user in self._ids:
            return True
        if not user and self.alone:
            return True
        return bool(self._robot_name) and fold(name) == fold(self._robot_name.lstrip(AT_SIGNS))

    def is_all_of(self, text: str) -> bool:
        """Whether a text item is the robot's mention and nothing else: ``@`` and a name where nobody else is meant."""
        if _AN_AT_SIGN.search(text) is None or not self.alone:
            return False
        written = shown_trim(text)
        if self._robot_name and fold(written) == fold("@" + self._robot_name.lstrip(AT_SIGNS)):
            return True
        return _NOTHING_BUT_A_NAME.fullmatch(written) is not None


def _dingtalk_id(user: object) -> str:
    value = object_of(user).get("dingtalkId") if not isinstance(user, str) else user
    return value if isinstance(value, str) else ""
