"""A question of a mail is answered: one of its buttons chose, and a post of the page saves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from coldframe.domain.answers import answered
from coldframe.domain.erasure import is_gone
from coldframe.domain.errors import InvalidToken
from coldframe.domain.form import Form, spoken
from coldframe.domain.languages import FIELD as LANGUAGE
from coldframe.domain.languages import best
from coldframe.domain.touchpoint import KNOWN, QUESTION_ANSWERED, record
from coldframe.services.following import ANSWERING

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile
    from coldframe.services.ports import Clock, Ledger, LinkClaims, Links, Profiles, Touchpoints
    from coldframe.services.ports.playbook import Questions


LONGEST_NONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Nothing of what is known of the lead: whoever holds the link sees this."""

    page: Form
    chosen: str

    @property
    def name(self) -> str:
        """What its one field is called in a post."""
        return self.page.fields[0].name


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    profiles: Profiles
    ledger: Ledger
    touchpoints: Touchpoints
    links: Links
    questions: Questions
    clock: Clock

    def look(self, token: str) -> Question:
        """InvalidToken for a link that isn't ours, or whose lead or question is gone."""
        return self._asked(self.links.read(ANSWERING, token))

    def answer(self, token: str, value: object, *, nonce: str) -> Question:
        """FieldProblem for what is no answer to it. ``nonce``: of the page, so it counts once."""
        link = self.links.read(ANSWERING, token)
        asked = self._asked(link)
        (field,) = asked.page.fields
        said, name = answered(field, value), asked.page.form
        message = self.ledger.message(link.lead, link.message)
        told = record(
            lead=link.lead,
            kind=QUESTION_ANSWERED,
            source="mail",
            received_at=self.clock.now(),
            data={
                "field": name,
                "value": said,
                "fields": {name: said},
                "mail": message.mail if message else "",
                KNOWN: True,
            },
            own_id=f"{link.message}#{name}#{said}#{nonce[:LONGEST_NONCE]}",
        )
        self.touchpoints.append(told)
        return asked

    def _asked(self, link: LinkClaims) -> Question:
        name, _, chosen = link.target.partition("=")
        profile = self.profiles.get(link.lead)
        if profile is None or is_gone(profile):
            raise InvalidToken("its lead is gone")
        try:
            page = self.questions.question(name)
        except KeyError as error:
            raise InvalidToken("its question is gone") from error
        return Question(page=spoken(page, _language(page, profile)), chosen=unquote(chosen))


def _language(page: Form, profile: Profile) -> str:
    told = profile.fields.get(LANGUAGE)
    wanted = told.value if told else page.locale
    return best(wanted, known=page.translations, own=page.locale)
