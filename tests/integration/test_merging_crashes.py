"""A function may die after any write of a merge; called again, the two are one all the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from coldframe.adapters.attributes import decoded_item
from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.identities import DynamoIdentities
from coldframe.adapters.ledger import DynamoLedger
from coldframe.adapters.observations import DynamoObservations
from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.records import DynamoRecords
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import DynamoTouchpoints, touchpoint_of
from coldframe.domain.gate import Prohibition
from coldframe.domain.merging import linked
from coldframe.domain.touchpoint import Touchpoint, record
from coldframe.services.merging import Merging
from coldframe.services.moving import Moving
from coldframe.services.reacting import Reacting
from tests.fakes.clock import MONDAY, FrozenClock
from tests.fakes.playbook import InMemoryPlaybook
from tests.fakes.world import lead_of
from tests.integration.account import TABLE, Account

ADA, WORK, HOME = "ada@example.com", "ada@work.example", "ada@home.example"
MINUTE = timedelta(minutes=1)
WRITES = ("put_item", "update_item", "delete_item", "transact_write_items")


class Crash(BaseException):
    """The function is gone, whatever it was about to do."""


class Dying:
    """DynamoDB's client, until the function dies behind one of its writes."""

    def __init__(self, client: Any) -> None:
        self.client, self.written, self.after = client, 0, 0

    def __getattr__(self, name: str) -> Any:
        call = getattr(self.client, name)
        return self._writing(call) if name in WRITES else call

    def _writing(self, call: Any) -> Any:
        def write(**asked: Any) -> Any:
            answer = call(**asked)
            self.written += 1
            if self.written == self.after:
                raise Crash
            return answer

        return write


class NoAlarm:
    """The test sweeps by itself."""

    def arm(self, at: object) -> None:
        del at


@dataclass(slots=True)
class Household:
    """What reacts and what sweeps, over one table."""

    account: Account
    client: Dying = field(init=False)
    clock: FrozenClock = field(init=False)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.client = Dying(self.account.aws("dynamodb"))
        self.clock = FrozenClock(MONDAY)

    @property
    def table(self) -> Table:
        return Table(self.client, TABLE)  # type: ignore[arg-type]  # it passes all calls on

    def append(self, touchpoint: Touchpoint) -> None:
        self.survive(lambda: DynamoTouchpoints(self.table).append(touchpoint))
        while self.react() or self.sweep():
            pass
        self.clock.at += 5 * MINUTE

    def react(self) -> bool:
        """The stream: each new touchpoint, until it was reacted to."""
        items = [decoded_item(each) for each in self.account.items()]
        new = [each for each in items if (each["pk"], each["sk"]) not in self.seen]
        self.seen |= {(each["pk"], each["sk"]) for each in new}
        heard = [touchpoint_of(each) for each in new if each["sk"].startswith("T#")]
        for each in heard:
            assert self.survive(lambda each=each: self.reacting()(each)) == ""
        return bool(heard)

    def sweep(self) -> bool:
        """Every identity whose history is still to be moved."""
        items = [decoded_item(each) for each in self.account.items()]
        due = [each for each in items if each["sk"].startswith("I#") and "due_at" in each]
        identities = DynamoIdentities(self.table)
        moving = Moving(
            touchpoints=DynamoTouchpoints(self.table), identities=identities, clock=self.clock
        )
        for each in due:
            lead, identity = each["pk"].removeprefix("L#"), each["sk"].removeprefix("I#")
            self.survive(lambda lead=lead, of=identity: moving(lead, of))
        return bool(due)

    def survive(self, do: Any) -> Any:
        try:
            return do()
        except Crash:
            return do()

    def reacting(self) -> Reacting:
        touchpoints, profiles = DynamoTouchpoints(self.table), DynamoProfiles(self.table)
        known = {"playbook": InMemoryPlaybook(), "alarm": NoAlarm(), "clock": self.clock}
        merging = Merging(
            touchpoints=touchpoints,
            profiles=profiles,
            identities=DynamoIdentities(self.table),
            **known,  # type: ignore[arg-type]  # by their names
        )
        return Reacting(
            touchpoints=touchpoints,
            profiles=profiles,
            observations=DynamoObservations(self.table),
            ledger=DynamoLedger(self.table),
            merging=merging,
            **known,  # type: ignore[arg-type]  # by their names
        )

    def told(self) -> dict[tuple[str, str], Any]:
        """All that lies there; but for the revisions, which count the tries, and for whether a copy
        was told by the sweep or by who came again."""
        items = [decoded_item(each) for each in self.account.items()]
        plain = [{**item, "revision": None, "history": None} for item in items]
        return {(item["pk"], item["sk"]): item for item in plain}


def test_a_crash_after_any_write_of_a_merge_changes_nothing_in_the_end(account: Account) -> None:
    """One of three identities is moved twice; the address changes, and changes back."""
    calm = strangers(account)
    for asked in links():
        before, at, written = account.items(), calm.clock.now(), calm.client.written
        calm.append(asked)
        expected, writes = calm.told(), calm.client.written - written

        for number in range(1, writes + 1):
            crashed = restored(account, before)
            crashed.clock.at, crashed.client.after = at, number
            crashed.append(asked)
            assert crashed.told() == expected, f"{asked.data['why']}: after write {number}"

    one = DynamoRecords(calm.table).get(lead_of(WORK))
    assert one == DynamoRecords(calm.table).get(lead_of(ADA))
    assert one.profile is not None
    assert (one.profile.address, one.gate.bounced_at) == (ADA, None)
    assert one.gate.unsubscribed_at == MONDAY
    assert set(one.profile.aliases) == {lead_of(WORK), lead_of(HOME)}
    assert len(one.profile.seen["form.submitted"]) == len((ADA, WORK, HOME))


def strangers(account: Account) -> Household:
    """Three leads who know nothing of each other."""
    household = Household(account)
    for minute, address in enumerate((ADA, WORK, HOME)):
        household.append(posted(address, minute))
    gates = DynamoGates(household.table)
    gates.forbid(lead_of(WORK), Prohibition.UNSUBSCRIBED, MONDAY)
    gates.forbid(lead_of(ADA), Prohibition.BOUNCED, MONDAY)
    return household


def restored(account: Account, before: list[dict[str, Any]]) -> Household:
    client = account.aws("dynamodb")
    keep = {(item["pk"]["S"], item["sk"]["S"]) for item in before}
    for item in account.items():
        if (item["pk"]["S"], item["sk"]["S"]) not in keep:
            client.delete_item(TableName=TABLE, Key={"pk": item["pk"], "sk": item["sk"]})
    for item in before:
        client.put_item(TableName=TABLE, Item=item)
    return Household(account, seen=set(keep))


def links() -> Iterator[Touchpoint]:
    at = MONDAY + 15 * MINUTE
    ada, work, home = map(lead_of, (ADA, WORK, HOME))
    yield linked(home, work, why="one person", by="owner", at=at)
    changed = at + 5 * MINUTE
    yield linked(ada, home, why="moved", by="page", at=changed, address=HOME, was=ADA)
    back = changed + 5 * MINUTE
    told = linked(ada, ada, why="back", by="page", at=back, address=ADA, was=HOME, undoes=changed)
    yield told


def posted(address: str, minute: int) -> Touchpoint:
    """On a form that starts nothing."""
    fields = {"email": address}
    return record(
        lead=lead_of(address),
        kind="form.submitted",
        source="form:survey",
        received_at=MONDAY + minute * MINUTE,
        data={"form": "survey", "address": address, "fields": fields, "consents": {}},
    )
