"""Why a message goes where it goes: the data, its words, and its JSON."""

from prx_dingtalk_router.matching.explanation.asking import explain, why_not
from prx_dingtalk_router.matching.explanation.document import explanation_json, in_both, trace_json
from prx_dingtalk_router.matching.explanation.model import Answer, Explanation, WhyNot
from prx_dingtalk_router.matching.explanation.of_test import reasons_of_test

__all__ = [
    "Answer",
    "Explanation",
    "WhyNot",
    "explain",
    "explanation_json",
    "in_both",
    "reasons_of_test",
    "trace_json",
    "why_not",
]
