"""Companies are told by business domains, never by those of mailbox providers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from coldframe.domain.knowing.standing import Reached, Standing
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from workbench.commands.companies import is_a_business
from workbench.leads.companies import Company, companies

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EARLIER = NOW - timedelta(days=40)


def lead(address: str, *, seen: datetime = NOW, reached: str = "", **fields: str) -> Profile:
    return Profile(
        lead=address,
        address=address,
        created_at=EARLIER,
        last_seen=seen,
        fields={name: Known(value=value, at=seen, by=address) for name, value in fields.items()},
        standing=Standing(reached={reached: Reached(at=seen, why="")} if reached else {}),
    )


def found(*leads: Profile) -> list[Company]:
    return list(companies(leads, is_a_business(), NOW))


def test_colleagues_are_counted_together_and_the_furthest_speaks_for_all() -> None:
    (one,) = found(
        lead("ada@lovelace.example", company="Lovelace", reached="sql"),
        lead("grace@lovelace.example", seen=EARLIER, company="Lovelace Ltd", reached="mql"),
    )

    assert one == Company(
        domain="lovelace.example", name="Lovelace", leads=2, active_leads=1, lifecycle="sql"
    )


def test_a_mailbox_provider_is_nobodys_company() -> None:
    addresses = ("ada@gmail.com", "ada@mailinator.com", "ada@mail.yahoo.com", "ada@gmx.de")

    assert found(*map(lead, addresses)) == []


def test_a_field_says_it_better_than_the_address() -> None:
    at_home = lead("ada@gmail.com", company_domain=" Lovelace.example ")
    daughter = lead("al@engines.example", company_domain="lovelace.example")

    assert [(each.domain, each.leads) for each in found(at_home, daughter)] == [
        ("lovelace.example", 2)
    ]


def test_the_largest_comes_first_and_without_a_name_the_domain_stands_for_it() -> None:
    told = found(
        lead("a@small.example"), lead("b@large.example"), lead("c@large.example", seen=EARLIER)
    )

    assert [(each.name, each.leads, each.lifecycle) for each in told] == [
        ("large.example", 2, "lead"),
        ("small.example", 1, "lead"),
    ]


def test_who_was_never_seen_is_not_active() -> None:
    (one,) = found(replace(lead("ada@lovelace.example"), last_seen=None))

    assert one.active_leads == 0
