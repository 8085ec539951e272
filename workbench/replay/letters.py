"""Mails that belong to no journey: today's answer at the instant at which each was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coldframe.domain.decision import DecisionKind
from coldframe.domain.enrolment import recipient_id
from coldframe.domain.gate import counted
from coldframe.domain.message import MailKind
from coldframe.domain.sending import Word, may_send
from workbench.replay.outcome import Act, is_settled_letter, letter_of

if TYPE_CHECKING:
    from datetime import datetime

    from coldframe.domain.message import Message
    from workbench.replay.past import Past
    from workbench.replay.rerun import Rerun


class Letters:
    def __init__(self, past: Past, rerun: Rerun) -> None:
        self._past, self._rerun = past, rerun
        self.acts: dict[str, Act] = {}

    def announce(self) -> None:
        for message in self._past.messages:
            if is_settled_letter(message):
                was = letter_of(message, self._past)
                self._rerun.later(was.at, lambda message=message, was=was: self._ask(message, was))  # type: ignore[misc]  # bound now

    def _ask(self, message: Message, was: Act) -> None:
        """A mail that no playbook of today knows isn't asked about, but counted."""
        rerun, book, now = self._rerun, self._rerun.book, self._rerun.now
        mail = book.mails.get(message.mail)
        topic = book.topic_of(message.mail)
        gate, client = rerun.gate, book.of
        if mail is None or (topic is None and mail.kind is not MailKind.REQUESTED):
            self.acts[message.id] = was
            if was.went:
                rerun.counted = counted(gate, MailKind.VALUE, client.caps, now=now)
            return
        asked_at = self._scheduled_at(message)
        answer = may_send(
            mail.kind,
            topic=topic,
            gate=gate,
            profile=rerun.profile,
            client=client,
            requested_at=asked_at,
            now=now,
            valid_until=mail.valid_until,
            due_since=asked_at,
        )
        went = answer.word is Word.GO
        act = Act(what=mail.mail, at=now, went=went, why=answer.why, until=answer.until)
        self.acts[message.id] = act
        if went:
            rerun.counted = counted(gate, mail.kind, client.caps, now=now, topic=topic)

    def _scheduled_at(self, message: Message) -> datetime:
        """Of one that the lead asked for, when it did; of others, when they were decided."""
        asked = (
            each.at
            for each in self._past.decisions
            if each.kind is DecisionKind.MAIL
            and recipient_id(message.mail, each.at, self._past.lead) == message.enrolment
        )
        return next(asked, self._rerun.now)
