"""SES's own event of a received mail."""

import json
from pathlib import Path
from typing import Any

import pytest

from coldframe.entrypoints.receipts import delivery_of, receipts_endpoint

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT.parent / "shared" / "data" / "aws-events"
THEIRS = ["aws-lambda-go/ses-lambda-event.json", "powertools/sesEvent.json"]
OURS = ROOT / "events" / "ses" / "received.json"


def record(path: Path) -> dict[str, Any]:
    (found,) = json.loads(path.read_text())["Records"]
    return dict(found)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the third-party samples are not here")
@pytest.mark.parametrize("sample", [*THEIRS, "sam-cli/SesEmailReceiving.json"])
def test_every_sample_of_others_is_read(sample: str) -> None:
    told = delivery_of(record(SAMPLES / sample))

    assert told.id
    assert told.at.tzinfo is not None
    assert all("@" in each for each in told.recipients)
    assert told.verdicts.spam == "pass"


def test_envelope_and_verdicts_are_read() -> None:
    told = delivery_of(record(OURS))

    assert told.envelope_sender == "ada@example.com"
    assert told.recipients[0].startswith("r+")
    assert (told.verdicts.dmarc, told.verdicts.virus) == ("pass", "pass")


def test_a_verdict_that_is_not_told_is_none() -> None:
    told = record(OURS)
    del told["ses"]["receipt"]["dmarcVerdict"]

    assert delivery_of(told).verdicts.dmarc == ""


def test_each_mail_is_received_and_told_without_a_word_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    received: list[str] = []

    def receive(delivery: Any) -> str:
        received.append(delivery.id)
        return "reply"

    receipts_endpoint(receive)(json.loads(OURS.read_text()), None)

    assert len(received) == 1
    line = json.loads(capsys.readouterr().out)
    assert (line["message"], line["was"]) == ("mail received", "reply")
    assert "example" not in json.dumps(line)


def test_what_is_no_receipt_is_an_error() -> None:
    with pytest.raises(KeyError):
        receipts_endpoint(lambda _: "reply")({"Records": [{}]}, None)
