"""What AWS answers when something is wrong, in our own words."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from botocore.stub import Stubber

from coldframe.adapters import table as tables
from coldframe.adapters.aws_faults import AwsRefusal
from coldframe.adapters.runs import StepFunctionsRuns, StepFunctionsWaits
from coldframe.adapters.table import Table, TransactionFailed
from coldframe.domain.enrolment import Enrolment, EnrolmentStatus
from coldframe.domain.errors import StaleLead, Throttled, Transient
from tests.integration.account import TABLE, Account

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
KEY = ("L#l1", "G")
MACHINES = {"welcome": "arn:aws:states:eu-central-1:123456789012:stateMachine:welcome"}
RUN = Enrolment(
    lead="l1",
    id="e1",
    journey="welcome",
    status=EnrolmentStatus.OPEN,
    step="",
    since=NOW,
    generation=2,
    started_at=NOW,
    requested_at=NOW,
)


@pytest.fixture
def dynamo(account: Account) -> Iterator[Stubber]:
    with Stubber(account.aws("dynamodb")) as stubber:
        yield stubber


@pytest.fixture
def table(account: Account) -> Table:
    return Table(account.aws("dynamodb"), TABLE)


@pytest.fixture
def states(account: Account) -> Iterator[Stubber]:
    with Stubber(account.aws("stepfunctions")) as stubber:
        yield stubber


@pytest.fixture
def runs(account: Account) -> StepFunctionsRuns:
    return StepFunctionsRuns(account.aws("stepfunctions"), MACHINES)


@pytest.fixture
def waits(account: Account) -> StepFunctionsWaits:
    return StepFunctionsWaits(account.aws("stepfunctions"))


@pytest.mark.parametrize(
    ("code", "status", "heard"),
    [
        ("ProvisionedThroughputExceededException", 400, Throttled),
        ("ThrottlingException", 400, Throttled),
        ("RequestLimitExceeded", 400, Throttled),
        ("InternalServerError", 500, Transient),
        ("ServiceUnavailable", 503, Transient),
        ("AccessDeniedException", 400, AwsRefusal),
    ],
)
def test_a_refused_write_is_passing_or_a_bug(
    code: str, status: int, heard: type[Exception], dynamo: Stubber, table: Table
) -> None:
    dynamo.add_client_error("put_item", code, http_status_code=status)

    with pytest.raises(heard, match=code):
        table.write(table.put(KEY, {}))


@pytest.mark.parametrize(
    ("reason", "heard"),
    [
        ("ThrottlingError", Throttled),
        ("ProvisionedThroughputExceeded", Throttled),
        ("ItemCollectionSizeLimitExceeded", Transient),
    ],
)
def test_a_cancelled_transaction_says_why(
    reason: str, heard: type[Exception], dynamo: Stubber, table: Table
) -> None:
    dynamo.add_client_error(
        "transact_write_items",
        "TransactionCanceledException",
        modeled_fields={"CancellationReasons": [{"Code": "None"}, {"Code": reason}]},
    )

    with pytest.raises(heard):
        table.transact([table.put(KEY, {}), table.put(("L#l1", "P"), {})])


def conflicts(dynamo: Stubber, monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    monkeypatch.setattr(tables, "CONFLICT_PAUSES", (0.0, 0.0, 0.0))
    for _ in range(times):
        dynamo.add_client_error(
            "transact_write_items",
            "TransactionCanceledException",
            modeled_fields={"CancellationReasons": [{"Code": "TransactionConflict"}]},
        )


def test_a_transaction_waits_a_little_for_others_to_pass(
    dynamo: Stubber, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    conflicts(dynamo, monkeypatch, times=2)
    dynamo.add_response("transact_write_items", {})

    table.transact([table.put(KEY, {})])

    dynamo.assert_no_pending_responses()


def test_a_conflict_that_lasts_is_stale(
    dynamo: Stubber, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    conflicts(dynamo, monkeypatch, times=3)

    with pytest.raises(StaleLead, match="TransactionConflict"):
        table.transact([table.put(KEY, {})])


def test_a_lost_condition_outranks_a_conflict_beside_it(dynamo: Stubber, table: Table) -> None:
    reasons = [
        {"Code": "ConditionalCheckFailed", "Item": {"status": {"S": "closed"}}},
        {"Code": "TransactionConflict"},
    ]
    dynamo.add_client_error(
        "transact_write_items",
        "TransactionCanceledException",
        modeled_fields={"CancellationReasons": reasons},
    )

    with pytest.raises(TransactionFailed) as raised:
        table.transact([table.put(KEY, {}), table.put(("L#l1", "P"), {})])

    assert raised.value.lost == {0: {"status": "closed"}}


def test_a_flag_waits_until_a_claim_s_transaction_has_passed(
    dynamo: Stubber, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "CONFLICT_PAUSES", (0.0, 0.0, 0.0))
    for _ in range(2):
        dynamo.add_client_error("put_item", "TransactionConflictException")
    dynamo.add_response("put_item", {})

    table.write(table.put(KEY, {}))

    dynamo.assert_no_pending_responses()


def test_a_run_that_has_started_is_started(states: Stubber, runs: StepFunctionsRuns) -> None:
    states.add_client_error("start_execution", "ExecutionAlreadyExists")

    runs.start(RUN)

    states.assert_no_pending_responses()


def test_a_run_s_input_is_canonical_and_holds_ids_only(
    states: Stubber, runs: StepFunctionsRuns
) -> None:
    states.add_response(
        "start_execution",
        {"executionArn": "arn:of:the:run:0", "startDate": NOW},
        {
            "stateMachineArn": MACHINES["welcome"],
            "name": "e1-2",
            "input": '{"enrolment":"e1","generation":2,"journey":"welcome","lead":"l1",'
            '"step":"","timeout":60,"v":1}',
        },
    )

    runs.start(RUN, timeout=60)


@pytest.mark.parametrize("code", ["ExecutionDoesNotExist", "ThrottlingException"])
def test_a_run_that_can_not_be_stopped_is_no_error(
    code: str, states: Stubber, runs: StepFunctionsRuns
) -> None:
    states.add_client_error("stop_execution", code)

    runs.stop(RUN, "converted")

    states.assert_no_pending_responses()


@pytest.mark.parametrize("code", ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])
def test_a_token_that_was_answered_is_no_error(
    code: str, states: Stubber, waits: StepFunctionsWaits
) -> None:
    states.add_client_error("send_task_success", code)
    states.add_client_error("send_task_failure", code)

    waits.succeed("token", {"event": "email.clicked"})
    waits.fail("token", "NotYet", "2026-11-21T09:00:00Z")

    states.assert_no_pending_responses()


def test_a_throttled_answer_is_given_again(states: Stubber, waits: StepFunctionsWaits) -> None:
    states.add_client_error("send_task_success", "ThrottlingException")

    with pytest.raises(Throttled):
        waits.succeed("token", {})
