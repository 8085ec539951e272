"""An export holds every lead once, executes nowhere, and is read back by our own import."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from coldframe.adapters.gates import DynamoGates
from coldframe.domain.gate import Prohibition
from infra.playbook import CompiledClient
from tests.integration.account import Account
from tests.integration.importing import NOON, Desk
from workbench.exporting.columns import columns
from workbench.exporting.file import Format, Leads
from workbench.exporting.walking import Export
from workbench.leads.asking import Counted, question
from workbench.leads.roster import Roster

ADA, BEA = "ada@example.com", "bea@example.com"
FILE = (
    "Mail,first_name,guests,phone,At\n"
    f"{ADA},\"=cmd|' /C calc'!A0\",-5,+4312345678,2025-01-01\n"
    f'{BEA},"Bea; ""the baker"", é",12,,\n'
)
MAPPING = """\
columns: {Mail: email, first_name: first_name, guests: guests, phone: phone}
consents: {letters: {basis: consent, at: {column: At}, source: fair, proof: card, text: Letter}}
"""


@pytest.fixture
def desk(account: Account, bakery: CompiledClient, tmp_path: Path) -> Desk:
    return Desk(account=account, book=bakery, folder=tmp_path)


def export(desk: Desk, file: Leads, *, where: str = "", roster: Roster | None = None) -> int:
    asked = question(where, desk.book.catalogue, desk.book.reactions) if where else None
    do = Export(
        roster=roster or Roster(table=desk.table, sleep=lambda _: None),
        knowing=desk.book.reactions.knowing,
        file=file,
        now=NOON,
        counted=Counted(question=asked) if asked else None,
    )
    return do()


def leads(desk: Desk, name: str = "out.csv", *chosen: str, **how: object) -> Leads:
    file = Leads(
        path=desk.folder / name,
        format=Format(name.rpartition(".")[2]),
        columns=columns(desk.book, chosen),
    )
    for option, value in how.items():
        setattr(file, option, value)
    return file


def rows(file: Leads) -> dict[str, dict[str, str]]:
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        return {row["email"]: row for row in csv.DictReader(text, delimiter=file.separator)}


def test_what_a_spreadsheet_would_execute_is_text_and_numbers_are_numbers(desk: Desk) -> None:
    desk.take(FILE, mapping=MAPPING)

    file = leads(desk)
    assert export(desk, file) == 2

    ada = rows(file)[ADA]
    assert ada["first_name"] == "'=cmd|' /C calc'!A0"
    assert (ada["guests"], ada["phone"]) == ("-5", "+4312345678")
    assert ada["consent.letters.proof"] == "card"
    assert ada["tier"]


@pytest.mark.parametrize(
    ("name", "how"),
    [("out.csv", {}), ("out.csv", {"separator": ";", "bom": True}), ("out.jsonl", {})],
)
def test_our_own_import_reads_back_what_it_wrote(
    desk: Desk, name: str, how: dict[str, object]
) -> None:
    desk.take(FILE, mapping=MAPPING)
    DynamoGates(desk.table).forbid(desk.lead(BEA).lead, Prohibition.UNSUBSCRIBED, NOON)
    file = leads(desk, name, **how)
    export(desk, file)
    before = {address: desk.lead(address).profile for address in (ADA, BEA)}

    same = desk.importing(file.path, dry=True)()
    assert same.counts == {"unchanged": 1, "changed": 1}
    assert same.fields == {"unsubscribed": 1}

    desk.account.clear()
    anew = desk.importing(file.path)()

    assert anew.counts == {"new": 2}
    for address, known in before.items():
        assert known is not None
        assert desk.values(address) == {name: each.value for name, each in known.fields.items()}
    assert desk.lead(BEA).gate.unsubscribed_at
    ada = desk.lead(ADA).profile
    assert ada is not None
    assert ada.consents["letters"].text == "Letter"


def test_it_may_hold_those_alone_that_an_expression_holds_for(desk: Desk) -> None:
    desk.take(FILE, mapping=MAPPING)
    file = leads(desk, "out.csv", "guests")

    assert export(desk, file, where="guests > 0") == 1
    assert rows(file) == {
        BEA: {"lead_id": desk.lead(BEA).lead, "email": BEA, "guests": "12"},
    }


def test_an_export_that_died_is_gone_on_with_and_holds_each_lead_once(desk: Desk) -> None:
    many = "".join(f"lead{number}@example.com,L,1,,\n" for number in range(110))
    desk.take(FILE + many, mapping=MAPPING)
    first = leads(desk)

    class Dying(Roster):
        def batches(self, **how: object) -> Iterator[object]:  # type: ignore[override]  # as all
            for number, batch in enumerate(super().batches(**how)):  # type: ignore[arg-type]
                if number == 1:
                    raise ConnectionError
                yield batch

    with pytest.raises(ConnectionError):
        export(desk, first, roster=Dying(table=desk.table, sleep=lambda _: None))
    with first.path.open("a", encoding="utf-8") as half:
        half.write('"half a li')

    again = leads(desk)
    assert export(desk, again) == 112
    assert len(rows(again)) == 112
    assert not again.place.exists()


def test_another_question_begins_anew(desk: Desk) -> None:
    desk.take(FILE, mapping=MAPPING)
    file = leads(desk)
    file.begin()
    file.keep("0#")

    other = leads(desk, asked="guests > 0")

    assert not other.begin()


def test_lines_of_json_hold_what_is_known_alone(desk: Desk) -> None:
    desk.take(FILE, mapping=MAPPING)
    file = leads(desk, "out.jsonl", "first_name", "phone")
    export(desk, file)

    told = [json.loads(line) for line in file.path.read_text(encoding="utf-8").splitlines()]

    assert {each["email"]: each.get("phone") for each in told} == {ADA: "+4312345678", BEA: None}
