"""Counts the API calls of the deployed code by service and operation."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import botocore.session

from workbench.cloud.gate import Request

SCOPE = re.compile(r"Credential=[^/]+/\d+/[^/]+/(?P<service>[^/]+)/aws4_request")
MODELS = {"states": "stepfunctions", "ses": "sesv2", "monitoring": "cloudwatch"}
OBJECT_CALLS = {
    "GET": "GetObject",
    "PUT": "PutObject",
    "HEAD": "HeadObject",
    "DELETE": "DeleteObject",
    "POST": "PostObject",
}


class Calls:
    """A tap on the gate."""

    def __init__(self) -> None:
        self.counted: Counter[tuple[str, str]] = Counter()

    def __call__(self, request: Request) -> None:
        if request.own:
            return
        signed = SCOPE.search(request.headers.get("authorization", ""))
        if signed:
            service = MODELS.get(signed["service"], signed["service"])
            self.counted[service, operation(service, request)] += 1


def operation(service: str, request: Request) -> str:
    """The operation's name, by target header, form body, or path."""
    if target := request.headers.get("x-amz-target"):
        return target.rpartition(".")[2]
    if request.form:
        return parse_qs(request.form.decode()).get("Action", ["unknown"])[0]
    if service == "s3":
        whole = request.path.strip("/").count("/") > 0
        return OBJECT_CALLS[request.method] if whole else f"{request.method} bucket"
    for method, path, name in _routes(service):
        if method == request.method and path.fullmatch(request.path):
            return name
    return f"{request.method} {request.path}"


@cache
def _routes(service: str) -> list[tuple[str, re.Pattern[str], str]]:
    """A REST service's operations, the most specific paths first."""
    try:
        model: Any = botocore.session.Session().get_service_model(service)
    except botocore.exceptions.UnknownServiceError:
        return []
    routes = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        path = http["requestUri"].partition("?")[0]
        pattern = re.sub(r"\\\{[^}]*?(\\\+)?\\\}", r"[^/]+", re.escape(path))
        routes.append((path.count("{"), (http["method"], re.compile(pattern + "/?"), name)))
    return [route for _, route in sorted(routes, key=lambda known: known[0])]
