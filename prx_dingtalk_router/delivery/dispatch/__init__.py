"""Carrying out decisions: order, chains, guards, sessions (language.md section 7, interfaces.md section 5)."""

from prx_dingtalk_router.delivery.dispatch.dispatcher import Dispatcher

__all__ = ["Dispatcher"]
