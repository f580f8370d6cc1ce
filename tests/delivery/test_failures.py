"""What the reason of a failure means for whoever waits for an answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import prx_dingtalk_router
from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.dispatch.failures import RENDERED_NOTHING, is_undelivered

_RAISED = re.compile(r'RenderError\(\s*"([\w.-]+)"')


def _reasons_of_templates() -> list[str]:
    """Every reason by which a template fails, as the package raises it."""
    sources = Path(prx_dingtalk_router.__file__).parent.rglob("*.py")
    return sorted({key for source in sources for key in _RAISED.findall(source.read_text("utf-8"))})


@pytest.mark.parametrize("key", _reasons_of_templates())
def test_a_template_that_fails_leaves_a_reply_undelivered(key: str) -> None:
    """Its sender waits for it; one that gives nothing was not to say anything."""
    assert is_undelivered(text(key)) == (key != RENDERED_NOTHING)
