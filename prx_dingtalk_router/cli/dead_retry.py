"""``prx-router dead retry``: dead letters are tried again."""

from __future__ import annotations

from functools import partial

from prx_dingtalk_router.cli.dead_changes import change

retry = partial(change, "retry")
