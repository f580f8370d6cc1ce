"""Checked rules and the baseline become a router; a message becomes a decision, and why."""

from prx_dingtalk_router.matching.composing import Composed
from prx_dingtalk_router.matching.coverage import named_conditions
from prx_dingtalk_router.matching.decision import (
    AgentStep,
    BoundStep,
    CancelStep,
    Decision,
    DropStep,
    ForgetStep,
    Guard,
    Mention,
    ReplyStep,
)
from prx_dingtalk_router.matching.policy import Policy
from prx_dingtalk_router.matching.rendering import RenderedReply, render_for_agent, render_reply
from prx_dingtalk_router.matching.report import decision_json, step_json
from prx_dingtalk_router.matching.router import Router
from prx_dingtalk_router.matching.rule_tests import CaseResult, run_tests
from prx_dingtalk_router.matching.session import session_name
from prx_dingtalk_router.matching.trace import explain
from prx_dingtalk_router.matching.untimed import with_untimed_tests

__all__ = [
    "AgentStep",
    "BoundStep",
    "CancelStep",
    "CaseResult",
    "Composed",
    "Decision",
    "DropStep",
    "ForgetStep",
    "Guard",
    "Mention",
    "Policy",
    "RenderedReply",
    "ReplyStep",
    "Router",
    "decision_json",
    "explain",
    "named_conditions",
    "render_for_agent",
    "render_reply",
    "run_tests",
    "session_name",
    "step_json",
    "with_untimed_tests",
]
