"""Where a mail's link to a file leads: good since the mail was written, however late it is used."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from coldframe.domain.download import FILE, IN_MAIL, address_of
from coldframe.domain.playbook import StoredFile
from coldframe.domain.touchpoint import Touchpoint
from coldframe.services.following import GO, FollowLink, LinkFollowing
from tests.fakes.clock import MONDAY, FrozenClock
from tests.unit.adapters.keyring import Vault

LINKS = Vault().links()
HOST = "https://go.lindenbakery.example"
DAY = 86_400
GUIDE = StoredFile(
    name="Café #1.pdf", hash="0123456789abcdef", key="k", type="", forms={"cake": DAY}
)


@dataclass
class Kept:
    said: list[Touchpoint] = field(default_factory=list)

    def append(self, touchpoint: Touchpoint) -> bool:
        self.said.append(touchpoint)
        return True


def followed(target: str, file: StoredFile | None = GUIDE) -> tuple[str, Touchpoint]:
    """Two days after the mail was written."""
    kept = Kept()
    following = LinkFollowing(
        touchpoints=kept,  # type: ignore[arg-type]  # only appended to
        links=LINKS,
        clock=FrozenClock(MONDAY + timedelta(days=2)),
        stored=lambda name: file if file and name == file.name else None,
    )
    token = LINKS.sign(GO, lead="ada", message="m", target=target, index=0)
    return following(FollowLink(token=token)), kept.said[0]


def test_a_link_that_ends_is_good_since_its_mail_and_not_since_it_was_followed() -> None:
    to, told = followed(address_of(GUIDE, HOST, MONDAY))

    _, _, token, name = to.split("/")
    link = LINKS.read(FILE, token)
    assert (link.index, link.target) == (int(MONDAY.timestamp()), IN_MAIL + GUIDE.name)
    assert name == "Caf%C3%A9%20%231.pdf"
    assert told.data["file"] == GUIDE.name


def test_a_mail_of_before_the_file_was_gated_opens_it_as_well() -> None:
    to, _ = followed(f"{HOST}/files/{GUIDE.hash}/Caf%C3%A9%20%231.pdf")

    assert LINKS.read(FILE, to.split("/")[2]).index == int((MONDAY + timedelta(days=2)).timestamp())


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/?next=/files/0123456789abcdef/Caf%C3%A9%20%231.pdf",
        "https://elsewhere.example/files/guide.pdf",
    ],
)
def test_another_address_is_gone_to_as_it_stands(target: str) -> None:
    to, told = followed(target)

    assert to == target
    assert "file" not in told.data
