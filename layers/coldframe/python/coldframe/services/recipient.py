"""One recipient of a broadcast: asked, claimed and sent, at most once per scheduled instant."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from coldframe.domain.asked_for import (
    ABOUT_ADDRESSES,
    OLD_ADDRESS_MAIL,
    SUPERSEDED,
    TO_ONE_ADDRESS,
    written_to,
)
from coldframe.domain.enrolment import Claim
from coldframe.domain.errors import AlreadyClaimed, NotYet, StaleLead, SuppressedContact
from coldframe.domain.gate import Gate, counted
from coldframe.domain.mailbox import Mailbox
from coldframe.domain.message import DOUBT, SETTLED, Message, MessageState, RenderedMail
from coldframe.domain.permit import Permit, again
from coldframe.domain.profile import Profile
from coldframe.domain.sending import Answer, Word, may_send
from coldframe.services.dispatching import IN_DOUBT, Dispatching, on_its_way, unsent
from coldframe.services.in_turn import InTurn
from coldframe.services.letter import Letter
from coldframe.services.looking_ahead import ahead
from coldframe.services.reserving import ROUNDS, GateMoved, Ready
from coldframe.services.twins import HAD_ALREADY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coldframe.domain.conditions.facts import Facts
    from coldframe.domain.giving_way import Due
    from coldframe.services.ports import (
        Clock,
        Enrolments,
        Gates,
        Ledger,
        Mailboxes,
        Mailer,
        Playbook,
        Profiles,
        Renderer,
    )
    from coldframe.services.ports.turns import Turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    enrolments: Enrolments
    gates: Gates
    mailboxes: Mailboxes
    profiles: Profiles
    ledger: Ledger
    mailer: Mailer
    renderer: Renderer
    playbook: Playbook
    clock: Clock
    turns: Turns

    def __call__(self, letter: Letter) -> None:
        """Sent, or refused with the reason kept. NotYet: this recipient has to be asked again."""
        try:
            if ready := self._reserved(letter):
                self._dispatching()(ready.message, ready.mail)
        except StaleLead as error:
            raise NotYet(self.clock.now() + DOUBT, IN_DOUBT) from error

    def _reserved(self, letter: Letter) -> Ready | None:
        line = self._line(letter)
        for _ in range(ROUNDS):
            with suppress(GateMoved):
                return self._reserve(letter, line)
        raise StaleLead(letter.occurrence)

    def _line(self, letter: Letter) -> InTurn:
        """Who was put off may have its turn already."""
        known = self._known(letter) if letter.again and self.turns.allowance() else None
        return InTurn(turns=self.turns, clock=self.clock, requested=letter.requested, known=known)

    def _known(self, letter: Letter) -> Message | None:
        return self.ledger.message(letter.lead, letter.message(self.clock.now()).id)

    def _reserve(self, letter: Letter, line: InTurn) -> Ready | None:
        """A claim of ours counts in the gate too: it must not hold up the mail it was taken for."""
        gate, profile = self._gate(letter), self._profile(letter)
        mailbox = self._mailbox(letter, profile)
        gate = replace(gate, requested=mailbox.requested) if mailbox else gate
        elsewhere, ask = self._elsewhere(letter, gate), self._asking(letter, gate, profile)
        answer, at = (elsewhere, self.clock.now()) if elsewhere else line(profile, ask)
        if answer.word is Word.GO and profile is not None:
            ready = self._ready(letter, on_its_way(letter.message(at), at), profile)
            with suppress(AlreadyClaimed):
                self._claim(letter, gate, ready.message, mailbox)
                return ready
        elif not self.enrolments.get(letter.lead, letter.occurrence):
            self._withhold(letter, answer)
            return None
        return self._reserved_before(letter, line)

    def _mailbox(self, letter: Letter, profile: Profile | None) -> Mailbox | None:
        """The news that an address was changed always comes, however much was asked for there."""
        if profile is None or not letter.requested or letter.mail.mail == OLD_ADDRESS_MAIL:
            return None
        return self.mailboxes.of(profile.address)

    def _gate(self, letter: Letter) -> Gate:
        gate = self.gates.get(letter.lead)
        return replace(gate, elsewhere=True) if letter.mail.mail in ABOUT_ADDRESSES else gate

    def _profile(self, letter: Letter) -> Profile | None:
        found = self.profiles.get(letter.lead)
        return written_to(found, letter.mail.mail, letter.scheduled_at) if found else None

    def _elsewhere(self, letter: Letter, gate: Gate) -> Answer | None:
        """It was taken for another identity of the same person."""
        others = {gate.lead, *gate.aliases} - {letter.lead}
        if any(self.enrolments.get(each, replace(letter, lead=each).occurrence) for each in others):
            return Answer(word=Word.REFUSED, why=HAD_ALREADY)
        return None

    def _reserved_before(self, letter: Letter, line: InTurn) -> Ready | None:
        known = self._known(letter) or letter.message(self.clock.now())
        free = self._dispatching().free(known, on_unknown=letter.mail.on_unknown)
        if free.state in SETTLED:
            return None
        gate, profile = self._gate(letter), self._profile(letter)
        answer, at = line(profile, self._asking(letter, gate, profile, already_counted=True))
        if answer.word is not Word.GO or profile is None:
            self._withhold(letter, answer)
            return None
        ready = self._ready(letter, on_its_way(free, at), profile)
        try:
            with unsent(self.ledger, ready.message):
                self.ledger.sending(ready.message, permit=again(gate, letter.requested_at))
        except (StaleLead, SuppressedContact) as error:
            raise GateMoved from error
        return ready

    def _asking(
        self, letter: Letter, gate: Gate, profile: Profile | None, *, already_counted: bool = False
    ) -> Callable[[datetime], Answer]:
        if profile is None and letter.mail.mail in TO_ONE_ADDRESS:
            return lambda _at: Answer(word=Word.REFUSED, why=SUPERSEDED)
        return lambda at: may_send(
            letter.mail.kind,
            topic=letter.broadcast.topic,
            gate=gate,
            profile=profile,
            client=self.playbook.client(),
            requested_at=letter.scheduled_at,
            now=at,
            already_counted=already_counted,
            valid_until=letter.mail.valid_until,
            due_since=letter.scheduled_at,
            when_capped=letter.broadcast.when_capped,
            ahead=None if already_counted else self._ahead(letter, profile, at),
            facts=lambda: self._facts(profile),
        )

    def _ahead(
        self, letter: Letter, profile: Profile | None, now: datetime
    ) -> Callable[[], Sequence[Due]] | None:
        broadcast = letter.broadcast
        if not broadcast.outranked or profile is None:
            return None
        from coldframe.domain.precedence import Rank

        below = Rank(priority=broadcast.priority, broadcasts=broadcast.below)
        return ahead(profile, below, self.enrolments, self.ledger, self.playbook, now=now)

    def _ready(self, letter: Letter, message: Message, profile: Profile) -> Ready:
        mail = self.renderer.render(
            letter.mail,
            profile=profile,
            client=self.playbook.client(),
            message=message.id,
            journey=letter.broadcast.broadcast,
        )
        return Ready(message=message, mail=mail)

    def _claim(self, letter: Letter, gate: Gate, message: Message, mailbox: Mailbox | None) -> None:
        kind, topic, caps = letter.mail.kind, letter.broadcast.topic, self.playbook.client().caps
        permit = Permit(
            gate=gate,
            after=counted(gate, kind, caps, now=message.at, topic=topic),
            requested_at=letter.requested_at,
            mailbox=mailbox,
        )
        claim = Claim(mail=message.mail, message=message.id, at=message.at)
        try:
            with unsent(self.ledger, message):
                self.ledger.claim_broadcast(
                    claim, permit, occurrence=letter.occurrence, message=message
                )
        except (StaleLead, SuppressedContact) as error:
            if (known := self._known(letter)) and known.state in SETTLED:
                raise AlreadyClaimed(known.id) from error
            raise GateMoved from error

    def _withhold(self, letter: Letter, answer: Answer) -> None:
        state = MessageState.DEFERRED if answer.until else MessageState.REFUSED
        message = letter.message(self.clock.now(), state=state, why=answer.why)
        self.ledger.settle(replace(message, until=answer.until, detail=answer.detail))
        if answer.until:
            raise NotYet(answer.until, answer.why)

    def _facts(self, profile: Profile | None) -> Facts:
        """Seldom asked: of caps that hold under a condition."""
        from coldframe.domain.known_facts import facts_of

        knowing, now = self.playbook.reactions().knowing, self.clock.now()
        return facts_of(profile, client=self.playbook.client(), knowing=knowing, now=now)

    def _dispatching(self) -> Dispatching[RenderedMail]:
        return Dispatching(ledger=self.ledger, mailer=self.mailer, clock=self.clock)
