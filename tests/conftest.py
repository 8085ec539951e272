"""Shared by all suites."""

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("tests.contracts")

# How long an example takes is the machine's matter, and the first one pays for imports.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")
