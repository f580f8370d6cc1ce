"""The names that templates know: one table for checks, rendering and documentation (language.md section 10)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from prx_dingtalk_router.templates.problems import TemplateProblem, TemplateProblemKind
from prx_dingtalk_router.text.did_you_mean import nearest

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": (),
        "quoted": (),
        "type": (),
        "sender": ("id", "name"),
        "conversation": ("id", "title", "kind"),
        "pictures": (),
        "robot": (),
        "file": ("name",),
        "match": (),
        "now": (),
        "rule": ("name",),
        "failure": (),
    }
)
"""Each name and what may follow it after a dot; after ``match`` it is the groups of the rule's expressions."""

NUMBERS = frozenset({"pictures"})
"""The names that stand for a number; all others stand for texts."""

CAPTURES = "match"
NO_NAME = "…"
"""Shown before the dot where there is no name."""
ELSE_ONLY = "failure"

_MEANT = {
    "content": "text",
    "message": "text",
    "msg": "text",
    "quote": "quoted",
    "msgtype": "type",
    "name": "sender.name",
    "nick": "sender.name",
    "nickname": "sender.name",
    "sendernick": "sender.name",
    "user": "sender.name",
    "username": "sender.name",
    "userid": "sender.id",
    "staffid": "sender.id",
    "senderstaffid": "sender.id",
    "title": "conversation.title",
    "group": "conversation.title",
    "kind": "conversation.kind",
    "filename": "file.name",
    "picture": "pictures",
    "pictured": "pictures",
    "image": "pictures",
    "images": "pictures",
    "date": "now",
    "time": "now",
    "createat": "now",
    "error": "failure",
    "reason": "failure",
    **dict.fromkeys(("姓名", "名字", "昵称", "用户名", "发送人", "发送者"), "sender.name"),
    **dict.fromkeys(("文字", "文本", "消息", "内容", "原文"), "text"),
    **dict.fromkeys(("群名", "群名称"), "conversation.title"),
    **dict.fromkeys(("时间", "日期"), "now"),
    "工号": "sender.id",
    "引用": "quoted",
    "文件名": "file.name",
    "原因": "failure",
}


def capture_of(path: str) -> str:
    """Return the group that a name in full, such as ``match.ticket``, shows; empty where it is no capture."""
    name, _, group = path.partition(".")
    return group if name == CAPTURES else ""


class TemplateNames(Struct, frozen=True):
    """The names that a template may use at one place.

    Args:
        in_else: whether it belongs to an ``else`` step, where ``failure`` is known.
        groups: names of the captures, or None while they are not known: then any may be used.
    """

    in_else: bool = False
    groups: frozenset[str] | None = frozenset()

    def problem(self, path: str, line: int) -> TemplateProblem | None:
        """Return what is wrong with a name that a template uses, given in full, if anything is."""
        name, _, attribute = path.partition(".")
        if name == NO_NAME or "." in attribute:
            return TemplateProblem(TemplateProblemKind.UNKNOWN_ATTRIBUTE, line, path)
        if name == CAPTURES:
            return self._problem_of_capture(attribute, line)
        if name not in NAMES:
            return TemplateProblem(TemplateProblemKind.UNDEFINED_NAME, line, path, self.suggestion(path))
        if attribute and attribute not in NAMES[name]:
            return TemplateProblem(TemplateProblemKind.UNKNOWN_ATTRIBUTE, line, path, self.suggestion(path))
        if name == ELSE_ONLY and not self.in_else:
            return TemplateProblem(TemplateProblemKind.FAILURE_OUTSIDE_ELSE, line, path)
        if NAMES[name] and not attribute:
            suggestion = f"{name}.{NAMES[name][-1]}"
            return TemplateProblem(TemplateProblemKind.NEEDS_ATTRIBUTE, line, path, suggestion)
        return None

    def _problem_of_capture(self, group: str, line: int) -> TemplateProblem | None:
        groups = sorted(self.groups or ())
        if not group:
            suggestion = f"{CAPTURES}.{groups[0]}" if groups else None
            return TemplateProblem(TemplateProblemKind.NEEDS_ATTRIBUTE, line, CAPTURES, suggestion)
        if self.groups is None or group in self.groups:
            return None
        near = nearest(group, groups)
        suggestion = f"{CAPTURES}.{near}" if near is not None else None
        return TemplateProblem(TemplateProblemKind.UNKNOWN_GROUP, line, group, suggestion)

    def suggestion(self, written: str) -> str | None:
        """Return the known name that ``written`` is another word for or most like, or None."""
        return self._meant(written) or nearest(written, self.paths())

    def other_word_for(self, written: str) -> str | None:
        """Return the known name that ``written`` is, or is another word for; None for one that is merely like it."""
        return written if written in self.paths() else self._meant(written)

    def _meant(self, written: str) -> str | None:
        meant = _MEANT.get(written.rpartition(".")[2].lower().replace("_", ""))
        return meant if meant != ELSE_ONLY or self.in_else else None

    def paths(self) -> tuple[str, ...]:
        """Return every name in full, as ``text``, ``sender.id``, ``match.ticket``."""
        found: list[str] = []
        for name, attributes in NAMES.items():
            if name == CAPTURES:
                found += [f"{CAPTURES}.{group}" for group in sorted(self.groups or ())]
            elif attributes:
                found += [f"{name}.{attribute}" for attribute in attributes]
            elif name != ELSE_ONLY or self.in_else:
                found.append(name)
        return tuple(found)
