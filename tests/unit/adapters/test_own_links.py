"""The way back in the notice to an old address leads back to that address."""

from datetime import timedelta

from coldframe.adapters.own_links import OwnLinks
from coldframe.domain.address_change import SETTLING, Moved
from coldframe.domain.asked_for import OLD_ADDRESS_MAIL
from coldframe.domain.instants import text_of
from coldframe.domain.profile import Profile
from coldframe.services.undoing_address import UNDO
from tests.fakes.clock import MONDAY
from tests.fakes.links import OpenLinks

ADA, HOME, WORK = "ada@example.com", "ada@home.example", "ada@work.example"
FIRST = Moved(to=HOME, was=ADA, at=MONDAY, by="first")
SECOND = Moved(to=WORK, was=HOME, at=MONDAY + timedelta(hours=1), by="second")


def test_each_old_address_gets_the_link_of_its_own_change_good_for_a_week() -> None:
    links = OpenLinks()
    own = OwnLinks(links=links, base_url="https://go")  # type: ignore[arg-type]  # signs as they do

    for change in (FIRST, SECOND):
        addressed = Profile(
            lead="ada", address=change.was, created_at=MONDAY, changes=(SECOND, FIRST)
        )
        told = own.of(OLD_ADDRESS_MAIL, addressed, "m1", MONDAY)
        token = told["undo_url"].removeprefix("https://go/confirm/")
        assert links.read(UNDO, token).target == f"{text_of(change.at + SETTLING)} {change.by}"
