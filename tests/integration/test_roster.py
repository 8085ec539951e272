"""Every lead once, through the index that lists them, at a stated pace."""

from dataclasses import replace

from coldframe.adapters.profiles import DynamoProfiles
from coldframe.adapters.table import Table
from coldframe.adapters.touchpoints import DynamoTouchpoints
from tests.contracts.examples import ADA, profile, touchpoint
from tests.integration.account import TABLE, Account
from workbench.leads.roster import Roster


def filled(account: Account, leads: int) -> Table:
    table = Table(account.aws("dynamodb"), TABLE)
    for number in range(leads):
        lead = replace(profile(f"lead{number}"), address=f"ada{number}@example.com")
        DynamoProfiles(table).save(None, lead, [])
    return table


def test_each_lead_is_read_once_and_no_faster_than_said(account: Account) -> None:
    table, slept = filled(account, 120), list[float]()
    roster = Roster(table=table, pace=100, sleep=slept.append, clock=lambda: 0.0)

    addresses = [record.profile.address for record in roster.records() if record.profile]

    assert sorted(addresses) == sorted(f"ada{number}@example.com" for number in range(120))
    assert slept == [0.5, 1.0, 1.2]


def test_with_all_that_was_done_when_it_is_asked_for(account: Account) -> None:
    table = filled(account, 0)
    DynamoProfiles(table).save(None, profile(ADA), [])
    DynamoTouchpoints(table).append(touchpoint())

    (record,) = Roster(table=table).records(whole=True)

    assert record.touchpoints == (touchpoint(),)
