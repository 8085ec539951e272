"""What a person's follows come to, each once; and whose page tells of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from coldframe.domain.click import drawn_from, message_that_led_here
from coldframe.domain.observation import Follow
from coldframe.domain.touchpoint import LINK_FOLLOWED, VISITOR_IDENTIFIED, Touchpoint, record
from tests.fakes.clock import MONDAY


def followed(link: int, **data: Any) -> Touchpoint:
    return record(
        lead="ada",
        kind=LINK_FOLLOWED,
        source="link",
        received_at=MONDAY + timedelta(seconds=link),
        data={"message": "m", "link": link, "target": f"https://shop.example/{link}", **data},
    )


def drawn(*told: Touchpoint, before: tuple[Touchpoint, ...] = ()) -> list[Touchpoint]:
    follows = {each.data["link"]: Follow(touchpoint=each.id, human=0.97) for each in told}
    now = MONDAY + timedelta(minutes=1)
    return list(drawn_from(follows, [*told, *before], ("m", None), received_at=now, depth=1))


def test_two_links_to_one_file_are_two_clicks_and_one_download() -> None:
    """Of two with one name, the table would take neither."""
    found = drawn(followed(0, file="guide.pdf"), followed(1, file="guide.pdf"))

    assert [each.kind for each in found] == ["email.clicked", "file.downloaded", "email.clicked"]
    assert len({each.id for each in found}) == len(found)


def test_what_was_drawn_before_is_not_drawn_again() -> None:
    told = followed(0, file="guide.pdf")

    assert drawn(told, before=tuple(drawn(told))) == []


def test_a_click_is_dated_as_its_follow_however_late_it_is_drawn() -> None:
    (found,) = drawn(followed(2))

    assert (found.occurred_at, found.data["link"]) == (MONDAY + timedelta(seconds=2), 2)


def test_a_page_tells_of_a_mail_under_the_lead_that_got_it_alone() -> None:
    told = replace(followed(0), kind=VISITOR_IDENTIFIED)

    assert message_that_led_here(told) == "m"
    assert message_that_led_here(replace(told, origin="ada-at-work")) == ""
    assert message_that_led_here(followed(0)) == ""
