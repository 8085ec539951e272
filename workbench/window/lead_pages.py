"""A client's leads, and one lead's page: its record, in words and in a drawing."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from coldframe.domain.diary import Voice, diary
from coldframe.domain.knowing.explaining import Explained, explain
from coldframe.domain.observation import Observation, Verdict
from coldframe.domain.outcome import as_it_ended
from coldframe.domain.profile import Profile
from coldframe.domain.record import LeadRecord
from workbench.local.town import LeadLine, LocalClient
from workbench.window.graph_layout import BOX_HEIGHT, BOX_WIDTH, Layout, layout
from workbench.window.journey_graph import graph
from workbench.window.why import Reasons
from workbench.window.window import Course, Window, courses
from workbench.window.wording import called, held, lead_zone, prohibitions

PAGE = 50
VOICES = {
    Voice.LEAD: "The lead",
    Voice.US: "We",
    Voice.MACHINE: "A machine",
    Voice.JOURNEY: "The journey",
}
VERDICTS = {
    Verdict.PENDING: "not decided yet",
    Verdict.HUMAN: "a person",
    Verdict.MACHINE: "a machine",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """An enrolment with its journey drawn; None where the journey is gone."""

    course: Course
    layout: Layout | None


@dataclass(frozen=True, slots=True)
class LeadPages:
    window: Window

    def routes(self) -> list[Route]:
        return [
            Route("/clients/{client}", self.listed),
            Route("/clients/{client}/leads/{lead}", self.shown),
        ]

    def listed(self, request: Request) -> Response:
        client = self.window.client(request.path_params["client"])
        if client is None:
            return self.window.look.missing(request, "client")
        words, page = request.query_params.get("q", ""), page_number(request)
        found = _matching(client, words)
        return self.window.look.page(
            request,
            "client.html",
            client=client,
            leads=found[page * PAGE : (page + 1) * PAGE],
            total=sum(not each.test for each in found),
            page=page,
            pages=-(-len(found) // PAGE),
            words=words,
            paging=f"{urlencode({'q': words})}&" if words else "",
            lines=self.window.happenings.newest(12, client=client.name),
        )

    def shown(self, request: Request) -> Response:
        client = self.window.client(request.path_params["client"])
        record = client.record(request.path_params["lead"]) if client else None
        if client is None or record is None or not (record.profile or record.touchpoints):
            return self.window.look.missing(request, "lead")
        now = self.window.town.now()
        record = as_it_ended(record, now)
        return self.window.look.page(
            request,
            "lead.html",
            client=client,
            record=record,
            profile=record.profile,
            name=called(record.profile),
            zone=lead_zone(record.profile, client.playbook()),
            drawn=[
                _drawn(course, record)
                for course in courses(client, record, now=self.window.town.now())
            ],
            entries=diary(record)[::-1],
            box_width=BOX_WIDTH,
            box_height=BOX_HEIGHT,
            voices=VOICES,
            verdicts=VERDICTS,
            forbids=prohibitions(record.gate, record.profile),
            held=held(record.gate, now=self.window.town.now()),
            why_of=Reasons(record, client.playbook(), client.journey, client.mail).shortly,
            mail_names={message.id: message.mail for message in record.messages},
            mail_of=self.window.mailbox.of_message,
            evidence_of=_evidence_of,
            known=_known(record.profile, client, self.window.town.now()),
        )


def _known(profile: Profile | None, client: LocalClient, now: datetime) -> Explained | None:
    """None where nothing is concluded of leads."""
    knowing = client.knowing()
    return explain(profile, knowing, now) if profile and knowing.version else None


def _drawn(course: Course, record: LeadRecord) -> Drawn:
    if course.journey is None:
        return Drawn(course=course, layout=None)
    return Drawn(course=course, layout=layout(graph(course.journey, course.enrolment, record)))


def _evidence_of(observation: Observation) -> str:
    """`2 links followed, 1 open, by Mimecast`."""
    seen = observation.evidence.values()
    follows = sum(1 for one in seen if one.link is not None)
    opens = len(seen) - follows
    told = [
        f"{count} {what}{'' if count == 1 else 's'}"
        for count, what in ((follows, "followed link"), (opens, "open"))
        if count
    ]
    return ", ".join(told) or "nothing yet"


def _matching(client: LocalClient, words: str) -> list[LeadLine]:
    wanted = words.casefold().split()
    return [
        line
        for line in client.leads()
        if all(word in f"{line.name}\n{line.address}".casefold() for word in wanted)
    ]


def page_number(request: Request) -> int:
    asked = request.query_params.get("page", "")
    return int(asked) if asked.isascii() and asked.isdecimal() else 0
