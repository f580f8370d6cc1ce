"""The chat page of the sandbox: write as anybody of the directory, read the replies, see every decision and why."""

from prx_dingtalk_router.sandbox.page.outcomes import Outcome
from prx_dingtalk_router.sandbox.page.server import Advisor, ChatPage, Language

__all__ = ["Advisor", "ChatPage", "Language", "Outcome"]
