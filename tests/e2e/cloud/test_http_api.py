"""The deployed HTTP API answers as API Gateway does."""

from __future__ import annotations

import json

import pytest

from tests.e2e.cloud.conftest import Client
from workbench.cloud.local_cloud import LocalCloud
from workbench.cloud.web import UnknownHost


def test_a_failed_function_shows_nothing_of_itself(cloud: LocalCloud, client: Client) -> None:
    reply = cloud.request("GET", f"{client.url}/boom")

    assert (reply.status, reply.body) == (500, b'{"message":"Internal Server Error"}')


def test_an_unknown_path_is_not_found(cloud: LocalCloud, client: Client) -> None:
    reply = cloud.request("GET", f"{client.url}/nowhere")

    assert (reply.status, json.loads(reply.body)) == (404, {"message": "Not Found"})


def test_the_event_is_payload_2(cloud: LocalCloud, client: Client) -> None:
    reply = cloud.request(
        "POST",
        f"{client.url}/echo?a=1&b=x%20y",
        {"Cookie": "one=1; two=2", "Content-Type": "text/plain"},
        "hello",
    )

    event = reply_event = json.loads(reply.body)
    assert (event["version"], event["rawPath"], event["rawQueryString"]) == (
        "2.0",
        "/echo",
        "a=1&b=x%20y",
    )
    assert event["queryStringParameters"] == {"a": "1", "b": "x y"}
    assert (event["cookies"], "cookie" in event["headers"]) == (["one=1", "two=2"], False)
    assert event["requestContext"]["http"]["method"] == "POST"
    assert event["requestContext"]["timeEpoch"] == int(cloud.now().timestamp() * 1000)
    assert (reply_event["body"], reply_event["isBase64Encoded"]) == ("hello", False)
    assert reply.header_values("Set-Cookie") == ["a=1", "b=2"]


def test_a_binary_answer_is_decoded(cloud: LocalCloud, client: Client) -> None:
    assert cloud.request("GET", f"{client.url}/pixel").body == b"\x00GIF"


def test_the_api_answers_under_any_name_that_stands_in_a_mail(
    cloud: LocalCloud, client: Client
) -> None:
    api = client.url.split("//")[1].split(".")[0]

    aws = cloud.request("GET", f"https://{api}.execute-api.us-east-1.amazonaws.com/pixel")

    assert aws.status == 200
    with pytest.raises(UnknownHost):
        cloud.request("GET", "https://somewhere.example/")
