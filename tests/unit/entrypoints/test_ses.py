import json
from pathlib import Path

import pytest

from coldframe.domain.email_event import EmailEventKind
from coldframe.domain.message import HAND_OFF_MAIL
from coldframe.entrypoints.ses import SesRecord

EVENTS = Path(__file__).parents[3] / "events" / "ses"
FOREIGN = Path(__file__).parents[4] / "shared" / "data" / "ses-events"
SAMPLES = sorted(
    path for path in EVENTS.glob("*.json") if not path.stem.startswith(("queue", "received"))
)


def read(path: Path) -> SesRecord:
    return SesRecord.model_validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_event_of_our_mails_is_understood(path: Path) -> None:
    event = read(path).event()

    assert event is not None
    assert event.lead == "08de65b68f1c31f711ed9d2bbb"
    assert event.mail == "cake-guide"
    assert event.at.tzinfo is not None
    assert "example.com" not in event.detail


@pytest.mark.skipif(not FOREIGN.exists(), reason="the third-party samples are not here")
@pytest.mark.parametrize("path", sorted(FOREIGN.glob("[!s]*.json")), ids=lambda path: path.stem)
def test_every_record_that_ses_documents_is_readable_and_none_of_ours(path: Path) -> None:
    assert read(path).event() is None


@pytest.mark.parametrize(
    ("sample", "kind", "hard"),
    [
        ("bounce_permanent", EmailEventKind.BOUNCED, True),
        ("bounce_suppressed", EmailEventKind.BOUNCED, True),
        ("bounce_transient", EmailEventKind.BOUNCED, False),
        ("complaint", EmailEventKind.COMPLAINED, False),
        ("rendering_failure", EmailEventKind.REJECTED, False),
        ("send", EmailEventKind.SENT, False),
    ],
)
def test_only_a_permanent_bounce_is_hard(sample: str, *, kind: EmailEventKind, hard: bool) -> None:
    event = read(EVENTS / f"{sample}.json").event()

    assert event is not None
    assert (event.kind, event.hard) == (kind, hard)


def test_a_copy_has_the_same_id_and_another_open_has_not() -> None:
    record = json.loads((EVENTS / "open.json").read_text(encoding="utf-8"))
    copy = SesRecord.model_validate(record).event()
    first = SesRecord.model_validate(record).event()
    record["open"]["timestamp"] = "2026-11-20T10:12:35.000Z"
    later = SesRecord.model_validate(record).event()

    ids = [event.id for event in (first, copy, later) if event]
    assert len(ids) == 3
    assert ids[0] == ids[1] != ids[2]


def test_what_ses_takes_for_a_machine_is_marked() -> None:
    record = json.loads((EVENTS / "click.json").read_text(encoding="utf-8"))
    record["click"]["isBotEvent"] = "Likely"

    event = SesRecord.model_validate(record).event()

    assert event is not None
    assert event.is_bot


@pytest.mark.parametrize(
    ("told", "complains"), [("abuse", True), (None, True), ("not-spam", False)]
)
def test_who_says_that_it_is_no_spam_does_not_complain(
    *, told: str | None, complains: bool
) -> None:
    record = json.loads((EVENTS / "complaint.json").read_text(encoding="utf-8"))
    record["complaint"]["complaintFeedbackType"] = told

    event = SesRecord.model_validate(record).event()

    assert (event is not None) is complains


def test_the_bounce_of_a_notice_is_known_as_such() -> None:
    record = json.loads((EVENTS / "bounce_permanent.json").read_text(encoding="utf-8"))
    record["mail"]["tags"]["mail"] = [HAND_OFF_MAIL]

    event = SesRecord.model_validate(record).event()

    assert event is not None
    assert event.of_notice


def test_two_kinds_of_event_of_one_instant_are_two() -> None:
    """A mail's complaint must not be lost behind the delivery that was told with it."""
    events = []
    for sample in ("delivery", "open"):
        record = json.loads((EVENTS / f"{sample}.json").read_text(encoding="utf-8"))
        record["mail"]["messageId"] = "m"
        record[sample]["timestamp"] = "2026-11-20T10:12:35.000Z"
        events.append(SesRecord.model_validate(record).event())

    assert len({event.id for event in events if event}) == 2
