"""What the pages share: the town they look at, the hand on its clock, and its kept mails."""

from dataclasses import dataclass
from datetime import datetime

from coldframe.domain.enrolment import Enrolment
from coldframe.domain.journey import Journey
from coldframe.domain.record import LeadRecord
from workbench.local.town import LocalClient, Town
from workbench.window.ahead import Ahead, ahead
from workbench.window.happenings import Happenings
from workbench.window.look import Look
from workbench.window.mailbox import Mailbox
from workbench.window.time_control import TimeControl


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    town: Town
    time: TimeControl
    mailbox: Mailbox
    happenings: Happenings
    look: Look

    def client(self, name: str) -> LocalClient | None:
        return self.town.clients().get(name)


def open_window(town: Town) -> Window:
    time = TimeControl(town)
    happenings = Happenings(town.happenings)
    return Window(
        town=town,
        time=time,
        mailbox=Mailbox(town.mails),
        happenings=happenings,
        look=Look(town=town, time=time, happenings=happenings),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One enrolment, its journey (None: no longer in the playbook) and what comes next in it."""

    enrolment: Enrolment
    journey: Journey | None
    ahead: tuple[Ahead, ...]

    @property
    def title(self) -> str:
        return self.journey.title if self.journey else self.enrolment.journey


def courses(client: LocalClient, record: LeadRecord, *, now: datetime) -> list[Course]:
    """Newest first."""
    enrolments = sorted(record.enrolments, key=lambda one: one.started_at, reverse=True)
    return [_course(client, record, enrolment, now) for enrolment in enrolments]


def _course(client: LocalClient, record: LeadRecord, enrolment: Enrolment, now: datetime) -> Course:
    try:
        journey = client.journey(enrolment.journey)
    except KeyError:
        return Course(enrolment=enrolment, journey=None, ahead=())
    book = client.playbook()
    coming = ahead(enrolment, journey, record, client=book, mail=client.mail, now=now)
    return Course(enrolment=enrolment, journey=journey, ahead=coming)
