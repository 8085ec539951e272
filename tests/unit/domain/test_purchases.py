"""What a lead bought: the same in whatever order we hear of it, and however often."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from coldframe.domain.knowing.asking import told_by
from coldframe.domain.profile import Profile, remember
from coldframe.domain.purchases import KEPT
from coldframe.domain.touchpoint import PURCHASE_MADE, REFUND_MADE, Touchpoint, record

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FACTS = ("purchases", "spent", "spent_currency", "last_purchase_at")


def paid(order: int, minor: int, currency: str = "EUR", kind: str = PURCHASE_MADE) -> Touchpoint:
    at = NOON + timedelta(minutes=order)
    return record(
        lead="ada",
        kind=kind,
        source="server",
        received_at=at,
        data={"minor": minor, "currency": currency, "address": "ada@example.com"},
        own_id=f"order {order}",
    )


def known(*touchpoints: Touchpoint) -> dict[str, object]:
    profile: Profile | None = None
    for each in touchpoints:
        profile = remember(profile, each, rules=())
    assert profile
    return {name: told_by(profile).get(name) for name in FACTS}


def test_purchases_and_refunds_add_up_in_every_order_and_when_told_twice() -> None:
    history = (paid(0, 4990), paid(1, 1000), paid(2, 490, kind=REFUND_MADE), paid(3, 700, "USD"))
    found = [known(*order, *history[:1]) for order in permutations(history)]

    assert found == [found[0]] * len(found)
    assert (found[0]["purchases"], float(str(found[0]["spent"]))) == (3, 7.0)

    euros = known(*history[:3])
    assert (str(euros["spent"]), euros["spent_currency"]) == ("55.00", "EUR")
    assert euros["last_purchase_at"] == NOON + timedelta(minutes=1)


def test_cents_never_become_others() -> None:
    assert str(known(*(paid(number, 10) for number in range(3)))["spent"]) == "0.30"


def test_who_bought_nothing_has_no_such_facts() -> None:
    assert known(paid(0, 100, kind=REFUND_MADE)) == dict.fromkeys(FACTS)


def test_only_so_many_are_kept() -> None:
    assert known(*(paid(number, 100) for number in range(KEPT + 5)))["purchases"] == KEPT


def test_what_tells_no_amount_counts_as_nothing() -> None:
    strange = record(
        lead="ada", kind=PURCHASE_MADE, source="server", received_at=NOON, data={"minor": "x"}
    )

    assert known(paid(0, 100), strange)["purchases"] == 1
