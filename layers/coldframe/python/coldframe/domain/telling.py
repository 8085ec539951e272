"""What a touchpoint tells of a lead, as one line of its diary."""

from collections.abc import Callable, Mapping

from coldframe.domain import touchpoint as kinds
from coldframe.domain.message import TRAP, WAY_OUT, Message
from coldframe.domain.touchpoint import Touchpoint

NO_VISIBLE_LINK = {TRAP: "the link that nobody sees", WAY_OUT: "the link to unsubscribe"}


def _tell_form(touchpoint: Touchpoint, _mail: Message | None) -> str:
    topics = touchpoint.data.get("consents") or {}
    agreed = f" and agrees to {', '.join(sorted(topics))}" if topics else ""
    return f"fills in the form {touchpoint.data.get('form')}{agreed}"


def _tell_follow(touchpoint: Touchpoint, mail: Message | None) -> str:
    index = touchpoint.data.get("link")
    if index in NO_VISIBLE_LINK:
        return f"{NO_VISIBLE_LINK[index]} of “{mail.mail if mail else '?'}” is followed"
    number = int(index) + 1 if index is not None else "?"
    of = f" of {mail.links}" if mail and mail.links else ""
    return f"link {number}{of} in “{mail.mail if mail else '?'}” is followed"


def _tell_open(_touchpoint: Touchpoint, mail: Message | None) -> str:
    return f"“{mail.mail if mail else '?'}” is opened"


def _tell_click(touchpoint: Touchpoint, _mail: Message | None) -> str:
    return f"clicks in “{touchpoint.data.get('mail')}” (a person, we are confident)"


def _tell_bounce(touchpoint: Touchpoint, mail: Message | None) -> str:
    how = "for good" if touchpoint.data.get("hard") else "for now"
    return f"“{mail.mail if mail else '?'}” bounces {how}"


def _tell_complaint(_touchpoint: Touchpoint, mail: Message | None) -> str:
    return f"reports “{mail.mail if mail else '?'}” as spam"


def _tell_reply(touchpoint: Touchpoint, _mail: Message | None) -> str:
    of = touchpoint.data.get("mail")
    return f"replies to “{of}”" if of else "writes to us"


def _tell_contact(_touchpoint: Touchpoint, _mail: Message | None) -> str:
    return "gets a mail from sales, who let us know"


def _tell_unsubscribe(_touchpoint: Touchpoint, _mail: Message | None) -> str:
    return "unsubscribes from everything"


def _tell_segment(touchpoint: Touchpoint, _mail: Message | None) -> str:
    way = "enters" if touchpoint.kind == kinds.SEGMENT_ENTERED else "leaves"
    return f"{way} the segment {touchpoint.data.get('segment')}"


def _tell_alert(touchpoint: Touchpoint, _mail: Message | None) -> str:
    _, _, reached = str(touchpoint.data.get("alert", "")).partition(".")
    return f"is {reached} now, and the owner is told"


def _tell_points(touchpoint: Touchpoint, _mail: Message | None) -> str:
    why = touchpoint.data.get("why")
    points = f"gets {float(touchpoint.data.get('points', 0)):+g} points"
    return f"{points}: {why}" if why else points


def _tell_fields(touchpoint: Touchpoint, _mail: Message | None) -> str:
    told = ", ".join(f"{name}: {value}" for name, value in touchpoint.data["fields"].items())
    return f"a journey notes {told}"


def _tell_stop(touchpoint: Touchpoint, _mail: Message | None) -> str:
    why = touchpoint.data.get("why")
    stopped = "is written to no more, until it comes back by itself"
    return f"{stopped}: {why}" if why else stopped


def _tell_request(touchpoint: Touchpoint, _mail: Message | None) -> str:
    return f"the journey {touchpoint.data.get('journey')} is asked for"


def _tell_nothing(_touchpoint: Touchpoint, _mail: Message | None) -> None:
    return None


def tell_event(touchpoint: Touchpoint, _mail: Message | None) -> str:
    """A page that was seen says which."""
    path = touchpoint.data.get("path")
    return f"{touchpoint.kind} {path}" if isinstance(path, str) else touchpoint.kind


RANK: Mapping[str, int] = {kinds.LINK_FOLLOWED: 4, kinds.EMAIL_OPENED: 4, kinds.EMAIL_CLICKED: 5}

OURS = frozenset(
    {
        kinds.SEGMENT_ENTERED,
        kinds.SEGMENT_LEFT,
        kinds.ALERT_RAISED,
        kinds.SCORE_GIVEN,
        kinds.FIELDS_SET,
        kinds.JOURNEY_REQUESTED,
        kinds.MARKETING_STOPPED,
    }
)

TELL: Mapping[str, Callable[[Touchpoint, Message | None], str | None]] = {
    kinds.FORM_SUBMITTED: _tell_form,
    kinds.LINK_FOLLOWED: _tell_follow,
    kinds.EMAIL_OPENED: _tell_open,
    kinds.EMAIL_CLICKED: _tell_click,
    kinds.EMAIL_BOUNCED: _tell_bounce,
    kinds.EMAIL_COMPLAINED: _tell_complaint,
    kinds.EMAIL_REPLIED: _tell_reply,
    kinds.SALES_CONTACTED: _tell_contact,
    kinds.UNSUBSCRIBED: _tell_unsubscribe,
    kinds.SEGMENT_ENTERED: _tell_segment,
    kinds.SEGMENT_LEFT: _tell_segment,
    kinds.ALERT_RAISED: _tell_alert,
    kinds.SCORE_GIVEN: _tell_points,
    kinds.FIELDS_SET: _tell_fields,
    kinds.JOURNEY_REQUESTED: _tell_request,
    kinds.MARKETING_STOPPED: _tell_stop,
    kinds.TICK: _tell_nothing,
}
