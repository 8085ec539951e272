"""Somebody in a client's own demo: what they do of themselves, and what when a mail comes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from workbench.demo.hands import Hands
    from workbench.local.town import SentMail

Deed: TypeAlias = Callable[["Hands", "Character", "SentMail | None"], None]
"""Done when its time has come; with the mail that it answers to, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    after: timedelta
    """Since the demo began, or since the mail came."""
    deed: Deed


def on_day(day: float, deed: Deed) -> Doing:
    return Doing(after=timedelta(days=day), deed=deed)


def hours_later(hours: float, deed: Deed) -> Doing:
    return Doing(after=timedelta(hours=hours), deed=deed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """``mails`` and ``ends`` are what must come of it."""

    name: str
    address: str
    says: str
    does: tuple[Doing, ...]
    mails: tuple[str, ...]
    """In the order in which they come."""
    ends: Mapping[str, str]
    """Journey → the word with which it ends; `inside`: it hasn't."""
    on_mail: Mapping[str, Doing] = field(default_factory=dict)


def fills(form: str, **answers: str) -> Deed:
    return lambda hands, who, _mail: hands.fills(who, form, answers)


def tells(event: str, **data: str) -> Deed:
    """The client's own server does, of this person."""
    return lambda hands, who, _mail: hands.tells(who, event, data)


def looks_at(*paths: str) -> Deed:
    return lambda hands, who, _mail: hands.looks_at(who, paths)


def clicks(link: int = 0) -> Deed:
    return lambda hands, _who, mail: hands.clicks(mail, link)


def answers(text: str) -> Deed:
    return lambda hands, _who, mail: hands.answers(mail, text)


def unsubscribes() -> Deed:
    return lambda hands, _who, mail: hands.unsubscribes(mail)
