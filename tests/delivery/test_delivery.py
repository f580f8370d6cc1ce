"""The part as a whole: what it brings with it."""

from __future__ import annotations

import subprocess
import sys


def test_delivery_brings_no_compiler_of_rules_or_templates() -> None:
    """Whoever keeps and carries out decisions loads neither the language nor its libraries."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, prx_dingtalk_router.delivery; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
        timeout=50,
    ).stdout.split()
    assert not {
        "lark",
        "re2",
        "jinja2",
        "prx_dingtalk_router.language",
        "prx_dingtalk_router.templates",
    } & set(loaded)
    assert "prx_dingtalk_router.delivery.dispatch" in loaded
