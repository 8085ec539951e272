"""Calls that don't go well: what is tried again, what never is, and what it comes to."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from coldframe.adapters.aws_faults import AwsRefusal, Unanswered, Unreachable
from coldframe.adapters.wire import clients
from coldframe.adapters.wire.clients import SERVICES, is_enough
from coldframe.adapters.wire.connections import Connections
from coldframe.adapters.wire.service import JsonService
from coldframe.adapters.wire.signing import Credentials, Signer
from tests.integration.wire.place import KEYS, Place, Told, a_place, wired

BUSY = Told(400, {"__type": "x#ProvisionedThroughputExceededException"})
BROKEN = Told(500, "<html>oh</html>")
GONE = Told(hangs_up=True)
DONE = Told(body={"Item": {}})


@pytest.fixture
def place() -> Iterator[Place]:
    with a_place() as standing:
        yield standing


def table(place: Place, rests: list[float], *, kept_for: float = 30) -> JsonService:
    """Without rests."""
    return JsonService(
        connections=Connections(
            url=place.url, connect_timeout=60, read_timeout=60, kept_for=kept_for
        ),
        signer=Signer(Credentials(access="a", secret="s"), "eu-central-1", "dynamodb"),
        content_type="application/x-amz-json-1.0",
        attempts=3,
        rest=rests.append,
    )


@pytest.mark.parametrize("passing", [BUSY, BROKEN, GONE, replace(DONE, checksum=1)])
def test_what_fails_in_passing_is_tried_again(passing: Told, place: Place) -> None:
    place.plan, rests = [passing, passing, DONE], list[float]()

    answer = table(place, rests)("GetItem", {})

    assert answer == {"Item": {}}
    assert len(place.asked) == 3
    assert all(0 <= each <= most for each, most in zip(rests, (0.2, 0.4), strict=True))


@pytest.mark.parametrize(
    ("fails", "heard"), [(BUSY, AwsRefusal), (BROKEN, AwsRefusal), (GONE, Unanswered)]
)
def test_and_given_up_after_three_times(fails: Told, heard: type[Exception], place: Place) -> None:
    place.plan = [fails] * 9

    with pytest.raises(heard):
        table(place, [])("GetItem", {})

    assert len(place.asked) == 3


def test_a_refusal_for_good_is_not_tried_again(place: Place) -> None:
    place.plan = [Told(400, {"__type": "x#ConditionalCheckFailedException"})]

    with pytest.raises(AwsRefusal, match="ConditionalCheckFailedException"):
        table(place, [])("PutItem", {})

    assert len(place.asked) == 1


def test_a_repeated_transaction_is_known_by_its_token(place: Place) -> None:
    place.plan = [GONE]

    wired("dynamodb", place).transact_write_items(TransactItems=[])

    first, again = (each.told["ClientRequestToken"] for each in place.asked)
    assert first == again
    wired("dynamodb", place).transact_write_items(TransactItems=[])
    assert place.asked[2].told["ClientRequestToken"] != first


def test_calls_share_a_connection(place: Place) -> None:
    asking = table(place, [])

    for _ in range(3):
        asking("GetItem", {})

    assert len({each.connection for each in place.asked}) == 1


def test_a_connection_that_was_left_meanwhile_is_not_asked(place: Place) -> None:
    """For SES there is no second try: the request must go to somebody who listens."""
    place.plan = [Told(leaves=True)]
    ses = wired("sesv2", place)

    ses.send_email()
    assert place.left.wait(60)
    ses.send_email()

    assert len({each.connection for each in place.asked}) == 2


def test_nor_is_one_that_has_rested_for_long(place: Place) -> None:
    asking = table(place, [], kept_for=0)

    asking("GetItem", {})
    asking("GetItem", {})

    assert len({each.connection for each in place.asked}) == 2


def test_nothing_has_left_when_nobody_is_there() -> None:
    with a_place() as place:
        pass

    with pytest.raises(Unreachable):
        table(place, [])("GetItem", {})


@pytest.mark.parametrize(("body", "said"), [("<html>", "NoJson"), ('["m-1"]', "NoObject")])
def test_an_answer_that_cant_be_read_may_have_been_taken(
    body: str, said: str, place: Place
) -> None:
    place.plan = [Told(body=body)]

    with pytest.raises(Unanswered, match=said):
        wired("sesv2", place).send_email()

    assert len(place.asked) == 1


def test_ses_is_never_asked_twice_and_gives_up_before_we_do() -> None:
    assert SERVICES["sesv2"].attempts == 1
    assert SERVICES["sesv2"].patience > 60


def test_a_method_that_isnt_ours_is_botocores_made_once() -> None:
    made: list[object] = []

    class Whole:
        def __init__(self) -> None:
            made.append(self)
            self.describe_table = "described"

    client = clients.WireClient(SERVICES["dynamodb"], KEYS, Whole)
    assert callable(client.get_item)
    assert not made

    assert [client.describe_table, client.describe_table] == ["described"] * 2
    assert len(made) == 1


def test_on_lambda_as_it_comes_we_know_enough() -> None:
    assert is_enough(KEYS)


@pytest.mark.parametrize(
    "other",
    [
        {"AWS_EXECUTION_ENV": ""},
        {"AWS_SECRET_ACCESS_KEY": ""},
        {"AWS_REGION": "cn-north-1"},
        {"AWS_REGION": "us-gov-west-1"},
        {"HTTPS_PROXY": "http://proxy.example:3128"},
        {"AWS_USE_FIPS_ENDPOINT": "true"},
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/"},
        {"COLDFRAME_BOTOCORE": "1"},
    ],
)
def test_elsewhere_botocore_knows_better(other: dict[str, str]) -> None:
    assert not is_enough({**KEYS, **other})


def test_what_is_no_json_is_our_own_mistake(place: Place) -> None:
    with pytest.raises(TypeError, match="no JSON for set"):
        table(place, [])("PutItem", {"Item": {1}})
