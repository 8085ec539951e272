"""Leads, customers and costs by source."""

from datetime import UTC, datetime

from coldframe.domain.gate import Gate
from coldframe.domain.knowing.standing import Held, Reached, Standing
from coldframe.domain.money import Money
from coldframe.domain.profile import Profile
from coldframe.domain.record import LeadRecord
from coldframe.domain.sources import Came as Touched
from coldframe.domain.sources import Touch
from infra.playbook.costs import Costs
from workbench.leads.by_source import Came, by_source, shown

NOV = datetime(2026, 11, 3, tzinfo=UTC)
OCT = datetime(2026, 10, 31, 23, 59, tzinfo=UTC)
COSTS = Costs(
    currency="EUR",
    spent={
        "google": {
            "2026-10": Money(minor=10_000, currency="EUR"),
            "2026-11": Money(minor=10_001, currency="EUR"),
        },
        "radio": {"2026-11": Money(minor=50_000, currency="EUR")},
    },
)


def lead(
    name: str,
    first: str | None = None,
    last: str | None = None,
    *,
    at: datetime = NOV,
    standing: Standing | None = None,
) -> LeadRecord:
    def came(source: str | None) -> Touched | None:
        return Touched(touch=Touch(source=source), at=at, by="t") if source else None

    profile = Profile(
        lead=name,
        address=f"{name}@example.com",
        created_at=at,
        came_first=came(first),
        came_last=came(last or first),
        standing=standing or Standing(),
    )
    return LeadRecord(lead=name, profile=profile, gate=Gate(lead=name))


BOUGHT = Standing(reached={"customer": Reached(at=NOV, why="bought")})
WON = Standing(held={"status": Held(value="won", since=NOV)})
LEADS = [
    lead("ada", "google", "letter", standing=BOUGHT),
    lead("bob", "google", at=OCT),
    lead("cy", "google", standing=WON),
    lead("dee", "letter"),
    lead("eve"),
    LeadRecord(lead="gone", profile=None, gate=Gate(lead="gone")),
]


def counted(found: list[Came]) -> dict[str, tuple[int, int, str]]:
    return {each.source: (each.leads, each.customers, shown(each.per_lead)) for each in found}


def test_each_source_has_its_leads_customers_and_cost() -> None:
    assert counted(by_source(LEADS, COSTS)) == {
        "google": (3, 2, "66.67 EUR"),
        "letter": (1, 0, "–"),
        "unknown": (1, 0, "–"),
        "radio": (0, 0, "–"),
    }


def test_months_bound_leads_and_costs_alike() -> None:
    found = by_source(LEADS, COSTS, since="2026-11", until="2026-11")

    assert counted(found)["google"] == (2, 2, "50.01 EUR")
    assert shown(found[0].per_customer) == "50.01 EUR"


def test_leads_may_be_counted_by_what_brought_them_last() -> None:
    assert counted(by_source(LEADS, COSTS, last=True))["letter"] == (2, 1, "–")
