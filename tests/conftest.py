"""Shared by all suites."""

import pytest

pytest.register_assert_rewrite("tests.contracts")
