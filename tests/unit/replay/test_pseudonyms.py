"""Who it was isn't in the file, and the same is the same."""

import json
from pathlib import Path
from typing import Any

from coldframe.domain.touchpoint import EMAIL_BOUNCED, EMAIL_REPLIED, record
from tests.fakes.clock import MONDAY
from tests.fakes.world import lead_of
from tests.unit.replay.nursery import ADA, GRACE, Nursery
from workbench.replay.book import book_of
from workbench.replay.named import Named, named_by
from workbench.replay.pseudonyms import Pseudonyms


def told(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def fields(line: dict[str, Any]) -> dict[str, str]:
    return dict(line["touchpoints"][0]["data"]["fields"])


def test_addresses_and_personal_values_are_gone(nursery: Nursery, tmp_path: Path) -> None:
    header, ada, *_ = told(nursery.export(tmp_path / "h.jsonl"))

    text = (tmp_path / "h.jsonl").read_text(encoding="utf-8")
    assert not [each for each in (ADA, GRACE, "Ada", "Grace", "1985-12-10") if each in text]
    assert fields(ada)["seats"] == "60"
    assert header["replaced"]["fields"] == ["born", "first_name"]
    assert header["replaced"]["addresses"] is True


def test_what_conditions_ask_for_is_kept_and_said(nursery: Nursery, tmp_path: Path) -> None:
    nursery.edit("segments.yaml", 'did("visit.booked") >= 1', "born is known")

    header, ada, *_ = told(nursery.export(tmp_path / "h.jsonl"))

    assert fields(ada)["born"] == "1985-12-10"
    assert header["replaced"]["kept"] == ["born"]
    assert header["replaced"]["fields"] == ["first_name"]


def test_personal_data_stay_when_asked_for(nursery: Nursery, tmp_path: Path) -> None:
    header, ada, *_ = told(nursery.export(tmp_path / "h.jsonl", personal=True))

    assert ada["touchpoints"][0]["data"]["address"] == ADA
    assert fields(ada)["first_name"] == "Ada"
    assert header["replaced"]["addresses"] is False


def test_the_same_value_is_the_same_in_one_file_and_another_in_the_next() -> None:
    def other(names: Pseudonyms, value: str) -> str:
        said = record(
            lead="a",
            kind="form.submitted",
            source="form",
            received_at=MONDAY,
            data={"form": "guide", "fields": {"company": value}},
        )
        return str(names._touchpoint(said).data["fields"]["company"])

    nothing = Named(fields=frozenset(), properties=frozenset())
    one, another = (Pseudonyms(named=nothing, declared={}) for _ in range(2))

    assert other(one, "Acme") == other(one, "Acme") != other(one, "Apex")
    assert other(one, "Acme") != other(another, "Acme")
    assert other(one, "") == ""


def test_what_people_and_servers_wrote_is_replaced(nursery: Nursery) -> None:
    compiled = nursery.compiled()
    names = Pseudonyms(named=named_by(book_of(compiled)), declared=compiled.fields)
    lead = lead_of(ADA)
    reply = record(
        lead=lead,
        kind=EMAIL_REPLIED,
        source="reply",
        received_at=MONDAY,
        data={"text": "Call me: +43 1 000", "mail": "tip", "message": "m"},
    )
    bounce = record(
        lead=lead,
        kind=EMAIL_BOUNCED,
        source="ses",
        received_at=MONDAY,
        data={"type": "hard", "detail": f"550 {ADA} unknown", "message": "m"},
    )
    order = record(
        lead=lead,
        kind="order.placed",
        source="server",
        received_at=MONDAY,
        data={"address": ADA, "name": "Ada", "total": 12.5, "items": ["a card for Ada"]},
    )

    found = json.dumps([names._touchpoint(each).data for each in (reply, bounce, order)])

    assert not [each for each in ("Ada", ADA, "+43", "card") if each in found]
    assert '"mail": "tip"' in found
    assert '"type": "hard"' in found
    assert '"total": 12.5' in found
    assert names.replaced().properties == ("detail", "items", "name", "text")


def test_tokens_and_the_mail_services_words_never_leave(nursery: Nursery, tmp_path: Path) -> None:
    text = nursery.export(tmp_path / "h.jsonl", personal=True).read_text(encoding="utf-8")

    assert '"ses_id"' not in text
    assert '"waiting"' not in text
