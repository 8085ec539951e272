"""Of two gates that become one, what stands with either stands."""

from datetime import timedelta

from coldframe.domain.gate import Gate, Prohibition
from coldframe.domain.joined_gates import joined_gates
from coldframe.domain.preferences import Preferences
from tests.fakes.clock import MONDAY

LEFT, HOUR = Prohibition.UNSUBSCRIBED.value, timedelta(hours=1)
STANDS = Gate(lead="ada", unsubscribed_at=MONDAY)


def test_what_one_took_back_later_lifts_nothing_that_stands_with_the_other() -> None:
    lifted = Gate(lead="home", lifted={LEFT: MONDAY + HOUR})

    for one, other in ((STANDS, lifted), (lifted, STANDS)):
        both = joined_gates(one, other)
        assert (both.unsubscribed_at, both.lifted) == (MONDAY, {})


def test_what_was_lifted_before_is_still_known_to_be() -> None:
    lifted = Gate(lead="home", lifted={LEFT: MONDAY - HOUR})

    both = joined_gates(STANDS, lifted)

    assert (both.unsubscribed_at, both.lifted) == (MONDAY, {LEFT: MONDAY - HOUR})


def test_of_two_wishes_the_fewer_mails_and_the_longer_pause_hold() -> None:
    one = Preferences(at=MONDAY, a_week=2, paused_until=MONDAY + HOUR, off=("baking",))
    other = Preferences(at=MONDAY + HOUR, a_week=1, paused_until=MONDAY + 2 * HOUR)

    both = joined_gates(Gate(lead="ada", preferences=one), Gate(lead="home", preferences=other))

    assert both.preferences == Preferences(
        at=MONDAY + HOUR, a_week=1, paused_until=MONDAY + 2 * HOUR, off=("baking",)
    )
