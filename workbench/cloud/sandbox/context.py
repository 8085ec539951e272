"""The context object a handler is given."""

from __future__ import annotations

import os
import sys
import time


class LambdaContext:
    """As AWS's, without client context and Cognito identity."""

    client_context = None
    identity = None

    def __init__(self, request_id: str, arn: str, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self.aws_request_id = request_id
        self.invoked_function_arn = arn
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._ends - time.monotonic()) * 1000))

    def log(self, message: object) -> None:
        sys.stdout.write(f"{message}\n")
