"""``prx-router channel doctor dingtalk``: the doctor by the name that it has in PRX (prx-gateway.md section 16)."""

from __future__ import annotations

from pathlib import Path

from prx_dingtalk_router.cli.doctor import doctor as examine
from prx_dingtalk_router.errors import UsageError

CHANNEL = "dingtalk"


def doctor(
    *,
    channel: str,
    json_wanted: bool,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Carry out all checks; 1 when one failed."""
    if channel != CHANNEL:
        raise UsageError("cli.channel.other", found=channel)
    return examine(json_wanted=json_wanted, config=config, rules=rules, no_color=no_color)
