"""Enrolments: one stand, one newest run, closed for good."""

from dataclasses import replace
from datetime import timedelta

import pytest

from coldframe.domain.enrolment import TO_STAND, Asked, Because, EnrolmentStatus, Stand
from coldframe.domain.errors import Left, StaleLead
from tests.contracts.examples import ADA, AT, LATER, enrolment, waiting
from tests.contracts.store import Store
from tests.fakes.due import due_by

WAITS = Stand(step="case-study", at=LATER, waiting=waiting())
NEXT = Stand(step="next", at=LATER)


class EnrolmentsContract:
    def test_who_begins_second_gets_what_stands(self, store: Store) -> None:
        first = store.enrolments.begin(enrolment())

        second = store.enrolments.begin(enrolment(step="elsewhere"))

        assert first == second == enrolment()
        assert store.enrolments.get(ADA, "e1") == enrolment()

    def test_all_of_a_leads_and_nobody_elses(self, store: Store) -> None:
        for each in (enrolment("e1"), enrolment("e2"), enrolment("e3", lead="grace")):
            store.enrolments.begin(each)

        assert [each.id for each in store.enrolments.of(ADA)] == ["e1", "e2"]

    def test_standing_at_a_new_step_dates_it_and_at_the_same_keeps_the_date(
        self, store: Store
    ) -> None:
        run = store.enrolments.begin(enrolment())

        there = store.enrolments.stand(run, WAITS)
        again = store.enrolments.stand(there, replace(WAITS, at=AT, waiting=waiting(2)))

        assert (there.step, there.since, there.waiting) == ("case-study", LATER, waiting())
        assert again == replace(there, waiting=waiting(2))
        assert store.enrolments.get(ADA, "e1") == again

    def test_what_waited_before_waits_no_longer(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        there = store.enrolments.stand(run, WAITS)

        assert store.enrolments.stand(there, NEXT).waiting is None

    def test_a_closed_or_renewed_enrolment_is_left(self, store: Store) -> None:
        old = store.enrolments.begin(enrolment())
        renewed = store.enrolments.next_generation(old, AT)

        with pytest.raises(Left, match="e1"):
            store.enrolments.stand(old, NEXT)
        store.enrolments.close(renewed, "converted", AT)
        with pytest.raises(Left, match="e1"):
            store.enrolments.stand(renewed, NEXT)

    def test_the_first_reason_to_close_wins(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())

        assert store.enrolments.close(run, "converted", LATER)
        assert not store.enrolments.close(run, "suppressed", AT)

        stored = store.enrolments.get(ADA, "e1")
        assert stored is not None
        assert (stored.status, stored.reason, stored.ended_at) == ("closed", "converted", LATER)
        assert stored.waiting is None

    def test_a_run_of_any_generation_can_be_closed(self, store: Store) -> None:
        old = store.enrolments.begin(enrolment())
        store.enrolments.next_generation(old, AT)

        assert store.enrolments.close(old, "suppressed", LATER)

    def test_stuck_it_can_be_resumed_and_closed(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        store.enrolments.mark_stuck(run, "KeyError", AT)
        stuck = store.enrolments.get(ADA, "e1")
        assert stuck is not None
        assert (stuck.status, stuck.reason) == ("stuck", "KeyError")

        renewed = store.enrolments.next_generation(stuck, LATER)

        assert (renewed.status, renewed.reason, renewed.generation) == ("open", "", 2)
        assert store.enrolments.close(renewed, "suppressed", LATER)

    def test_only_the_newest_run_gets_stuck_and_a_closed_one_does_not(self, store: Store) -> None:
        old = store.enrolments.begin(enrolment())
        renewed = store.enrolments.next_generation(old, AT)

        store.enrolments.mark_stuck(old, "KeyError", AT)
        assert store.enrolments.get(ADA, "e1") == renewed
        store.enrolments.close(renewed, "completed", AT)
        store.enrolments.mark_stuck(renewed, "KeyError", AT)

        stored = store.enrolments.get(ADA, "e1")
        assert stored is not None
        assert stored.status is EnrolmentStatus.CLOSED

    def test_two_who_renew_at_once_are_one_generation(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        store.enrolments.next_generation(run, AT)

        with pytest.raises(StaleLead):
            store.enrolments.next_generation(run, AT)

    def test_a_closed_one_is_not_renewed(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        store.enrolments.close(run, "completed", AT)

        with pytest.raises(StaleLead):
            store.enrolments.next_generation(run, AT)

    def test_how_a_lead_came_in_is_kept(self, store: Store) -> None:
        came = enrolment(cause="2026-11-16#abc", depth=2, key="order-7")

        store.enrolments.begin(came)

        assert store.enrolments.get(ADA, "e1") == came

    def test_parked_it_is_due_then_and_no_longer_when_it_stands_again(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        without_token = replace(waiting(), token="")
        parked = Stand(step="guide", at=AT, waiting=without_token, parked_until=LATER)

        there = store.enrolments.stand(run, parked)
        assert (there.parked_until, there.due_at, there.waiting) == (LATER, LATER, without_token)
        assert [(each.key, each.due_at) for each in due_by(store.due, LATER)] == [("E#e1", LATER)]
        again = store.enrolments.stand(there, NEXT)

        assert (again.parked_until, again.due_at) == (None, None)
        assert due_by(store.due, LATER) == []

    def test_one_that_begins_parked_is_due_then(self, store: Store) -> None:
        store.enrolments.begin(enrolment(parked_until=LATER, due_at=LATER))

        there = store.enrolments.get(ADA, "e1")
        assert there is not None
        assert (there.parked_until, there.due_at) == (LATER, LATER)
        assert [(each.key, each.due_at) for each in due_by(store.due, LATER)] == [("E#e1", LATER)]

    def test_renewed_it_is_due_until_its_run_stands(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        parked = Stand(step="guide", at=AT, parked_until=LATER + timedelta(days=40))
        there = store.enrolments.stand(run, parked)

        renewed = store.enrolments.next_generation(there, LATER)

        assert (renewed.parked_until, renewed.due_at) == (None, LATER + TO_STAND)
        assert [each.key for each in due_by(store.due, LATER + TO_STAND)] == ["E#e1"]
        assert store.enrolments.stand(renewed, NEXT).due_at is None

    def test_renewed_for_another_version_it_may_stand_elsewhere_since_the_same_instant(
        self, store: Store
    ) -> None:
        run = store.enrolments.begin(enrolment(version="v1"))

        moved = store.enrolments.next_generation(run, LATER, step="elsewhere", version="v2")

        assert (moved.step, moved.since, moved.version) == ("elsewhere", run.since, "v2")
        assert store.enrolments.get(ADA, "e1") == moved

    def test_failed_runs_are_counted_until_one_goes_on_or_a_person_helps(
        self, store: Store
    ) -> None:
        run = store.enrolments.begin(enrolment())
        failed = store.enrolments.stand(
            run, Stand(step=run.step, at=AT, parked_until=LATER, restarts=1)
        )

        renewed = store.enrolments.next_generation(failed, LATER)
        again = store.enrolments.stand(renewed, Stand(step=run.step, at=LATER))
        assert [each.restarts for each in (failed, renewed, again)] == [1, 1, 1]

        assert store.enrolments.stand(again, NEXT).restarts == 0
        store.enrolments.mark_stuck(again, "UnknownStep", LATER)
        stuck = store.enrolments.get(ADA, "e1")
        assert stuck is not None
        assert store.enrolments.next_generation(stuck, LATER).restarts == 0

    def test_closed_or_stuck_it_is_not_due(self, store: Store) -> None:
        parked = Stand(step="guide", at=AT, parked_until=LATER)
        for name, end in (
            ("e1", lambda run: store.enrolments.close(run, "converted", AT)),
            ("e2", lambda run: store.enrolments.mark_stuck(run, "KeyError", AT)),
        ):
            end(store.enrolments.stand(store.enrolments.begin(enrolment(name)), parked))

        assert due_by(store.due, LATER) == []
        closed = store.enrolments.get(ADA, "e1")
        assert closed is not None
        assert closed.parked_until is None

    def test_what_a_wait_came_to_is_kept_and_an_answer_outweighs_none(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        kept = [
            Asked(until=LATER, version="1"),
            Asked(until=AT, version="1"),
            Asked(answered=True, version="1"),
            Asked(version="1"),
            Asked(version="2"),
        ]

        found = []
        for asked in kept:
            store.enrolments.keep(run, "wait 1", asked)
            held = store.enrolments.get(ADA, "e1")
            found.append(held.asked["wait 1"] if held else None)

        assert found == [kept[0], kept[0], kept[2], kept[2], kept[4]]

    def test_nothing_is_kept_of_a_wait_that_is_over(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())
        store.enrolments.close(run, "converted", LATER)

        store.enrolments.keep(run, "wait 1", Asked(answered=True))
        store.enrolments.keep(enrolment("nobody's"), "wait 1", Asked(answered=True))

        closed = store.enrolments.get(ADA, "e1")
        assert closed is not None
        assert closed.asked == {}
        assert store.enrolments.get(ADA, "nobody's") is None

    def test_the_first_arm_that_is_recorded_is_the_one_taken(self, store: Store) -> None:
        run = store.enrolments.begin(enrolment())

        first = Stand(step="which 1", at=LATER, arm="retail", because="industry is retail")
        store.enrolments.stand(run, first)
        second = Stand(step="which 1", at=AT, arm="others", because="industry is food")
        stands = store.enrolments.stand(run, second)

        assert stands.arms == {"which 1": "retail"}
        assert stands.because == {"which 1": Because(at=LATER, text="industry is retail")}
        assert store.enrolments.get(ADA, "e1") == stands
