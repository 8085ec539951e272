import json
import urllib.request
from collections.abc import Iterator, Sequence

import pytest
from starlette.testclient import TestClient

from tests.fakes.town.town import FakeTown
from workbench.local.town import SentMail
from workbench.window.app import create_app, serve
from workbench.window.serving import Served


@pytest.fixture
def served(empty: FakeTown) -> Iterator[Served]:
    window = serve(create_app(empty))
    yield window
    window.stop()


def news(stream: Iterator[bytes], event: str) -> tuple[str, str]:
    """The id and the data of the next event of a kind."""
    number = kind = ""
    for line in stream:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        number = value if name == "id" else number
        kind = value if name == "event" else kind
        if name == "data" and kind == event:
            return number, value
    pytest.fail("the stream ended")


def test_what_happens_is_streamed_and_nothing_twice(empty: FakeTown, served: Served) -> None:
    empty.tell("bakery", "before")
    with urllib.request.urlopen(f"{served.url}/live?after=1") as stream:  # noqa: S310  # our own server
        news(iter(stream), "time")

        empty.tell("bakery", "the oven is warm", "ada")

        number, data = news(iter(stream), "happened")
    assert number == "2"
    assert [line["text"] for line in json.loads(data)] == ["the oven is warm"]


def test_the_server_ends_though_somebody_still_listens(served: Served) -> None:
    with urllib.request.urlopen(f"{served.url}/live") as stream:  # noqa: S310  # our own server
        news(iter(stream), "time")

        served.stop()

        assert stream.read().count(b"event: time") <= 1


def test_what_comes_while_a_page_is_made_is_told_to_it_afterwards() -> None:
    class Busy(FakeTown):
        def mails(self) -> Sequence[SentMail]:
            listed = tuple(super().mails())
            self.tell("bakery", "one mail more goes out")
            return listed

    town = Busy()
    with TestClient(create_app(town), base_url="http://127.0.0.1") as browser:
        page = browser.get("/mail").text
    town.close()

    assert 'data-after="0"' in page
    assert town.happenings(0)
