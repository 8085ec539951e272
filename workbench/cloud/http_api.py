"""Makes the emulator's HTTP API answer, and describe requests, as API Gateway does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.cloud import emulated as em
from workbench.cloud.hooks import Hooks

Record = dict[str, Any]
CROSS_ORIGIN = {
    "_cors_response_headers": "1cd36db5d0c4",
    "_cors_preflight_response": "48dec7964484",
}


def install(hooks: Hooks) -> None:
    """What a failed function looks like outside, where cookies are, and who may post from where."""
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
    for name, anchor in CROSS_ORIGIN.items():
        hooks.replace(
            em.apigateway,
            name,
            _as_templates_spell_it(vars(em.apigateway)[name]),
            anchor=anchor,
        )


def _as_templates_spell_it(original: Callable[..., Any]) -> Callable[..., Any]:
    """The emulator keeps the template's ``AllowOrigins`` and then looks for ``allowOrigins``."""

    def headers(configuration: Record, origin: str) -> Any:
        spelled = {name[:1].lower() + name[1:]: held for name, held in configuration.items()}
        return original(spelled, origin)

    return headers


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
