"""What a mailbox can do with a mail: read it, bounce it, complain, unsubscribe, scan it.

Each deed answers with a code for what is to be said of it; "" for nothing.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from workbench.local.town import SentMail
from workbench.window.window import Window

A_MOMENT = timedelta(minutes=1)


def _read(window: Window, mail: SentMail) -> str:
    """A person takes a moment: what is followed in the second of delivery is a machine's."""
    since = window.town.now() - mail.at
    if since < A_MOMENT:
        window.town.advance(A_MOMENT - since)
    return ""


def _open(window: Window, mail: SentMail) -> str:
    _read(window, mail)
    window.town.open_mail(mail)
    return ""


def _bounce(*, hard: bool) -> Callable[[Window, SentMail], str]:
    def bounce(window: Window, mail: SentMail) -> str:
        window.town.bounce(mail, hard=hard)
        return "hard-bounce" if hard else "soft-bounce"

    return bounce


def _complain(window: Window, mail: SentMail) -> str:
    window.town.complain(mail)
    return "complaint"


def _unsubscribe(window: Window, mail: SentMail) -> str:
    return f"one-click-{window.town.unsubscribe_one_click(mail)}"


def _out_of_office(window: Window, mail: SentMail) -> str:
    return "out-of-office" if window.town.out_of_office(mail) else "nowhere"


def reply(text: str) -> "Deed":
    """A person's answer; one without a word isn't sent."""

    def replied(window: Window, mail: SentMail) -> str:
        if not text:
            return "no-words"
        return "reply" if window.town.reply(mail, text) else "nowhere"

    return replied


def _scan(window: Window, mail: SentMail) -> str:
    return f"scan-{window.town.scan(mail)}"


Deed = Callable[[Window, SentMail], str]

DEEDS: Mapping[str, Deed] = {
    "open": _open,
    "read": _read,
    "bounce-hard": _bounce(hard=True),
    "bounce-soft": _bounce(hard=False),
    "complain": _complain,
    "unsubscribe": _unsubscribe,
    "out-of-office": _out_of_office,
    "scan": _scan,
}

_SAID: Mapping[str, str] = {
    "hard-bounce": "Reported: this address does not exist (a hard bounce).",
    "soft-bounce": "Reported: this mailbox was full just now (a soft bounce).",
    "complaint": "Reported: the lead called this mail spam.",
    "one-click": "Sent what a mailbox's own unsubscribe button sends; the answer was",
    "reply": "The answer is on its way; it is passed on to the client's owner.",
    "no-words": "An answer needs some words; nothing was sent.",
    "out-of-office": "The mailbox answered by itself; nobody is to notice.",
    "nowhere": "Nobody takes mail at the address that this mail wants to be answered at.",
    "scan": "A scanner followed every link of the mail. Links followed:",
}


def said(done: str) -> str:
    """What was done just now; only words of ours, and a number at most."""
    name, _, number = done.rpartition("-")
    if number.isdecimal() and number.isascii() and name in _SAID:
        return f"{_SAID[name]} {number}."
    return _SAID.get(done, "")
