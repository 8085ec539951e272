"""The demo's own promises, with every call checked against its role's grants."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from coldframe.domain.enrolment import run_name
from tests.e2e.conftest import Played
from workbench.bill.bill import per_thousand_mails
from workbench.demo.people import PEOPLE
from workbench.local.deployed import DeployedTown

pytestmark = pytest.mark.xdist_group("local cloud")


def executions(town: DeployedTown) -> Iterator[dict[str, Any]]:
    states = town.cloud.client("stepfunctions")
    for machine in states.list_state_machines()["stateMachines"]:
        arn = machine["stateMachineArn"]
        yield from states.list_executions(stateMachineArn=arn)["executions"]


def test_everybody_gets_what_the_journeys_promise_and_nothing_else(played: Played) -> None:
    broken = [f"{each.claim}: {each.found}" for each in played.found.values() if not each.holds]

    assert played.found
    assert broken == []


def test_every_mail_carries_one_click_unsubscribe_and_opaque_tags(played: Played) -> None:
    people = {person.address for person in PEOPLE}
    mails = [mail for mail in played.town.mails() if mail.recipient in people]

    assert mails
    for mail in mails:
        headers = dict(mail.headers)
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers["List-Unsubscribe"].startswith("<http")
        assert not any(mail.recipient in value for value in mail.tags.values())


def test_no_run_failed_and_none_is_left(played: Played) -> None:
    runs = list(executions(played.town))

    assert {run["status"] for run in runs} <= {"SUCCEEDED", "ABORTED"}
    assert len(runs) == len(PEOPLE)


def test_no_dead_letter_waits_anywhere(played: Played) -> None:
    sqs = played.town.cloud.client("sqs")
    waiting = {
        url: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"][
            "ApproximateNumberOfMessages"
        ]
        for url in sqs.list_queues().get("QueueUrls", [])
    }

    assert waiting
    assert set(waiting.values()) == {"0"}


def test_no_personal_data_reaches_logs_names_or_histories(played: Played) -> None:
    cloud = played.town.cloud
    states = cloud.client("stepfunctions")
    told = "\n".join(
        run["name"] + json.dumps(_history(states, run["executionArn"]), default=str)
        for run in executions(played.town)
    )
    functions = cloud.client("lambda").list_functions()["Functions"]
    told += "\n".join(line for each in functions for line in cloud.logs(each["FunctionName"]))

    assert told
    for person in PEOPLE:
        assert person.address not in told
        assert f'"{person.name}"' not in told


def _history(states: Any, execution: str) -> Any:
    return states.get_execution_history(executionArn=execution, maxResults=1000)["events"]


def test_a_thousand_mails_cost_at_most_1_65_times_what_ses_asks(played: Played) -> None:
    """Besides what a client costs by standing there: some hundredths of a cent a month."""
    assert 0.1 < per_thousand_mails(played.billed, standing=played.standing) <= 0.165
    assert played.standing / 2 / 21 * 30 < 0.001


@pytest.mark.usefixtures("played")
def test_the_welcome_journey_bills_no_state_that_only_carries_data(town: DeployedTown) -> None:
    """Enter, guide + wait, story (waits by itself), invitation, hand-off: six."""
    client = town.clients()["bakery"]
    ada = next(line for line in client.leads() if line.address == "ada@example.com")
    (enrolment,) = (each for each in client.record(ada.lead).enrolments if each.journey)
    run = run_name(enrolment.id, enrolment.generation)
    (execution,) = (each for each in executions(town) if each["name"] == run)

    assert town.cloud.transitions(execution["executionArn"]) == 6
