"""What a file tells of a lead goes to the person it is now, and starts nothing."""

from dataclasses import replace
from datetime import timedelta

from coldframe.domain.erasure import tombstone
from coldframe.domain.gate import Prohibition
from coldframe.domain.importing import GivenElsewhere, ImportedLead, Judged, Verdict
from coldframe.domain.profile import Profile
from coldframe.domain.told import Known
from coldframe.services.importing import Importing
from tests.fakes.clock import MONDAY
from tests.fakes.world import World, lead_of

ADA, LADY = "ada@example.com", "lady@example.com"
FAIR = GivenElsewhere(basis="consent", text="Yes", at=MONDAY, source="fair", proof="card")


def row(address: str, **fields: str) -> ImportedLead:
    return ImportedLead(
        lead=lead_of(address),
        address=address,
        as_of=MONDAY - timedelta(hours=1),
        fields={"email": address, **fields},
        consents={"baking": FAIR},
    )


def take(world: World, told: ImportedLead) -> Judged:
    importing = Importing(
        profiles=world.profiles,
        gates=world.gates,
        touchpoints=world.touchpoints,
        reactions=world.playbook.reactions(),
        clock=world.clock,
        name="fair",
    )
    return importing(told, importing.known([told.lead])[told.lead])


def moved(world: World) -> Profile:
    """Ada's second address, which was merged into her first."""
    told = {"email": Known(value=ADA, at=MONDAY - timedelta(days=9), by="t")}
    ada = Profile(lead=lead_of(ADA), address=ADA, created_at=MONDAY, fields=told)
    loser = replace(ada, lead=lead_of(LADY), address="", fields={}, moved_to=ada.lead)
    world.profiles.rows |= {ada.lead: ada, loser.lead: loser}
    return loser


def test_who_was_merged_into_another_is_told_of_there_under_the_others_address() -> None:
    world = World()
    loser = moved(world)

    found = take(world, row(LADY, first_name="Ada"))

    person = world.profiles.rows[lead_of(ADA)]
    assert found.verdict is Verdict.CHANGED
    assert {name: each.value for name, each in person.fields.items()} == {
        "email": ADA,
        "first_name": "Ada",
    }
    assert world.profiles.rows[loser.lead] == loser
    assert [each.lead for each in world.touchpoints.rows.values()] == [person.lead]


def test_what_forbids_mail_to_the_person_is_told_under_any_of_its_addresses() -> None:
    world = World()
    moved(world)
    world.gates.forbid(lead_of(ADA), Prohibition.BOUNCED, MONDAY)

    assert take(world, row(LADY)).held == ("bounced",)


def test_an_import_leads_to_no_decision_even_where_a_form_would() -> None:
    world = World()

    found = take(world, row(ADA, first_name="Ada"))

    assert (found.verdict, found.topics) == (Verdict.NEW, ("baking",))
    assert world.profiles.decisions == {}


def test_who_was_erased_stays_so() -> None:
    world = World()
    gone = tombstone(lead_of(ADA), MONDAY, revision=3)
    world.profiles.rows[gone.lead] = gone

    assert take(world, row(ADA)).verdict is Verdict.ERASED
    assert world.profiles.rows[gone.lead] == gone


def test_so_does_who_is_about_to_be_erased() -> None:
    world = World()
    world.gates.forbid(lead_of(ADA), Prohibition.ERASED, MONDAY)

    assert take(world, row(ADA)).verdict is Verdict.ERASED
    assert world.profiles.rows == {}
