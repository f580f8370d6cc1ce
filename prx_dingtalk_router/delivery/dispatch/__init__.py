"""Carrying out decisions: order, chains, guards, sessions (language.md section 7, interfaces.md section 5)."""

from prx_dingtalk_router.delivery.dispatch.dispatcher import Dispatcher
from prx_dingtalk_router.delivery.dispatch.incoming import to_carry_out, undecided

__all__ = ["Dispatcher", "to_carry_out", "undecided"]
