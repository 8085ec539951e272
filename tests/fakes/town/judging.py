"""Who followed a link in the fake town: a person, or a scanner by its agent's name."""

from dataclasses import replace
from datetime import timedelta

from coldframe.domain import touchpoint as kinds
from coldframe.domain.evidence import Evidence
from coldframe.domain.message import Message
from coldframe.domain.observation import Observation, Verdict
from coldframe.domain.touchpoint import Touchpoint
from tests.fakes.town.ledger import Ledger
from tests.fakes.town.outside import Outside
from tests.fakes.town.walking import Walking

_SOON = timedelta(seconds=20)


class Judging:
    def __init__(self, name: str, *, ledger: Ledger, town: Outside, walking: Walking) -> None:
        self._name = name
        self._ledger = ledger
        self._town = town
        self._walking = walking

    def weigh(self, seen: Touchpoint, message: Message, proof: Evidence) -> None:
        """The first evidence, and a person's first follow after machines, are judged soon."""
        lead, at = message.lead, self._town.now() + _SOON
        held = self._ledger.of(lead).observations
        fresh = Observation(lead=lead, message=message.id, verdict=Verdict.HUMAN)
        known = next((one for one in held if one.message == message.id), fresh)
        if known.decide_at is None:
            known = replace(known, decide_at=at, verdict=Verdict.PENDING)
            self._town.at(at, lambda: self._judge(message))
        evidence = {**known.evidence, seen.id: proof}
        self._ledger.put_observation(replace(known, evidence=evidence))

    def _judge(self, message: Message) -> None:
        held = self._ledger.of(message.lead).observations
        known = next(one for one in held if one.message == message.id)
        follows = [one for one in known.evidence.values() if one.link is not None]
        machine = any("Scanner" in one.agent for one in follows)
        verdict = Verdict.MACHINE if machine else Verdict.HUMAN
        self._ledger.put_observation(replace(known, verdict=verdict, decide_at=None))
        if follows and not machine:
            data = {"message": message.id, "mail": message.mail, "link": follows[0].link}
            now = self._town.now()
            self._ledger.append(message.lead, kinds.EMAIL_CLICKED, at=now, data=data)
            told = f"“{message.mail}” was clicked by a person"
            self._town.tell(self._name, told, message.lead)
            self._walking.answer(message.lead, message.mail)
