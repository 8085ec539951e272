"""A lead's page says its score, tier and segments, and why."""

from dataclasses import replace

from starlette.testclient import TestClient

from infra.playbook.conditions.built_in import catalogue
from infra.playbook.knowing.source import Fit, ScoringSource
from tests.fakes.town.town import FakeTown
from tests.unit.knowing.living import NOWHERE, reactions_of

SCORING = ScoringSource(
    fit=(
        Fit(
            asked='email_domain == "example.com"',
            points=55,
            spot=NOWHERE,
            why="<b>Ours</b>",
        ),
    ),
    tiers={"hot": 80, "warm": 50, "cool": 20},
)


def test_the_page_says_the_score_and_why(town: FakeTown, browser: TestClient) -> None:
    client = town.clients()["bakery"]
    segments = {"known": "score >= 50"}
    known = reactions_of(segments, catalogue(segments=("known",)), scoring=SCORING)
    client._book = replace(client._book, knowing=known.knowing)  # type: ignore[attr-defined]  # the fake's
    lead = next(line.lead for line in client.leads() if line.address.endswith("@example.com"))

    page = browser.get(f"/clients/bakery/leads/{lead}").text

    assert "Score 55" in page
    assert "tier: warm" in page
    assert "segment: known" in page
    assert "&lt;b&gt;Ours&lt;/b&gt;" in page
    assert "score is 55 (needs at least 50)" in page


def test_where_nothing_is_concluded_nothing_is_said_of_it(
    town: FakeTown, browser: TestClient
) -> None:
    lead = town.clients()["bakery"].leads()[0].lead

    assert 'id="score"' not in browser.get(f"/clients/bakery/leads/{lead}").text
