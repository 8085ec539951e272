"""The walk over all leads: its place is kept, and another version's walk begins anew."""

from typing import Protocol

from coldframe.services.ports.due import Progress


class Walk(Protocol):
    @property
    def progress(self) -> Progress: ...


class ProgressContract:
    def test_it_begins_at_the_start_and_goes_on_where_it_stopped(self, store: Walk) -> None:
        assert store.progress.begin("one") == ""

        store.progress.advance("one", "0#ada", 25)

        assert store.progress.begin("one") == "0#ada"

    def test_what_is_finished_is_not_begun_again(self, store: Walk) -> None:
        store.progress.begin("one")
        for _ in range(2):
            store.progress.finish("one", 3)

        assert store.progress.begin("one") is None

    def test_other_definitions_begin_at_the_start(self, store: Walk) -> None:
        store.progress.begin("one")
        store.progress.finish("one", 3)

        assert store.progress.begin("two") == ""

    def test_a_walk_that_another_has_replaced_moves_nothing(self, store: Walk) -> None:
        store.progress.begin("one")
        store.progress.begin("two")

        store.progress.advance("one", "7#zoe", 25)
        store.progress.finish("one", 1)

        assert store.progress.begin("two") == ""
