"""What the tests of templates share: hypothesis settings that keep them short."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "templates",
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
settings.load_profile("templates")
