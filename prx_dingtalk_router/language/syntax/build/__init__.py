"""From the tree of a declaration to typed nodes."""

from prx_dingtalk_router.language.syntax.build.declarations import build

__all__ = ["build"]
