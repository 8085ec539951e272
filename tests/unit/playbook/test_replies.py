"""client.yaml's ``replies``: what it means, and what is said of its mistakes."""

from pathlib import Path

import pytest

from coldframe.domain.replies.settings import Replies
from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery, edit, mistakes

SAID = "replies: {domain: reply.lindenbakery.example, hold: 7 days, languages: [en, de]}"


def replies(folder: Path, environment: str = "prod") -> Replies | None:
    return compile_client(folder, environment=environment).client.replies


def test_what_is_said_is_what_holds(tmp_path: Path) -> None:
    found = replies(bakery(tmp_path))

    assert found is not None
    assert (found.domain, found.hold) == ("reply.lindenbakery.example", 7 * 24 * 60 * 60)
    assert found.languages == ("en", "de")
    assert "rosa@lindenbakery.example" in found.team


def test_outside_production_answers_arrive_at_a_domain_of_their_own(tmp_path: Path) -> None:
    found = replies(bakery(tmp_path), "dev")

    assert found is not None
    assert found.domain == "dev.reply.lindenbakery.example"


def test_a_domain_is_enough(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "client.yaml", SAID, "replies: {domain: reply.lindenbakery.example}")

    found = replies(folder)

    assert found is not None
    assert (found.hold, found.languages) == (7 * 24 * 60 * 60, ("en",))


def test_without_it_answers_go_to_the_sender_and_are_not_seen(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "client.yaml", SAID, "")

    assert replies(folder) is None


def test_a_journey_may_wait_for_an_answer_to_one_of_its_mails(tmp_path: Path) -> None:
    folder, waits = bakery(tmp_path), "wait_for: email.replied"
    edit(folder, "journeys/welcome.yaml", "wait_for: email.clicked", waits)

    assert mistakes(folder) == []
    (rule,) = compile_client(folder, environment="dev").reactions.waits
    assert rule.when.kind == "email.replied"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("replies: {hold: 2 days}", "replies: needs `domain`"),
        ("replies: {domain: reply}", "'reply' is no domain name"),
        ("replies: {domain: reply.x.example, holds: 2 days}", "did you mean 'hold'?"),
        ("replies: {domain: reply.x.example, hold: a week}", "is no duration"),
        ("replies: {domain: reply.x.example, languages: [dr]}", "is said in 'dr'"),
        ("replies: {domain: lindenbakery.example}", "all mail to that domain comes to Coldframe"),
    ],
)
def test_a_mistake_gives_one_clear_message(tmp_path: Path, said: str, told: str) -> None:
    folder = bakery(tmp_path)
    edit(folder, "client.yaml", SAID, said)

    found = mistakes(folder)

    assert found
    assert all("client.yaml:" in each for each in found)
    assert told in found[0]
