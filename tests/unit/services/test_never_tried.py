"""What fails before SES is called leaves no mail in doubt."""

from dataclasses import fields
from typing import Any

import pytest

from coldframe.domain.enrolment import Claim
from coldframe.domain.errors import Transient
from coldframe.domain.message import Message, MessageState
from coldframe.domain.permit import Permit
from tests.fakes.ledger import InMemoryLedger
from tests.fakes.stage import Stage
from tests.fakes.world import World
from tests.unit.services.enrolled import message, step
from tests.unit.services.test_broadcasts import ADDRESSES, letters, read, send

__all__ = ["read"]


class Unheard(InMemoryLedger):
    """The first answer of each kind is lost: it was done, and nobody hears so."""

    __slots__ = ("lost",)
    lost: set[str]

    def claim(self, claim: Claim, permit: Permit | None, **asked: Any) -> None:
        InMemoryLedger.claim(self, claim, permit, **asked)
        self._lose("claim")

    def claim_broadcast(self, claim: Claim, permit: Permit, **asked: Any) -> None:
        InMemoryLedger.claim_broadcast(self, claim, permit, **asked)
        self._lose("claim_broadcast")

    def sending(self, message: Message, **asked: Any) -> None:
        InMemoryLedger.sending(self, message, **asked)
        self._lose("sending")

    def _lose(self, what: str) -> None:
        if what not in self.lost:
            self.lost.add(what)
            raise Transient("ReadTimeoutError")


def unheard(world: World) -> None:
    parts = {each.name: getattr(world.ledger, each.name) for each in fields(world.ledger)}
    world.ledger = ledger = Unheard(**parts)
    ledger.lost = set()


def test_a_claim_and_then_a_start_nobody_heard_of_are_tried_again(enrolled: World) -> None:
    unheard(enrolled)
    command = step(enrolled, "guide")
    for _ in range(2):
        with pytest.raises(Transient):
            enrolled.messaging()(command)
        free = message(enrolled, "guide")
        assert (free.state, free.why) == (MessageState.DEFERRED, "never_tried")

    enrolled.messaging()(command)

    assert message(enrolled, "guide").state is MessageState.SENT
    assert enrolled.mailer.mails() == ["guide"]


def test_so_is_a_broadcast_s(read: Stage) -> None:
    unheard(read.world)
    for _ in range(2):
        with pytest.raises(Transient):
            send(read)

    send(read)

    assert letters(read) == sorted(ADDRESSES)
    assert {row.state for row in read.world.ledger.rows.values()} == {MessageState.SENT}
