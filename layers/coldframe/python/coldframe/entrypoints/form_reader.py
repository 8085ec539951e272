"""Reads a form post whole: what it says, what is odd about it, or what is to be mended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from coldframe.domain.errors import InvalidSubmission, InvalidToken
from coldframe.domain.form import ASKED, CONFIRMED, NONCE, REFERRED, VISIT, Form, asks_back, spoken
from coldframe.domain.mailbox import mailbox_named
from coldframe.domain.referral import REFER, REFERRER, WORD
from coldframe.domain.submission import Submission, read_submission
from coldframe.domain.suspicion import Sign, is_suspect
from coldframe.domain.touchpoint import KNOWN
from coldframe.entrypoints.form_fields import Fields, read_fields
from coldframe.entrypoints.form_signs import signs_of
from coldframe.entrypoints.forms import FormPost, InvalidPost
from coldframe.entrypoints.http import Request
from coldframe.services.capture import CaptureLead

if TYPE_CHECKING:
    from coldframe.adapters.addresses import AddressLists
    from coldframe.adapters.links import SignedLinks
    from coldframe.services.ports import Clock

LONGEST_NONCE = 100
NETWORK = 16
"""Characters of the keyed hash that stands for a network."""


class Noticed(TypedDict):
    """What is kept of a post beside what it says."""

    marks: tuple[str, ...]
    """disposable, free, role"""
    unprintable: tuple[str, ...]
    """Fields that hold a link."""
    signs: list[Sign]
    network: str
    """A keyed hash, like the next: how many come from there is counted when it is reacted to."""
    mailbox: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReader:
    """What a post is read with; whatever most posts have no need of is made when it is asked."""

    lead_of: Callable[[str], str]
    links: Callable[[], "SignedLinks"]
    lists: "AddressLists"
    clock: "Clock"

    def __call__(self, request: Request, form: Form) -> FormPost:
        """InvalidPost with all that is to be mended; Unreadable, UnsupportedType."""
        values = read_fields(request)
        asked = request.query.get("lang", "")
        language = asked if asked in form.translations else ""
        form, lead = self._known(spoken(form, language), values)
        submission = self._submission(form, values, known=bool(lead))
        self._ask_back(form, values, submission.address)
        result = _result(form, submission, self.clock)
        noticed = self._noticed(request, form, values, submission)
        back = submission.consents and asks_back(form, submission.fields.get("country", ""))
        told = {"language": language, "result": result, "confirm": bool(back), **noticed}
        told[KNOWN] = bool(lead)
        if referrer := self._referrer(request, values, submission, noticed["mailbox"]):
            told[REFERRER] = referrer
        nonce = values.get(NONCE)
        command = CaptureLead(
            lead=lead or self.lead_of(submission.address),
            form=form.form,
            address=submission.address,
            fields=submission.fields,
            consents=submission.consents,
            own_id=nonce[:LONGEST_NONCE] if isinstance(nonce, str) else "",
            noticed={
                **{name: value for name, value in told.items() if value},
                **({} if lead else self._visit(request, form, values)),
            },
            suspect=is_suspect(noticed["signs"]),
        )
        return FormPost(
            form=form,
            command=command,
            wants_json=request.wants_json,
            result=result,
            language=language,
            at=self.clock.now(),
        )

    def _visit(self, request: Request, form: Form, values: Fields) -> Mapping[str, object]:
        """Imported here: most pages carry no script."""
        if VISIT not in values and not any(name.startswith("utm_") for name in request.query):
            return {}
        from coldframe.entrypoints.form_visit import touch_by, visit_of

        now = self.clock.now()
        told = visit_of(values.get(VISIT), sites=form.sites, hashed=self.lead_of, now=now)
        return told or touch_by(request.query, form.sites)

    def _referrer(
        self, request: Request, values: Fields, submission: Submission, mailbox: str
    ) -> str:
        """Whose link it came by; nobody sends itself, however it spells its address."""
        token = values.get(REFERRED) or request.query.get(WORD)
        if not token and '"ref"' in str(values.get(VISIT, "")):
            from coldframe.entrypoints.form_visit import referral_in

            token = referral_in(values.get(VISIT))
        if not isinstance(token, str) or not token or not submission.address:
            return ""
        try:
            link = self.links().read(REFER, token)
        except InvalidToken:
            return ""
        own = link.message == mailbox or link.lead == self.lead_of(submission.address)
        return "" if own else link.lead

    def _known(self, form: Form, values: Fields) -> tuple[Form, str]:
        """Only what our link asked for is taken from who came by it: it may have been passed on."""
        token = values.get(ASKED)
        if not form.ask or not isinstance(token, str) or not token:
            return form, ""
        from coldframe.services.profiling import narrowed

        try:
            link = self.links().read(ASKED, token)
            return narrowed(form, link, now=self.clock.now()), link.lead
        except InvalidToken:
            return form, ""

    def _submission(self, form: Form, values: Fields, *, known: bool) -> Submission:
        from coldframe.adapters.addresses import judged
        from coldframe.adapters.phones import e164

        try:
            return read_submission(form, values, address=judged, phone=e164, known=known)
        except InvalidSubmission as error:
            raise InvalidPost(form, values, error.problems) from error

    def _ask_back(self, form: Form, values: Fields, address: str) -> None:
        """Once: whoever sends the same address again means it."""
        meant = self.lists.meant(address) if address else None
        if meant is None or str(values.get(CONFIRMED, "")).strip().lower() == address:
            return
        from coldframe.domain.wording.saying import say

        name = next(field.name for field in form.fields if field.type == "email")
        problem = {name: say("meant", form.locale, address=meant)}
        raise InvalidPost(form, {**values, CONFIRMED: address}, problem, {name: meant})

    def _noticed(
        self, request: Request, form: Form, values: Fields, submission: Submission
    ) -> Noticed:
        address = submission.address
        marks = self.lists.marks(address) if address else ()
        network = self.lead_of(f"network {request.network}")[:NETWORK] if request.network else ""
        unprintable = _with_links(form, submission)
        signs = signs_of(request, form, values, links=self.links, now=self.clock.now())
        if unprintable:
            signs.append(Sign.LINK)
        if Sign.DISPOSABLE in marks:
            signs.append(Sign.DISPOSABLE)
        return {
            "marks": marks,
            "unprintable": unprintable,
            "signs": signs,
            "network": network,
            "mailbox": self.lead_of(mailbox_named(address)) if address else "",
        }


def _with_links(form: Form, submission: Submission) -> tuple[str, ...]:
    """Text fields that hold an address of the web: never printed in a mail."""
    texts = [field.name for field in form.fields if field.type == "text"]
    said = [(name, submission.fields[name]) for name in texts if name in submission.fields]
    if not any("." in text or ":" in text or not text.isascii() for _, text in said):
        return ()
    from coldframe.domain.web_addresses import holds_link

    return tuple(name for name, text in said if holds_link(text))


def _result(form: Form, submission: Submission, clock: "Clock") -> str:
    if form.result is None:
        return ""
    from coldframe.domain.form_result import result_of

    return result_of(form, submission.fields, clock.now())
