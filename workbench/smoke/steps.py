"""The smoke test's steps, against real SES by its mailbox simulator: no person gets a mail."""

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from coldframe.domain.form import Form
from coldframe.domain.message import MessageState
from coldframe.domain.record import LeadRecord
from workbench.forms.examples import example_answers
from workbench.smoke.account import Deployed

Request = Callable[[str, str, dict[str, str], str | None], tuple[int, str]]
Pause = Callable[[float], None]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    claim: str
    holds: bool
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Smoke:
    """``address``: somebody's own mailbox, mailed instead of the simulator's good one.

    Without ``mails_at_once`` (the journey begins with a wait) nothing is asked of SES.
    """

    deployed: Deployed
    form: Form
    mails_at_once: bool
    request: Request
    pause: Pause = time.sleep
    patience: float = PATIENCE
    address: str | None = None

    def __call__(self) -> Iterator[Finding]:
        yield self._refuses_nonsense()
        yield self._link_of_a_stranger()
        yield from self._good_mailbox(self.address or _simulator("success"))
        if self.mails_at_once:
            yield from self._dead_mailbox(_simulator("bounce"))

    def _post(self, values: dict[str, str]) -> tuple[int, str]:
        url = f"{self.deployed.address}/forms/{self.form.form}"
        return self.request("POST", url, FORM, urlencode(values))

    def _refuses_nonsense(self) -> Finding:
        status, _ = self._post({"email": "no address"})
        return Finding(
            claim="the form refuses what is no address",
            holds=status == HTTPStatus.UNPROCESSABLE_ENTITY,
            found=f"HTTP {status}",
        )

    def _link_of_a_stranger(self) -> Finding:
        status, _ = self.request("GET", f"{self.deployed.address}/unsubscribe/nobody", {}, None)
        return Finding(
            claim="a link that we never signed leads nowhere",
            holds=status == HTTPStatus.NOT_FOUND,
            found=f"HTTP {status}",
        )

    def _good_mailbox(self, address: str) -> Iterator[Finding]:
        status, text = self._post(self._values(address))
        taken = status == HTTPStatus.SEE_OTHER
        yield Finding(
            claim=f"{address} fills in {self.form.form}",
            holds=taken,
            found=f"HTTP {status} {'' if taken else text[:200]}",
        )
        yield self._until(address, "the post became a lead", lambda r: r.profile is not None)
        yield self._until(address, "the journey began", lambda r: bool(r.enrolments))
        if not self.mails_at_once:
            return
        yield self._until(address, "SES took a mail", _sent)
        yield self._until(address, "SES says it was delivered", _delivered)

    def _dead_mailbox(self, address: str) -> Iterator[Finding]:
        self._post(self._values(address))
        yield self._until(
            address,
            "a mailbox that doesn’t exist is never mailed again",
            lambda record: record.gate.bounced_at is not None,
        )

    def _values(self, address: str) -> dict[str, str]:
        return example_answers(self.form, address=address, text="Smoke test")

    def _until(self, address: str, claim: str, holds: Callable[[LeadRecord], bool]) -> Finding:
        waited = 0.0
        while not (held := holds(self.deployed.record(address))) and waited < self.patience:
            self.pause(3.0)
            waited += 3.0
        record = self.deployed.record(address)
        return Finding(claim=claim, holds=held, found=f"after {waited:.0f} s: {_told(record)}")


def _simulator(mailbox: str) -> str:
    """A fresh address at SES's mailbox simulator."""
    return f"{mailbox}+{secrets.token_hex(6)}@simulator.amazonses.com"


def _sent(record: LeadRecord) -> bool:
    return any(message.state is MessageState.SENT for message in record.messages)


def _delivered(record: LeadRecord) -> bool:
    return any(message.delivered_at for message in record.messages)


def _told(record: LeadRecord) -> str:
    """The record's state in few words, without the person's data."""
    messages = [f"{m.mail} {m.state}{f' ({m.why})' if m.why else ''}" for m in record.messages]
    enrolments = [f"{e.journey} {e.status} at {e.step or 'its start'}" for e in record.enrolments]
    return "; ".join([*enrolments, *messages]) or "nothing is stored of it"
