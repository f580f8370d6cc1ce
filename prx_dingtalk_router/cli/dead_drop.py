"""``prx-router dead drop``: dead letters are given up."""

from __future__ import annotations

from functools import partial

from prx_dingtalk_router.cli.dead_changes import change

drop = partial(change, "drop")
