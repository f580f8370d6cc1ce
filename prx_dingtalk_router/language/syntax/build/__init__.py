"""From trees to the nodes of ``syntax/ast.py``."""

from prx_dingtalk_router.language.syntax.build.declarations import build

__all__ = ["build"]
