"""A test mail goes to testers alone, marked, and belongs to nobody."""

from typing import Any

import pytest

from coldframe.domain.message import RenderedMail
from infra.place import Place
from workbench.preview.sending import NotATester, checked_tester, send_test

TESTERS = ("Rosa@lindenbakery.example",)
MAIL = RenderedMail(
    sender="Rosa <rosa@lindenbakery.example>",
    recipient="ada@example.com",
    reply_to="rosa@lindenbakery.example",
    subject="Your guide",
    html="<p>Hello</p>",
    text="Hello",
    headers=(("List-Unsubscribe", "<https://go.example/unsubscribe/t>"),),
    tags=(("lead", "ab"), ("message", "cd")),
)


class Ses:
    """SES, as far as one request goes."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []

    def send_email(self, **request: Any) -> dict[str, str]:
        self.requests.append(request)
        return {"MessageId": "m-1"}


def test_it_is_marked_and_nothing_of_it_is_counted() -> None:
    ses = Ses()

    send_test(
        MAIL,
        "rosa@lindenbakery.example",
        place=Place(client="bakery", environment="dev"),
        clients=lambda _service: ses,
    )

    [request] = ses.requests
    simple = request["Content"]["Simple"]
    assert request["Destination"] == {"ToAddresses": ["rosa@lindenbakery.example"]}
    assert simple["Subject"]["Data"] == "[TEST] Your guide"
    assert request.get("EmailTags", []) == []
    assert simple.get("Headers", []) == []


def test_a_tester_is_known_however_the_address_is_written() -> None:
    assert checked_tester("ROSA@LindenBakery.example", TESTERS) == "rosa@lindenbakery.example"


@pytest.mark.parametrize("address", ["ada@example.com", "rosa@lindenbakery.example.evil.example"])
def test_nobody_else_gets_one(address: str) -> None:
    with pytest.raises(NotATester, match="is no tester"):
        checked_tester(address, TESTERS)


def test_without_testers_it_says_where_to_name_them() -> None:
    with pytest.raises(NotATester, match=r"client\.yaml"):
        checked_tester("ada@example.com", ())
