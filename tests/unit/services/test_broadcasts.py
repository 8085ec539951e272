"""A broadcast reaches everyone who consents, once each, from wherever it was stopped."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from coldframe.domain.errors import Throttled, UnknownOutcome
from coldframe.domain.gate import Prohibition
from coldframe.domain.limits import QuietHours
from coldframe.domain.message import MessageState
from coldframe.services.broadcasting import SendBroadcast
from tests.fakes.clock import MONDAY
from tests.fakes.playbook import BAKERY
from tests.fakes.stage import Stage
from tests.fakes.world import World, lead_of
from tests.fakes.writes import Crash

ADDRESSES = [f"reader-{number}@example.com" for number in range(5)]
AT = MONDAY + timedelta(days=1)
LETTER = SendBroadcast(broadcast="letter", scheduled_at=AT)


def readers(stage: Stage) -> Stage:
    """Five leads consent to baking tips; nothing else is on its way to them."""
    stage.world.playbook.rules = replace(stage.world.playbook.rules, entries=())
    for address in ADDRESSES:
        stage.post(address)
    stage.settle()
    stage.world.clock.at = AT
    return stage


@pytest.fixture
def read(stage: Stage) -> Stage:
    return readers(stage)


def letters(stage: Stage) -> list[str]:
    return sorted(mail.recipient for mail in stage.world.mailer.sent)


def send(stage: Stage, *, time: float = 900.0) -> None:
    stage.world.broadcasting()(LETTER, lambda: time)


def test_everyone_who_consents_gets_it_once_however_often_it_is_asked_for(read: Stage) -> None:
    for _ in range(3):
        send(read)

    assert letters(read) == sorted(ADDRESSES)


def test_another_month_is_another_letter(read: Stage) -> None:
    send(read)
    read.world.clock.advance(days=30)
    later = replace(LETTER, scheduled_at=AT + timedelta(days=30))

    read.world.broadcasting()(later, lambda: 900.0)

    assert letters(read) == sorted(ADDRESSES * 2)


def test_a_crash_at_any_write_is_continued_and_nobody_gets_it_twice() -> None:
    calm = readers(Stage(World()))
    first = len(calm.world.writes.log)
    send(calm)
    points = range(2 * first, calm.world.writes.points)
    for point in points:
        stage = readers(Stage(World()))
        stage.world.writes.crash_at = point
        with pytest.raises(Crash):
            send(stage)

        stage.advance(AT + timedelta(hours=2))
        send(stage)
        stage.advance(AT + timedelta(days=3))

        got = letters(stage)
        assert len(got) == len(set(got)), point
        unsettled = [row for row in stage.world.ledger.rows.values() if row.state != "sent"]
        assert len(got) + len(unsettled) == len(ADDRESSES), point
        assert [row.state for row in unsettled] in ([], ["unknown"]), point
        assert stage.world.occurrences.deferred == {}, point


def test_when_time_runs_out_the_place_is_kept_and_the_sweep_goes_on(read: Stage) -> None:
    read.world.playbook.without_limits()
    left = iter([900.0, 900.0, 1.0])

    read.world.broadcasting()(LETTER, lambda: next(left))
    assert len(letters(read)) == 2
    assert read.world.alarm.at == AT
    [(cursor, due_at)] = read.world.occurrences.open_at.values()
    assert [lead for lead, _ in read.world.members.of("baking", after=None)].index(cursor) == 1
    assert due_at == AT
    read.advance(AT + timedelta(minutes=5))

    assert letters(read) == sorted(ADDRESSES)
    assert read.world.occurrences.open_at == {}
    assert read.world.writes.log.count("ledger.claim_broadcast") == len(ADDRESSES)


def test_a_lead_in_quiet_hours_gets_it_when_they_end(read: Stage) -> None:
    world = read.world
    world.playbook.of = replace(BAKERY, quiet_hours=QuietHours(start=10 * 60, end=14 * 60))

    send(read)
    assert letters(read) == []
    read.advance(AT + timedelta(days=1))

    assert letters(read) == sorted(ADDRESSES)
    assert world.occurrences.deferred == {}


def test_a_broadcast_is_not_capped_by_its_own_claim() -> None:
    """Throttled by SES, it goes on seconds later, not when the cap has room again."""
    stage = readers(Stage(World()))
    stage.world.mailer.answers = [Throttled("rate")]
    send(stage)

    stage.advance(AT + timedelta(minutes=1))

    assert letters(stage) == sorted(ADDRESSES)


def test_who_opts_out_while_ses_throttles_is_refused_and_not_forgotten() -> None:
    """When the walk goes on, it meets this lead no more: nobody who opted out is a member."""
    stage = readers(Stage(World()))
    stage.world.mailer.answers = [Throttled("rate")]
    send(stage)
    [held] = [row for row in stage.world.ledger.rows.values() if row.state == "deferred"]
    stage.world.gates.forbid(held.lead, Prohibition.UNSUBSCRIBED, stage.world.clock.now())
    profile = stage.world.profiles.rows[held.lead]
    stage.world.profiles.rows[held.lead] = replace(profile, consents={})

    stage.advance(AT + timedelta(minutes=5))

    row = stage.world.ledger.rows[held.lead, held.id]
    assert (row.state, row.why) == ("refused", "unsubscribed")
    assert len(letters(stage)) == len(ADDRESSES) - 1


def test_who_was_capped_gets_it_when_there_is_room_and_the_reason_is_kept(read: Stage) -> None:
    world = read.world
    capped = lead_of(ADDRESSES[0])
    gate = world.gates.get(capped)
    world.gates.count(replace(gate, mails=(AT,)))

    send(read)
    [held] = [row for row in world.ledger.rows.values() if row.lead == capped]
    assert (held.state, held.why) == ("deferred", "capped")
    read.advance(AT + timedelta(days=2))

    assert letters(read) == sorted(ADDRESSES)


def test_who_opted_out_is_refused_and_the_reason_is_kept(read: Stage) -> None:
    gone = lead_of(ADDRESSES[3])
    read.world.gates.forbid(gone, Prohibition.UNSUBSCRIBED, AT)

    send(read)

    assert ADDRESSES[3] not in letters(read)
    [row] = [row for row in read.world.ledger.rows.values() if row.lead == gone]
    assert (row.state, row.why) == ("refused", "unsubscribed")


def test_one_lead_whose_mail_cannot_be_rendered_stops_nobody(read: Stage) -> None:
    read.world.renderer.broken.add(lead_of(ADDRESSES[2]))

    send(read)

    assert len(letters(read)) == 4
    [row] = [row for row in read.world.ledger.rows.values() if row.state == "refused"]
    assert row.why == "ZeroDivisionError"


def test_throttled_it_pauses_where_it_is_and_goes_on(read: Stage) -> None:
    read.world.mailer.answers = [Throttled("rate")]

    send(read)
    assert letters(read) == []
    read.advance(AT + timedelta(minutes=5))

    assert letters(read) == sorted(ADDRESSES)


def test_one_letter_in_doubt_holds_up_only_its_reader(read: Stage) -> None:
    read.silent = True
    read.world.mailer.answers = [UnknownOutcome("timeout")]

    send(read)
    assert len(letters(read)) == 4
    read.advance(AT + timedelta(hours=1))

    assert len(letters(read)) == 4
    states = sorted(row.state for row in read.world.ledger.rows.values())
    assert states == ["sent"] * 4 + ["unknown"]
    assert read.world.occurrences.deferred == {}


def test_two_walks_at_once_send_each_letter_once() -> None:
    calm = readers(Stage(World()))
    start = calm.world.writes.operations
    send(calm)
    for moment in range(calm.world.writes.operations - start):
        stage = readers(Stage(World()))
        stage.world.writes.interrupt_at = start + moment
        stage.world.writes.interruption = partial(send, stage)

        send(stage)
        stage.advance(AT + timedelta(hours=2))

        assert letters(stage) == sorted(ADDRESSES), moment
        assert stage.world.occurrences.deferred == {}, moment


def test_a_deferred_reader_whose_mail_cannot_be_rendered_is_not_asked_for_ever(
    read: Stage,
) -> None:
    read.world.playbook.of = replace(BAKERY, quiet_hours=QuietHours(start=10 * 60, end=14 * 60))
    send(read)
    read.world.renderer.broken.add(lead_of(ADDRESSES[0]))

    read.advance(AT + timedelta(days=1))

    assert len(letters(read)) == 4
    assert read.world.occurrences.deferred == {}
    assert read.world.alarm.at is None


def test_a_walk_that_dies_beside_another_leaves_no_letter_untracked() -> None:
    calm = readers(Stage(World()))
    start = calm.world.writes.operations
    send(calm)
    for moment in range(calm.world.writes.operations - start):
        stage = readers(Stage(World()))
        stage.world.writes.interrupt_at = start + moment
        stage.world.writes.interruption = partial(die_sending, stage)

        send(stage)
        stage.advance(AT + timedelta(hours=2))

        states = [str(row.state) for row in stage.world.ledger.rows.values()]
        assert states.count("sent") >= len(ADDRESSES) - 1, moment
        assert set(states) <= {"sent", "unknown"}, moment
        assert len(letters(stage)) == len(set(letters(stage))), moment
        assert stage.world.occurrences.deferred == {}, moment


def die_sending(stage: Stage) -> None:
    stage.world.mailer.answers = [Crash()]
    with suppress(Crash):
        send(stage)
    stage.world.mailer.answers = []


def test_who_was_refused_before_a_crash_is_not_asked_for_ever(read: Stage) -> None:
    """The walk begins anew, and by then the mail could go: it was settled, and stays so."""
    world, mail = read.world, read.world.playbook.mails["letter"]
    world.playbook.mails["letter"] = replace(mail, valid_until="2026-01-01T00:00:00+00:00")
    started = len(world.writes.log)
    world.writes.crash_at = 2 * (started + 3) + 1
    with pytest.raises(Crash):
        send(read)
    refused = [row for row in world.ledger.rows.values() if row.state is MessageState.REFUSED]
    assert len(refused) == 1
    world.playbook.mails["letter"] = mail

    read.advance(AT + timedelta(days=2))

    assert len(letters(read)) == len(ADDRESSES) - 1
    assert world.occurrences.deferred == {}
    assert world.alarm.at is None or world.alarm.at > AT + timedelta(days=2)
