"""Leads from a file: each once, in the order of time, in silence; who left stays away."""

from pathlib import Path

import pytest

from infra.playbook import CompiledClient
from tests.integration.account import Account
from tests.integration.importing import Desk

COLUMNS = """\
columns:
  Mail: email
  Vorname: first_name
"""


@pytest.fixture
def desk(account: Account, bakery: CompiledClient, tmp_path: Path) -> Desk:
    return Desk(account=account, book=bakery, folder=tmp_path)


def test_a_row_becomes_a_lead_with_its_typed_values(desk: Desk) -> None:
    told = desk.take(
        "E-Mail;Vorname;Guests;wedding day;Phone;Filling\n"
        "Ada@Example.com;Ada;80;2027-05-01;+43 1 2345678;Zitronencreme\n",
        mapping="separator: ';'\ncolumns: {E-Mail: email, Vorname: first_name, Guests: guests,"
        " wedding day: wedding_day, Phone: phone, Filling: filling}\n",
    )

    assert told.counts == {"new": 1}
    assert desk.values("ada@example.com") == {
        "email": "ada@example.com",
        "first_name": "Ada",
        "guests": "80",
        "wedding_day": "2027-05-01",
        "phone": "+4312345678",
        "filling": "lemon",
    }
