"""Endpoints as Amazon Pinpoint exports them: who opted out stays out, whatever else is known."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from infra.playbook import CompiledClient, compile_client
from workbench.importing.mapping_writing import write_mapping
from workbench.importing.preparing import NotText, Rows, beside, prepared
from workbench.importing.rows import Row

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "journeys" / "pinpoint"
ENDPOINT: dict[str, Any] = {
    "ChannelType": "EMAIL",
    "Address": "ada@example.com",
    "EndpointStatus": "ACTIVE",
    "OptOut": "NONE",
    "EffectiveDate": "2025-06-01T08:00:00.000Z",
    "Location": {"Country": "AT"},
    "Demographic": {"Timezone": "Europe/Vienna"},
    "Attributes": {"Phone": ["+4312345678"], "Plan": ["gold", "old"]},
    "User": {"UserId": "u1", "UserAttributes": {"first_name": ["Ada"], "Phone": ["+4398765432"]}},
}


@pytest.fixture(scope="module")
def bakery() -> CompiledClient:
    return compile_client(Path("clients/bakery"), environment="dev")


def read(file: Path, bakery: CompiledClient) -> list[Row]:
    described = beside(file)
    ready = prepared(file, bakery, mapping=described if described.exists() else None)
    return list(Rows(prepared=ready, compiled=bakery, key=b"a key", lenient=False)())


def lines(folder: Path, *changes: dict[str, Any]) -> Path:
    file = folder / "endpoints.json"
    file.write_text("".join(json.dumps({**ENDPOINT, **change}) + "\n" for change in changes))
    return file


def test_an_endpoint_becomes_a_lead(tmp_path: Path, bakery: CompiledClient) -> None:
    [row] = read(lines(tmp_path, {}), bakery)

    assert row.lead is not None
    assert row.lead.as_of == datetime(2025, 6, 1, 8, tzinfo=UTC)
    assert dict(row.lead.fields) == {
        "email": "ada@example.com",
        "first_name": "Ada",
        "phone": "+4398765432",
        "country": "AT",
        "zone": "Europe/Vienna",
    }
    assert row.lead.consents == {}


def test_who_opted_out_of_everything_is_unsubscribed(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    rows = read(lines(tmp_path, {"OptOut": "ALL"}, {"OptOut": "NONE"}), bakery)

    assert [row.lead.unsubscribed for row in rows if row.lead] == [True, False]


def test_other_channels_and_inactive_endpoints_are_left_out(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    sms = {"ChannelType": "SMS", "Address": "+14255555555"}
    rows = read(lines(tmp_path, sms, {"EndpointStatus": "INACTIVE"}, {}), bakery)

    assert [row.left_out for row in rows] == [True, True, False]


def test_the_same_as_csv(tmp_path: Path, bakery: CompiledClient) -> None:
    file = tmp_path / "endpoints.csv"
    file.write_text(
        "ChannelType,Address,OptOut,EndpointStatus,User.UserAttributes.first_name,Location.Country\n"
        "EMAIL,ada@example.com,ALL,ACTIVE,Ada,at\n"
        "SMS,+14255555555,NONE,ACTIVE,Bea,US\n",
        encoding="utf-8",
    )

    ada, bea = read(file, bakery)

    assert ada.lead is not None
    assert (ada.lead.unsubscribed, ada.lead.fields["first_name"]) == (True, "Ada")
    assert ada.lead.fields["country"] == "AT"
    assert bea.left_out


def test_what_the_dry_run_writes_down_reads_the_file_the_same_way(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    file = lines(tmp_path, {"OptOut": "ALL"}, {"ChannelType": "SMS"}, {"EndpointStatus": ""})
    guessed = read(file, bakery)
    ready = prepared(file, bakery, mapping=None)

    beside(file).write_text(write_mapping(ready.mapping, ready.header, about=file.name))

    assert read(file, bakery) == guessed


def test_what_is_still_packed_says_how_to_unpack_it(tmp_path: Path, bakery: CompiledClient) -> None:
    file = tmp_path / "endpoints.json.gz"
    file.write_bytes(gzip.compress(b"{}"))

    with pytest.raises(NotText, match="gunzip"):
        prepared(file, bakery, mapping=None)


def test_lines_that_are_no_endpoints_are_rejected_one_by_one(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    file = lines(tmp_path, {})
    file.write_text(file.read_text() + "{broken\n[1]\n" + "[" * 5000 + "\n" + json.dumps(ENDPOINT))

    rows = read(file, bakery)

    assert [bool(row.problems) for row in rows] == [False, True, True, True, False]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the product")
def test_a_file_of_phones_alone_mails_nobody(bakery: CompiledClient) -> None:
    rows = read(SAMPLES / "examples_sample_data_S3_triggered_import.csv", bakery)

    assert len(rows) == 5
    assert all(row.left_out for row in rows)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not part of the product")
def test_a_custom_channels_endpoint_is_no_mail_address(
    tmp_path: Path, bakery: CompiledClient
) -> None:
    told = json.loads((SAMPLES / "examples_CustomChannels_Python_events_event.json").read_text())
    file = tmp_path / "endpoints.json"
    file.write_text("\n".join(map(json.dumps, told["Endpoints"].values())))

    [row] = read(file, bakery)

    assert row.left_out
