"""Makes the emulator's HTTP API answer, and describe requests, as API Gateway does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks

Record = dict[str, Any]


def install(hooks: Hooks) -> None:
    """Two hooks: what a failed function looks like outside, and where cookies are."""
    hooks.replace(
        em.lambda_svc,
        "lambda_execute_result_to_api_proxy_response",
        _answers(em.lambda_svc.lambda_execute_result_to_api_proxy_response),
        anchor="36f0ed215e85",
    )
    hooks.replace(
        em.apigateway,
        "run_reentrant",
        _with_cookies(em.apigateway.run_reentrant),
        anchor="bd6c9a9940ab",
    )


def _answers(original: Callable[[Record], Any]) -> Callable[[Record], Any]:
    def answer(result: Record) -> Any:
        if result.get("throttle"):
            return _message(503, "Service Unavailable"), None
        body = result.get("body")
        shaped = isinstance(body, dict) and "statusCode" in body
        if result.get("error") and not shaped:
            return _message(500, "Internal Server Error"), None
        return original(result)

    return answer


def _message(status: int, text: str) -> Record:
    headers = {"Content-Type": "application/json"}
    return {"statusCode": status, "headers": headers, "body": f'{{"message":"{text}"}}'}


def _with_cookies(original: Callable[..., Any]) -> Callable[..., Any]:
    async def run(function: Any, *args: Any, **options: Any) -> Any:
        for event in args:
            if isinstance(event, dict) and event.get("version") == "2.0" and "rawPath" in event:
                cookie = event["headers"].pop("cookie", None)
                if cookie:
                    event["cookies"] = [part.strip() for part in cookie.split(";")]
        return await original(function, *args, **options)

    return run
