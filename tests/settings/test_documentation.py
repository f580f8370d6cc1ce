"""The page about the configuration says what the models say."""

from __future__ import annotations

import re
from pathlib import Path

from prx_dingtalk_router.settings import effective
from prx_dingtalk_router.settings.schema import known_keys

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"
ROW = re.compile(r"^\| `([a-z_.*]+)` \| (required|`[^`]*`) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)


def test_every_key_is_documented_with_its_default(load, agent, tmp_path):
    """The tables of the page have every key in the order of the models, with its real default."""
    documented = {key: default.strip("`") for key, default in ROW.findall(PAGE.read_text("utf-8"))}
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
