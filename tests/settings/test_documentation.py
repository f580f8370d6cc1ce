"""The page about the configuration says what the models say."""

from __future__ import annotations

import re
from pathlib import Path

from prx_dingtalk_router.settings import effective
from prx_dingtalk_router.settings.schema import known_keys
from prx_dingtalk_router.settings.taking_effect import effect_of

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"
ROW = re.compile(
    r"^\| `([a-z_.*]+)` \| (required|`[^`]*`) \| (reload 重载|restart 重启) \| [^|]+ \| [^|]+ \|$",
    re.MULTILINE,
)


def test_every_key_is_documented_with_its_default(load, agent, tmp_path):
    """The tables of the page have every key in the order of the models, with its real default."""
    documented = {key: default.strip("`") for key, default, _ in ROW.findall(PAGE.read_text("utf-8"))}
    assert list(documented) == [key for key, _ in known_keys()]
    in_force = {
        entry.key.replace("helpdesk", "*"): entry.value.replace(f"{tmp_path}/", "")
        for entry in effective(load(agent))
    }
    for key, field in known_keys():
        if field.is_required():
            assert documented[key] == "required"
        elif key in in_force:
            assert documented[key] == in_force[key]


def test_the_page_says_when_each_key_takes_effect():
    """What the tables say of reload and restart is what the one table of the settings says."""
    documented = {key: effect.split()[0] for key, _, effect in ROW.findall(PAGE.read_text("utf-8"))}
    assert documented == {key: effect_of(key) for key, _ in known_keys()}
