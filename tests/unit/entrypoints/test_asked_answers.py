"""What a client's page may ask about its visitor, and how everything else is refused."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from coldframe.domain.errors import InvalidSubmission, UnknownForm
from coldframe.domain.form import Form
from coldframe.domain.visit_pace import MOST_A_MINUTE
from coldframe.domain.visits import VisitRules
from coldframe.entrypoints.activity import Elsewhere, TooMany
from coldframe.entrypoints.asked_answers import AskedAnswers
from coldframe.entrypoints.http import BodyTooLarge, NotFound, Request, Unreadable
from tests.fakes.clock import FrozenClock

SITE = "https://www.lindenbakery.example"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
ADAS = "7f3a0c5e9b1d4682a1c3e5f708192a3b"
EARLIER = "00000000000000000000000000000b0b"


@dataclass
class Knowing:
    """Knows everybody; ``asked`` is whom it was asked about."""

    asked: list[tuple[str, list[str]]] = field(default_factory=list)

    def __call__(self, form: Form, visitor: str, before: Sequence[str]) -> str:
        self.asked.append((visitor, list(before)))
        return f"a token for {form.form}"


def form_of(name: str) -> Form:
    if name != "cakes":
        raise UnknownForm(name)
    return Form(form="cakes", title="Cakes", fields=(), ask=2)


def answers(knowing: Knowing | None = None, *, visits: bool = True) -> AskedAnswers:
    return AskedAnswers(
        rules=lambda: VisitRules(sites=(SITE,), keep=90) if visits else None,
        form=form_of,
        lead_of=lambda text: text.encode().hex()[-30:],
        knows=knowing or Knowing(),  # type: ignore[arg-type]  # called like it, and no more
        clock=FrozenClock(datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
    )


def ask(
    told: object,
    *,
    form: str = "cakes",
    origin: str = SITE,
    agent: str = BROWSER,
    body: bytes = b"",
) -> Request:
    return Request(
        method="POST",
        path={"form": form},
        headers={"origin": origin, "content-type": "text/plain", "user-agent": agent},
        body=body or json.dumps(told).encode(),
        address="192.0.2.7",
    )


def test_a_page_learns_what_to_ask_of_its_visitor_and_we_ask_by_keyed_hashes_alone() -> None:
    knowing = Knowing()

    answer = answers(knowing)(ask({"visitor": ADAS, "before": [EARLIER]}))

    assert (answer["statusCode"], json.loads(answer["body"])) == (
        200,
        {"asked": "a token for cakes"},
    )
    assert answer["headers"]["cache-control"] == "no-store"
    ((now, (before,)),) = knowing.asked
    assert now.startswith("v")
    assert before.startswith("v")
    assert ADAS not in now + before


def test_a_program_is_told_what_a_stranger_is_and_nothing_is_read_for_it() -> None:
    knowing = Knowing()

    answer = answers(knowing)(ask({"visitor": ADAS}, agent="curl/8.5.0"))

    assert json.loads(answer["body"]) == {"asked": ""}
    assert knowing.asked == []


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (ask({"visitor": ADAS}, origin="https://elsewhere.example"), Elsewhere),
        (ask({"visitor": ADAS}, origin=""), Elsewhere),
        (ask({"visitor": ADAS}, form="bread"), UnknownForm),
        (ask({}), InvalidSubmission),
        (ask({"visitor": "short"}), InvalidSubmission),
        (ask({"visitor": ADAS, "before": "x"}), InvalidSubmission),
        (ask({"visitor": ADAS, "before": [7]}), InvalidSubmission),
        (ask({"visitor": ADAS, "before": [EARLIER] * 8}), InvalidSubmission),
        (ask(None, body=b"{"), Unreadable),
        (ask(None, body=b'"' + b"x" * 20_000 + b'"'), BodyTooLarge),
    ],
)
def test_everything_else_is_refused_and_nothing_is_read(
    asked: Request, error: type[Exception]
) -> None:
    knowing = Knowing()

    with pytest.raises(error):
        answers(knowing)(asked)
    assert knowing.asked == []


def test_a_client_whose_pages_tell_nothing_knows_nobody() -> None:
    with pytest.raises(NotFound):
        answers(visits=False)(ask({"visitor": ADAS}))


def test_one_network_asks_so_often_a_minute() -> None:
    answer, asked = answers(), ask({"visitor": ADAS})
    for _ in range(MOST_A_MINUTE):
        answer(asked)

    with pytest.raises(TooMany):
        answer(asked)


def test_a_body_that_is_no_object_is_refused() -> None:
    told: Any
    for told in ([], 7, "x"):
        with pytest.raises(Unreadable):
            answers()(ask(told))
