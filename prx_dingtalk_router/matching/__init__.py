"""Checked rules and the baseline become a router; a message becomes a decision, and why."""

from prx_dingtalk_router.decision.model import (
    AgentStep,
    CancelStep,
    Decision,
    DropStep,
    ForgetStep,
    Guard,
    Mention,
    ReplyStep,
    Step,
)
from prx_dingtalk_router.decision.rendering import RenderedReply, render_for_agent, render_reply
from prx_dingtalk_router.decision.session import session_name
from prx_dingtalk_router.matching.baseline import Baseline
from prx_dingtalk_router.matching.coverage import Coverage
from prx_dingtalk_router.matching.decision_json import decision_json, step_json
from prx_dingtalk_router.matching.explanation import (
    Explanation,
    explain,
    explanation_json,
    in_both,
    trace_json,
    why_not,
)
from prx_dingtalk_router.matching.router import Router
from prx_dingtalk_router.matching.suggestions import suggest_tests
from prx_dingtalk_router.matching.test_runner import CaseResult, run_tests

__all__ = [
    "AgentStep",
    "Baseline",
    "CancelStep",
    "CaseResult",
    "Coverage",
    "Decision",
    "DropStep",
    "Explanation",
    "ForgetStep",
    "Guard",
    "Mention",
    "RenderedReply",
    "ReplyStep",
    "Router",
    "Step",
    "decision_json",
    "explain",
    "explanation_json",
    "in_both",
    "render_for_agent",
    "render_reply",
    "run_tests",
    "session_name",
    "step_json",
    "suggest_tests",
    "trace_json",
    "why_not",
]
