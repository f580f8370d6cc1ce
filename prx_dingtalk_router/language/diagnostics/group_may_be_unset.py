"""PRX505 group-may-be-unset."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class GroupMayBeUnset(Diagnostic, frozen=True):
    """A capture that the condition does not always set.

    What: A template shows ``match.NAME`` as it is, and the condition can hold without that group taking part.
    Why: It is empty then, and the reply has a hole where the value should be.
    Wrong:
        rule ticket when group or text matches /(?P<n>[0-9]+)/ then reply "ticket {{ match.n }}"
    Right:
        rule ticket when group and text matches /(?P<n>[0-9]+)/ then reply "ticket {{ match.n }}"
    """

    code = "PRX505"
    severity = "warning"
    sentence = Entry(
        zh="条件有时不会设置 `match.{group}`，那时它是空的",
        en="the condition can hold without setting `match.{group}`, which is empty then",
    )
    advice = Entry(
        zh='用 `{{{{ match.{group} | default("无") }}}}` 给出缺省文字，或把条件拆成两条规则',
        en='give a text for that case, as `{{{{ match.{group} | default("none") }}}}`, or make two rules',
    )

    group: str
