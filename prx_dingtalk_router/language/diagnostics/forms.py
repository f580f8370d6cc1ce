"""Declarations as they are written: an example of each kind, with the writer's own name where there is one."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording

_DEFAULT_NAMES = {
    "list": "staff",
    "pattern": "ticket",
    "hours": "office",
    "condition": "known",
    "template": "hello",
    "rule": "vpn",
}
_EXAMPLES = {
    "language": Entry(zh="language 1", en="language 1"),
    "use": Entry(zh='use "people.rules"', en='use "people.rules"'),
    "list": Entry(zh='list {name} = ["u1001", "u1002"]', en='list {name} = ["u1001", "u1002"]'),
    "pattern": Entry(zh="pattern {name} = /[A-Z]+-[0-9]+/", en="pattern {name} = /[A-Z]+-[0-9]+/"),
    "hours": Entry(zh="hours {name} = mon-fri 09:00-18:00", en="hours {name} = mon-fri 09:00-18:00"),
    "condition": Entry(
        zh='condition {name} = group and text contains "报销"',
        en='condition {name} = group and text contains "vpn"',
    ),
    "template": Entry(
        zh='template {name} = "您好，{{{{ sender.name }}}}"',
        en='template {name} = "Hello {{{{ sender.name }}}}"',
    ),
    "rule": Entry(
        zh='rule {name} when text contains "报销" then reply "请稍等"',
        en='rule {name} when text contains "vpn" then reply "one moment"',
    ),
    "otherwise": Entry(zh='otherwise reply "请换个说法。"', en='otherwise reply "Please rephrase."'),
    "denied": Entry(zh='denied reply "您没有权限。"', en='denied reply "You are not permitted."'),
    "test": Entry(
        zh='test "报销" given "怎么报销？" expect drop', en='test "VPN" given "the vpn is down" expect drop'
    ),
}


def example_of(opener: str, name: str = "") -> Wording | None:
    """Return a declaration that is complete, or ``None`` where no declaration begins with that word.

    Args:
        opener: the word that it begins with.
        name: what it is called.
    """
    entry = _EXAMPLES.get(opener)
    return Wording(entry, {"name": name or _DEFAULT_NAMES.get(opener, "")}) if entry is not None else None
