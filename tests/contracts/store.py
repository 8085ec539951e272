"""What a contract is held against: the ports that keep something, over one empty store.

A test module takes a contract by subclassing it (``class TestGates(GatesContract)``) and giving a
fixture ``store``: the fakes in the unit tests, the table's adapters in the integration tests.
"""

from typing import Protocol

from coldframe.services.ports import (
    EmailEvents,
    Enrolments,
    Gates,
    Ledger,
    Mailboxes,
    Observations,
    Profiles,
    Touchpoints,
)
from coldframe.services.ports.companies import Companies
from coldframe.services.ports.due import DueIndex, Members, Occurrences
from coldframe.services.ports.identities import Identities
from coldframe.services.ports.surges import Newcomers


class Store(Protocol):
    @property
    def touchpoints(self) -> Touchpoints: ...
    @property
    def profiles(self) -> Profiles: ...
    @property
    def observations(self) -> Observations: ...
    @property
    def gates(self) -> Gates: ...
    @property
    def mailboxes(self) -> Mailboxes: ...
    @property
    def companies(self) -> Companies: ...
    @property
    def identities(self) -> Identities: ...
    @property
    def enrolments(self) -> Enrolments: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def email_events(self) -> EmailEvents: ...
    @property
    def due(self) -> DueIndex: ...
    @property
    def members(self) -> Members: ...
    @property
    def occurrences(self) -> Occurrences: ...


class CountingStore(Store, Protocol):
    @property
    def newcomers(self) -> Newcomers: ...
