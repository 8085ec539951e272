"""A test mail: to the client's testers alone, marked, outside the ledger and all counting."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from coldframe.adapters.mailer import SesMailer
from coldframe.domain.lead import normal_address
from coldframe.domain.message import RenderedMail
from infra.place import Place

MARK: Final = "[TEST] "


class NotATester(ValueError):
    """The address isn't among the client's testers; the text says whose are."""


def checked_tester(address: str, testers: tuple[str, ...]) -> str:
    wanted = normal_address(address)
    if wanted in {normal_address(each) for each in testers}:
        return wanted
    known = ", ".join(testers) or "nobody yet"
    raise NotATester(
        f"{address} is no tester of this client; add it to `testers:` in client.yaml"
        f" (there: {known})"
    )


def send_test(
    mail: RenderedMail, tester: str, *, place: Place, clients: Callable[[str], Any]
) -> str:
    """SES's id of the mail. Without tags, nothing that SES tells of it belongs to a lead."""
    marked = replace(mail, recipient=tester, subject=f"{MARK}{mail.subject}", headers=(), tags=())
    mailer = SesMailer(clients("sesv2"), configuration_set=place.name, tenant=place.name)
    return mailer.send(marked)
