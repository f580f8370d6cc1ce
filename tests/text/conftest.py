"""What the tests of text share: hypothesis settings that keep them short, and texts worth folding."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "text", max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("text")
