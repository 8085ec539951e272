"""Leads from a file: each once, in the order of time, in silence; who left stays away."""

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coldframe.adapters.everything import DynamoEverything
from coldframe.adapters.gates import DynamoGates
from coldframe.adapters.progress import DynamoProgress
from coldframe.domain.gate import Prohibition
from infra.playbook import CompiledClient
from tests.integration.account import Account
from tests.integration.importing import AS_OF, NOON, Desk
from tests.integration.world import Crash, World
from workbench.importing.starting import NotEntered, queue_for

COLUMNS = "columns: {Mail: email, Name: first_name, Guests: guests}\n"
ADA, BEA, CY = "ada@example.com", "bea@example.com", "cy@example.com"
THREE = f"Mail,Name,Guests\n{ADA},Ada,80\n{BEA},Bea,60\n{CY},Cy,12\n"


@pytest.fixture
def desk(account: Account, bakery: CompiledClient, tmp_path: Path) -> Desk:
    return Desk(account=account, book=bakery, folder=tmp_path)


def written(account: Account) -> list[dict[str, Any]]:
    return sorted(account.items(), key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


def test_a_row_becomes_a_lead_with_its_typed_values(desk: Desk) -> None:
    told = desk.take(
        "E-Mail;Vorname;Guests;wedding day;Phone;Filling\n"
        "Ada@Example.com;Ada;80;2027-05-01;+43 1 2345678;Zitronencreme\n",
        mapping="separator: ';'\ncolumns: {E-Mail: email, Vorname: first_name, Guests: guests,"
        " wedding day: wedding_day, Phone: phone, Filling: filling}\n",
    )

    assert told.counts == {"new": 1}
    assert desk.values(ADA) == {
        "email": ADA,
        "first_name": "Ada",
        "guests": "80",
        "wedding_day": "2027-05-01",
        "phone": "+4312345678",
        "filling": "lemon",
    }


def test_a_dry_run_writes_no_lead_and_says_the_same_as_the_run_that_follows(
    desk: Desk, account: Account
) -> None:
    before = desk.take(THREE, mapping=COLUMNS, dry=True)
    assert written(account) == []

    after = desk.take(THREE, mapping=COLUMNS)

    assert before.counts == after.counts == {"new": 3}
    assert before.fields == after.fields


def test_the_same_file_again_changes_nothing(desk: Desk, account: Account) -> None:
    desk.take(THREE, mapping=COLUMNS)
    first = written(account)

    desk.now += timedelta(days=1)
    again = desk.take(THREE, mapping=COLUMNS)

    assert again.counts == {"unchanged": 3}
    assert written(account) == first


def test_an_import_is_in_the_leads_own_record(desk: Desk) -> None:
    desk.take(THREE, mapping=COLUMNS)

    [told] = desk.lead(ADA).touchpoints

    assert (told.kind, told.source, told.occurred_at) == ("lead.imported", "import:leads", AS_OF)
    assert told.data["fields"]["guests"] == "80"


def test_nobody_is_mailed_or_started_by_an_import(desk: Desk, world: World) -> None:
    desk.take(THREE, mapping=COLUMNS)

    world.settle()
    world.pass_time(NOON + timedelta(days=40))

    assert world.mails == []
    assert not [item for item in world.account.items() if item["sk"]["S"].startswith("E#")]


def test_an_import_that_the_stream_shows_all_the_same_changes_nothing(
    desk: Desk, world: World
) -> None:
    desk.take(THREE, mapping=COLUMNS)
    first = written(world.account)

    world.settle()

    assert written(world.account) == first


@pytest.mark.parametrize("crash", [1, 2, 3, 5])
def test_after_a_crash_it_goes_on_and_doubles_nothing(desk: Desk, world: World, crash: int) -> None:
    rows = "".join(f"lead{number}@example.com,L{number},{number}\n" for number in range(7))
    file = desk.write(f"Mail,Name,Guests\n{rows}", mapping=COLUMNS)
    world.crash_after = len(world.calls) + crash
    with pytest.raises(Crash):
        desk.importing(file, batch=2)()

    world.crash_after = None
    said: list[str] = []
    told = desk.importing(file, batch=2, say=said.append)()

    assert told.counts["new"] + told.counts["unchanged"] == 7
    assert bool(said) is (crash > 2)
    profiles = [item for item in world.account.items() if item["sk"]["S"] == "P"]
    imports = [item for item in world.account.items() if item["sk"]["S"].startswith("T#")]
    assert (len(profiles), len(imports)) == (7, 7)


def test_what_a_lead_said_later_stays_and_what_it_said_before_is_replaced(
    desk: Desk, world: World
) -> None:
    world.now = AS_OF - timedelta(days=1)
    world.post({"email": ADA, "first_name": "Early"})
    world.now = AS_OF + timedelta(hours=1)
    world.post({"email": BEA, "first_name": "Late"})
    world.settle()

    told = desk.take(THREE, mapping=COLUMNS)

    assert told.counts == {"new": 1, "changed": 2}
    assert desk.values(ADA)["first_name"] == "Ada"
    assert desk.values(BEA) == {**desk.values(BEA), "first_name": "Late", "guests": "60"}


def test_a_post_that_comes_between_looking_and_writing_loses_nothing(
    desk: Desk, world: World
) -> None:
    world.now = NOON

    def meanwhile(*, call: str, **_: Any) -> None:
        if call.endswith("BatchGetItem"):
            world.account.hooks.pop("after-call")
            world.account.hooks["after-call"] = world._after
            world.post({"email": ADA, "first_name": "Newer"})
            world.settle()

    world.account.hooks["after-call"] = meanwhile

    desk.take(f"Mail,Name,Guests\n{ADA},Older,80\n", mapping=COLUMNS)

    assert desk.values(ADA) == {"email": ADA, "first_name": "Newer", "guests": "80"}


def test_who_was_erased_stays_so_and_is_told_of(desk: Desk) -> None:
    desk.take(THREE, mapping=COLUMNS)
    table = desk.table
    DynamoEverything(table).erase(desk.lead(ADA).lead, NOON)

    desk.now = NOON + timedelta(days=30)
    file = desk.write(THREE, mapping=COLUMNS)
    told = desk.importing(file)()

    assert told.counts == {"erased": 1, "unchanged": 2}
    record = desk.lead(ADA)
    assert record.touchpoints == ()
    assert record.profile is not None
    assert (record.profile.address, dict(record.profile.fields)) == ("", {})
    assert "brings nobody back" in desk.rejects(file).read_text(encoding="utf-8")


def test_what_a_file_knew_before_an_erasure_is_not_told_to_who_came_anew(
    desk: Desk, world: World
) -> None:
    desk.take(THREE, mapping=COLUMNS)
    world.now = NOON
    world.settle()
    DynamoEverything(desk.table).erase(desk.lead(ADA).lead, NOON)
    world.now = NOON + timedelta(days=1)
    world.post({"email": ADA, "first_name": "Anew"})
    world.settle()

    told = desk.take(THREE, mapping=COLUMNS)

    assert told.counts["erased"] == 1
    assert "guests" not in desk.values(ADA)


def test_who_unsubscribed_stays_so_whatever_the_file_says_of_consent(desk: Desk) -> None:
    desk.take(THREE, mapping=COLUMNS)
    DynamoGates(desk.table).forbid(desk.lead(ADA).lead, Prohibition.UNSUBSCRIBED, NOON)
    desk.as_of += timedelta(hours=1)
    told = desk.take(
        f"Mail,Name,Guests\n{ADA},Ada,81\n",
        mapping=COLUMNS + "consents: {letters: {basis: consent, at: 2026-11-19, source: fair,"
        " proof: paper}}\n",
    )

    assert told.held == {"unsubscribed": 1}
    assert desk.lead(ADA).gate.unsubscribed_at == NOON
    assert desk.values(ADA)["guests"] == "81"


def test_who_opted_out_elsewhere_is_unsubscribed_here_by_any_of_its_rows(desk: Desk) -> None:
    told = desk.take(
        f"Mail,Name,Opt\n{ADA},Ada,ALL\n{ADA},Ada B.,NONE\n{BEA},Bea,NONE\n",
        mapping="columns: {Mail: email, Name: first_name}\n"
        "unsubscribed: {column: Opt, when: [ALL]}\n"
        "consents: {letters: {basis: consent, at: 2026-11-01, source: old tool, proof: opt-in}}\n",
    )

    ada, bea = desk.lead(ADA), desk.lead(BEA)
    assert told.counts == {"new": 2, "duplicate": 1}
    assert ada.gate.unsubscribed_at == AS_OF
    assert ada.profile is not None
    assert bea.profile is not None
    assert (set(ada.profile.consents), set(bea.profile.consents)) == (set(), {"letters"})
    assert desk.values(ADA)["first_name"] == "Ada B."


def test_a_consent_keeps_its_basis_time_source_and_proof(desk: Desk) -> None:
    told = desk.take(
        "Mail,When,Where,Proof\n"
        f"{ADA},2025-03-01T10:00Z,trade fair,card 17\n"
        f"{BEA},2025-03-01T10:00Z,trade fair,\n",
        mapping="columns: {Mail: email}\nconsents:\n  letters:\n    basis: consent\n"
        "    at: {column: When}\n    source: {column: Where}\n    proof: {column: Proof}\n"
        "    text: Yes, the letter\n",
    )

    ada, bea = desk.lead(ADA).profile, desk.lead(BEA).profile
    assert ada is not None
    assert bea is not None
    given = ada.consents["letters"]
    assert (given.basis, given.at.isoformat(), given.source, given.proof, given.text) == (
        *("consent", "2025-03-01T10:00:00+00:00", "trade fair", "card 17"),
        "Yes, the letter",
    )
    assert not given.confirmed
    assert bea.consents == {}
    assert told.lacking == {("letters", "proof"): 1}


def test_a_rejected_row_says_where_and_why_and_can_be_mended_and_imported(desk: Desk) -> None:
    file = desk.write(
        f'Mail,Name,Guests\n{ADA},=1+1,80\nbea@,Bea,many\n"{CY},Cy,1\n', mapping=COLUMNS
    )

    told = desk.importing(file)()

    assert told.counts == {"new": 1, "rejected": 2}
    with desk.rejects(file).open(encoding="utf-8", newline="") as rows:
        rejected = list(csv.DictReader(rows))
    assert [(row["rejected line"], row["rejected column"]) for row in rejected] == [
        *(("3", "Mail"), ("3", "Guests")),
        ("4", ""),
    ]
    assert "never closed" in rejected[2]["rejected because"]
    mended = desk.rejects(file).read_text(encoding="utf-8")
    mended = mended.replace("bea@", BEA).replace("many", "60")
    again = desk.take(mended, mapping=COLUMNS)
    assert again.counts == {"new": 1, "duplicate": 1, "rejected": 1}


def test_a_leads_bad_cell_may_be_left_out_instead(desk: Desk) -> None:
    told = desk.take(f"Mail,Name,Guests\n{ADA},Ada,many\n", mapping=COLUMNS, lenient=True)

    assert told.counts == {"new": 1}
    assert desk.values(ADA) == {"email": ADA, "first_name": "Ada"}
    assert sum(told.reasons.values()) == 1


def test_it_says_when_the_folder_is_not_what_is_deployed(desk: Desk) -> None:
    said: list[str] = []
    desk.take(THREE, mapping=COLUMNS, say=said.append)
    assert said == []

    progress = DynamoProgress(desk.table)
    progress.begin("another version")
    desk.take(THREE, mapping=COLUMNS, say=said.append)
    assert "what is deployed" in said[0]

    progress.begin(desk.book.reactions.version)
    desk.take(THREE, mapping=COLUMNS, say=said.append)
    assert len(said) == 1


def test_an_import_rings_the_sweep_for_what_it_made_due(desk: Desk) -> None:
    desk.take(THREE, mapping=COLUMNS)

    assert desk.sweeps.rung == 1


CONSENTING = (
    "columns: {Mail: email}\n"
    "consents: {letters: {basis: consent, at: {column: At}, source: fair, proof: card}}\n"
)


def test_who_consents_may_be_queued_for_a_journey_at_a_stated_rate(
    desk: Desk, world: World
) -> None:
    desk.now = world.now
    rows = f"Mail,At\n{ADA},2026-01-01\n{BEA},\n{CY},2026-01-01\n"
    queue = queue_for(desk.reached, desk.book, "wedding", 60)
    told = desk.take(rows, mapping=CONSENTING, queue=queue)

    assert told.counts == {"new": 3, "started": 2}
    queued = [each for name in (ADA, BEA, CY) for each in desk.lead(name).enrolments]
    assert [(each.parked_until, each.generation) for each in queued] == [
        (desk.now + timedelta(minutes=1), 1),
        (desk.now + timedelta(minutes=2), 1),
    ]

    world.now += timedelta(minutes=3)
    world.functions("sweep_due", {})
    world.settle()
    assert len(world.runs) == 2
    assert len(world.mails) == 2
    again = desk.take(rows, mapping=CONSENTING, queue=queue)
    assert again.counts["started"] == 0


def test_a_journey_that_nobody_enters_by_hand_is_none_to_be_queued_for(desk: Desk) -> None:
    with pytest.raises(NotEntered, match="by_hand"):
        queue_for(desk.reached, desk.book, "welcome", 60)
    with pytest.raises(NotEntered, match="did you mean 'wedding'"):
        queue_for(desk.reached, desk.book, "weding", 60)
