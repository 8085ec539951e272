"""Leads on their journeys in the fake town: enter, send, wait, leave."""

from dataclasses import replace
from datetime import timedelta

from coldframe.domain.decision import Decision, DecisionKind
from coldframe.domain.enrolment import (
    Claim,
    Enrolment,
    EnrolmentStatus,
    enrolment_id,
    message_id,
)
from coldframe.domain.journey import Step
from coldframe.domain.message import MailKind, Message, MessageState
from coldframe.domain.playbook import Mail
from coldframe.domain.touchpoint import Touchpoint
from tests.fakes.town.books import Book
from tests.fakes.town.ledger import Ledger
from tests.fakes.town.outside import Outside
from tests.fakes.town.writing import written


class Walking:
    def __init__(self, book: Book, *, ledger: Ledger, town: Outside, url: str) -> None:
        self._book = book
        self._ledger = ledger
        self._town = town
        self._url = url
        self._name = book.client.client

    def enrol(self, cause: Touchpoint, journey: str) -> None:
        lead, now = cause.lead, self._town.now()
        held = self._ledger.of(lead)
        enrolment = enrolment_id(lead, journey)
        if any(one.id == enrolment for one in held.enrolments):
            return
        first = self._book.journeys[journey].first
        decision = Decision(
            lead=lead,
            id=f"{cause.id}#enrol#{journey}",
            kind=DecisionKind.ENROL,
            cause=cause.id,
            at=cause.occurred_at,
            journey=journey,
            data={"enrolment": enrolment, "first": first},
        )
        self._ledger.keep(replace(held, decisions=(*held.decisions, decision)))
        self._ledger.put_enrolment(
            Enrolment(
                lead=lead,
                id=enrolment,
                journey=journey,
                status=EnrolmentStatus.OPEN,
                step="",
                since=now,
                generation=1,
                started_at=now,
                requested_at=now,
            )
        )
        self._town.tell(self._name, f"enters the journey {journey}", lead)
        soon = now + timedelta(seconds=1)
        self._town.at(soon, lambda: self.walk(lead, enrolment, first))

    def walk(self, lead: str, enrolment: str, name: str | None) -> None:
        held = self._ledger.enrolment(lead, enrolment)
        if held.status is not EnrolmentStatus.OPEN:
            return
        if name is None:
            self._end(held, "completed")
            return
        step = self._book.journeys[held.journey].steps[name]
        self._ledger.put_enrolment(replace(held, step=name, since=self._town.now()))
        if step.kind in {"send", "hand_off"}:
            self._send(lead, enrolment, step)
        self._pause(lead, enrolment, step)

    def answer(self, lead: str, mail: str) -> None:
        """A person clicked: whoever waits for that goes on."""
        for enrolment in self._ledger.of(lead).enrolments:
            step = self._book.journeys[enrolment.journey].steps.get(enrolment.step)
            if step and step.wait_for and step.mail == mail:
                self.walk(lead, enrolment.id, step.wait_for.then)

    def leave(self, lead: str) -> None:
        for enrolment in self._ledger.of(lead).enrolments:
            if enrolment.status is EnrolmentStatus.OPEN:
                self._end(enrolment, "suppressed")

    def _pause(self, lead: str, enrolment: str, step: Step) -> None:
        now, wait_for = self._town.now(), step.wait_for
        if wait_for is not None:

            def enough() -> None:
                if self._ledger.enrolment(lead, enrolment).step == step.id:
                    self.walk(lead, enrolment, wait_for.otherwise)

            self._town.at(now + timedelta(seconds=wait_for.limit), enough)
        elif step.wait:
            later = now + timedelta(seconds=step.wait.seconds or 0)
            self._town.at(later, lambda: self.walk(lead, enrolment, step.next))
        else:
            self.walk(lead, enrolment, step.next)

    def _send(self, lead: str, enrolment: str, step: Step) -> None:
        now, held = self._town.now(), self._ledger.enrolment(lead, enrolment)
        key = step.claim
        mail = self._book.mails.get(key)
        why = self._why_not(lead, mail)
        sent = None if why else now
        message = Message(
            lead=lead,
            id=message_id(enrolment, key),
            mail=step.mail or "_hand_off",
            enrolment=enrolment,
            journey=held.journey,
            step=step.id,
            state=MessageState.REFUSED if why else MessageState.SENT,
            at=now,
            why=why,
            sent_at=sent,
            delivered_at=sent,
            links=len(mail.links) if mail else 0,
        )
        self._ledger.put_message(message)
        claim = Claim(mail=key, message=message.id, at=now)
        self._ledger.put_enrolment(replace(held, claims={**held.claims, key: claim}))
        self._go(message, mail)

    def _go(self, message: Message, mail: Mail | None) -> None:
        profile = self._ledger.of(message.lead).profile
        if message.why or profile is None:
            text = f"“{message.mail}” is not sent: {message.why}"
        else:
            book, url, now = self._book, self._url, self._town.now()
            self._town.deliver(written(message, mail, profile=profile, book=book, url=url, at=now))
            text = f"“{message.mail}” is sent"
        self._town.tell(self._name, text, message.lead)

    def _why_not(self, lead: str, mail: Mail | None) -> str:
        held = self._ledger.of(lead)
        if mail is None or mail.kind is MailKind.REQUESTED or held.profile is None:
            return ""
        return "" if mail.topic in held.profile.consents else "no_consent"

    def _end(self, enrolment: Enrolment, why: str) -> None:
        now = self._town.now()
        over = replace(enrolment, status=EnrolmentStatus.CLOSED, reason=why, ended_at=now)
        self._ledger.put_enrolment(over)
        self._town.tell(self._name, f"the journey {over.journey} ends: {why}", over.lead)
