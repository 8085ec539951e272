"""Situations, drawn as a tree, with who hears of them.

ColdframeError
├── InvalidSubmission   the form post can't become a lead; tell the sender, field by field (422)
├── InvalidAddress      not an address that can get mail; the field's own message says why (422)
├── UnknownForm         no such form (404)
├── InvalidToken        a link that we didn't sign, or for another purpose (404)
├── SuppressedContact   we must not write to this lead; the enrolment ends
├── NotYet              come back at the instant it names; the journey waits and asks again
├── Left                the enrolment is closed, or a newer run has taken over; the run ends
├── Parked              the wait is longer than a run is kept; the run ends, the due index resumes
├── Outdated            the run is of another version of its journey; a new one goes on in its stead
├── Elapsed             what was waited for hasn't come within its limit; the run goes its other way
├── TooDeep             a touchpoint derived from a touchpoint derived from …; it is parked
├── TooManyPosts        more posts from one mailbox or network than a window has room for: put aside
├── StaleLead           someone else changed the lead first; read again and retry
├── AlreadyClaimed      this mail of this enrolment is reserved or sent; never send it again
├── MailRefused         SES (or who else takes it) said no for good; recorded, the journey goes on
├── Transient           an outside service failed in passing; retried with backoff
│   └── Throttled       it asked us to slow down; surely nothing was done
└── UnknownOutcome      SES may or may not have taken the mail; never repeated blindly
"""

from datetime import datetime

from coldframe.domain.instants import whole_seconds


class ColdframeError(Exception):
    """Any situation that Coldframe names."""


class InvalidSubmission(ColdframeError):
    """A form post that can't become a lead; ``problems`` maps field to what to do about it."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {problem}" for field, problem in problems.items()))
        self.problems = problems


class InvalidAddress(ColdframeError):
    """Text that is no address; the message is fit for the person who typed it."""


class UnknownForm(ColdframeError):
    """No form of that name in the client's playbook."""


class InvalidToken(ColdframeError):
    """A link token that fails verification."""


class SuppressedContact(ColdframeError):
    """The lead's gate forbids mail; the text is the reason's name, never an address."""


class NotYet(ColdframeError):
    """The mail may go later; the text is the instant, in UTC, as ``2026-11-21T09:00:00Z``."""

    def __init__(self, until: datetime, why: str = "") -> None:
        self.until = whole_seconds(until)
        super().__init__(self.until.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self.why = why


class Left(ColdframeError):
    """The enrolment no longer stands where this run thinks; the text is the enrolment's id."""


class Parked(ColdframeError):
    """It waits without a run; the text is the enrolment's id."""


class Outdated(ColdframeError):
    """The run can't go on as today's journey does; the text is the enrolment's id."""


class Elapsed(ColdframeError):
    """A wait's limit is over already; the text is the enrolment's id."""


class TooDeep(ColdframeError):
    """Rules that feed each other; the text is the touchpoint's id."""


class TooManyIdentities(ColdframeError):
    """More than a person has: somebody merged a crowd, or a loop does."""


class TooManyPosts(ColdframeError):
    """A flood; the text names what is flooding."""

    def __init__(self, signs: tuple[str, ...]) -> None:
        super().__init__(" ".join(signs))
        self.signs = signs


class StaleLead(ColdframeError):
    """A conditional write lost against another writer."""


class AlreadyClaimed(ColdframeError):
    """The enrolment records this claim; the text is the message's id."""


class MailRefused(ColdframeError):
    """What was to go is refused for good; the text is the error's name, or a reason of ours."""


class Transient(ColdframeError):
    """A passing fault of an outside service; the text is its error name."""


class Throttled(Transient):
    """An outside service asked us to slow down and surely did nothing."""


class UnknownOutcome(ColdframeError):
    """The call to SES got no answer: the mail may have gone."""
