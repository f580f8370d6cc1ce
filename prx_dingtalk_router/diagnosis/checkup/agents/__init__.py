"""Checks of an agent, a PRX daemon: what it says of itself is asked once, and judged by one file a question."""

from prx_dingtalk_router.diagnosis.checkup.agents.checking import check_agent, trouble_of

__all__ = ["check_agent", "trouble_of"]
