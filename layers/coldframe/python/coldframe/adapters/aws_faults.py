"""What a call to AWS may come to besides an answer, whoever made it: botocore or ourselves."""

from collections.abc import Mapping
from typing import Any


class AwsRefusal(Exception):
    """AWS said no. ``response`` is shaped as botocore's: Error, ResponseMetadata, and what else
    the refusal tells.
    """

    def __init__(self, response: Mapping[str, Any], operation_name: str = "") -> None:
        super().__init__(str(response.get("Error", {}).get("Code", "")))
        self.response = response
        self.operation_name = operation_name


class Unreachable(Exception):
    """There was no connection (or nothing to sign with): surely nothing has left."""


class Unusable(Unreachable):
    """Nor will there be one before somebody mends it: a certificate that nobody we trust signed,
    or no credentials.
    """


class Unanswered(Exception):
    """The request has left, and no answer came that can be read: perhaps it was taken."""
