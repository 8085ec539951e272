"""AWS list prices in us-east-1, in dollars, read on 2026-11-21; free tiers are left out."""

SES_MAIL = 0.10 / 1_000  # à la carte, the plan to choose; Essentials costs 0.16
STATE_TRANSITION = 0.025 / 1_000
WRITE_UNIT = 0.625 / 1_000_000
READ_UNIT = 0.125 / 1_000_000
LAMBDA_REQUEST = 0.20 / 1_000_000
LAMBDA_GB_SECOND = 0.0000133334  # arm64
HTTP_API_REQUEST = 1.00 / 1_000_000
SNS_PUBLISH = 0.50 / 1_000_000
SQS_REQUEST = 0.40 / 1_000_000
SCHEDULER_INVOCATION = 1.00 / 1_000_000
LOGGED_KB = 0.50 / 1_000_000

LAMBDA_SECONDS = 0.06
"""Assumed billed time of a warm invocation, with its cold share; not measurable off AWS."""
LAMBDA_GB = 0.25
