"""What a journey tells the client's people: plain words, and what is known of the lead."""

from collections.abc import Iterator
from typing import Final

from coldframe.adapters.known_fields import facts_of, one_line
from coldframe.adapters.renderer import mailbox
from coldframe.domain.journey import Journey
from coldframe.domain.journey_steps import Notify
from coldframe.domain.message import NOTIFY_MAIL, TASK_MAIL, RenderedMail
from coldframe.domain.playbook import Client, Person
from coldframe.domain.profile import Profile

OWNER: Final = "owner"
UNITS: Final = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


class PlainNotices:
    def word(
        self, notify: Notify, *, profile: Profile, client: Client, journey: Journey, message: str
    ) -> RenderedMail:
        """To the owner, to one of client.yaml's people by name, or to an address."""
        subject = f"Task: {notify.text}" if notify.task else notify.text
        tag = TASK_MAIL if notify.task else NOTIFY_MAIL
        return RenderedMail(
            sender=mailbox(client.sender),
            recipient=_person(notify.to, client).address,
            reply_to=profile.address,
            subject=one_line(subject),
            html=None,
            text="\n".join(_lines(notify, profile, journey)) + "\n",
            headers=(),
            tags=(
                ("lead", profile.lead),
                ("message", message),
                ("journey", journey.journey),
                ("mail", tag),
            ),
        )


def _person(to: str, client: Client) -> Person:
    if to == OWNER:
        return client.owner
    return client.people.get(to) or Person(name=to, address=to)


def _lines(notify: Notify, profile: Profile, journey: Journey) -> Iterator[str]:
    yield notify.text
    if notify.within:
        yield f"To be done within {_words(notify.within)}."
    yield ""
    for name, value in facts_of(profile):
        yield f"{name.replace('_', ' ')}: {value}"
    yield ""
    yield f"From the journey “{journey.title}”. An answer to this mail goes to the lead."


def _words(seconds: int) -> str:
    size, unit = next((each for each in UNITS if seconds >= each[0]), UNITS[-1])
    count = max(1, round(seconds / size))
    return f"{count} {unit}{'' if count == 1 else 's'}"
