"""What a lead chooses for itself, on the deployed clients: its preferences, and coming back."""

import csv
import json
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.e2e.people import FORM, mails_to, names_of, partition, post, record
from workbench.cloud.web import Reply
from workbench.exporting.columns import columns
from workbench.exporting.file import Format, Leads
from workbench.exporting.walking import Export
from workbench.leads.roster import Roster
from workbench.local.deployed import DeployedTown
from workbench.local.town import SentMail

pytestmark = pytest.mark.xdist_group("local cloud")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def page_of(mail: SentMail, page: str) -> str:
    """The mail's own link to one of our pages."""
    return str(re.findall(rf"http\S+/{page}/[\w.-]+", mail.text)[0])


def send(town: DeployedTown, url: str, **fields: str) -> Reply:
    reply = town.request("POST", url, FORM, urlencode(fields))
    town.settle()
    return reply


def test_the_preference_page_says_why_and_looking_changes_nothing(town: DeployedTown) -> None:
    post(town, "chooses@example.com")
    town.settle()
    (mail,) = mails_to(town, "chooses@example.com")
    before = partition(town, mail.lead)

    page = town.follow(page_of(mail, "preferences"))
    town.settle()

    assert page.status == 200
    assert "You filled in “The Linden cake guide”" in page.text
    assert partition(town, mail.lead) == before


def test_a_topic_switched_off_holds_from_the_next_mail_on(town: DeployedTown) -> None:
    post(town, "enough@example.com")
    town.settle()
    (mail,) = mails_to(town, "enough@example.com")

    saved = send(town, page_of(mail, "preferences"), action="save", a_week="", paused_until="")
    town.advance(8 * DAY)

    assert saved.status == 200
    assert "Saved." in saved.text
    assert "case-study" not in names_of(mails_to(town, "enough@example.com"))
    found = record(town, "enough@example.com")
    assert found.gate.unsubscribed_at is None
    assert found.profile is not None
    assert found.profile.consents == {}


def test_a_pause_puts_mails_off_until_its_day(town: DeployedTown) -> None:
    post(town, "pauses@example.com")
    town.settle()
    (mail,) = mails_to(town, "pauses@example.com")
    back = (town.now() + 12 * DAY).date().isoformat()
    choice = {"action": "save", "topic.letters": "on", "a_week": "", "paused_until": back}

    send(town, page_of(mail, "preferences"), **choice)
    town.advance(10 * DAY)
    assert "case-study" not in names_of(mails_to(town, "pauses@example.com"))
    town.advance(4 * DAY)

    assert "case-study" in names_of(mails_to(town, "pauses@example.com"))


def test_who_comes_back_is_asked_and_confirming_lifts_the_unsubscribe(town: DeployedTown) -> None:
    address = "returns@example.com"
    post(town, address)
    town.settle()
    assert town.unsubscribe_one_click(mails_to(town, address)[0]) == 200
    town.advance(MINUTE)

    post(town, address, first_name="Ada again")
    town.settle()
    asking = mails_to(town, address)[-1]
    url = page_of(asking, "confirm")
    assert asking.mail == "_confirm"
    assert "letters" in town.follow(url).text
    assert record(town, address).gate.unsubscribed_at is not None

    assert send(town, url).status == 200

    found = record(town, address)
    assert found.gate.unsubscribed_at is None
    assert found.profile is not None
    assert found.profile.consents["letters"].confirmed


def test_one_full_mailbox_is_kept_on_its_message_and_shuts_nothing(town: DeployedTown) -> None:
    """The guide, and what else the address is asked about, comes back each time."""
    post(town, "over@example.com")
    town.settle()
    (mail,) = mails_to(town, "over@example.com")

    town.bounce(mail, hard=False)

    found = record(town, "over@example.com")
    assert found.gate.bounced_at is None
    assert [message.bounce for message in found.messages if message.bounced_at] == ["soft"]


def test_a_leads_own_data_comes_by_a_fresh_link_and_goes_for_good(town: DeployedTown) -> None:
    address = "mine@example.com"
    post(town, address)
    town.settle()
    (mail,) = mails_to(town, address)
    lead = mail.lead

    assert "on its way" in send(town, page_of(mail, "preferences"), action="data").text
    fresh = page_of(mails_to(town, address)[-1], "preferences")
    download = send(town, fresh, action="download")
    assert json.loads(download.text)["profile"][0]["address"] == address

    assert send(town, fresh, action="erase").status == 200
    town.advance(8 * DAY)

    assert sorted(partition(town, lead)) == ["G", "P"]
    assert address not in json.dumps(partition(town, lead))
    assert "case-study" not in names_of(mails_to(town, address))

    post(town, address)
    town.advance(MINUTE)
    assert names_of(mails_to(town, address)).count("cake-guide") == 2


def test_two_leads_are_one_once_a_changed_address_is_confirmed(
    town: DeployedTown, tmp_path: Path
) -> None:
    old, new = "maiden@example.com", "married@example.com"
    first, second = mail_both(town, old, new)

    change(town, first, new)

    assert addresses(town, tmp_path, old, new) == [new]
    one = town.clients()["bakery"].record(first.lead)
    assert one == town.clients()["bakery"].record(second.lead)
    assert [each.id for each in one.identities] == [second.lead]
    for mail in (first, second):
        assert town.follow(page_of(mail, "preferences")).status == 200
        assert town.follow(town.links(mail)[0]).status == 302
    town.advance(5 * DAY)
    assert "case-study" not in names_of(mails_to(town, old))
    assert names_of(mails_to(town, new)).count("case-study") == 1


def test_the_old_address_takes_the_change_back(town: DeployedTown, tmp_path: Path) -> None:
    old, new = "keeps@example.com", "taken@example.com"
    first, _ = mail_both(town, old, new)
    confirmed = change(town, first, new)
    notice = mails_to(town, old)[-1]
    back = page_of(notice, "confirm")

    assert "keeps@" not in town.follow(back).text
    assert addresses(town, tmp_path, old, new) == [new]
    assert send(town, back).status == 200

    assert addresses(town, tmp_path, old, new) == [old]
    assert send(town, confirmed).status == 410
    assert send(town, back).status == 200
    assert addresses(town, tmp_path, old, new) == [old]


def mail_both(town: DeployedTown, *both: str) -> list[SentMail]:
    """Two leads, and the first mail to each."""
    for address in both:
        post(town, address, first_name=address.partition("@")[0])
        town.advance(MINUTE)
    return [mails_to(town, address)[0] for address in both]


def change(town: DeployedTown, mail: SentMail, new: str) -> str:
    """The link that confirmed it."""
    asked = send(town, page_of(mail, "preferences"), action="address", address=new)
    url = page_of(mails_to(town, new)[-1], "confirm")
    assert (asked.status, town.follow(url).status, send(town, url).status) == (200, 200, 200)
    town.advance(5 * MINUTE)
    return url


def addresses(town: DeployedTown, folder: Path, *of: str) -> list[str]:
    """Those of these that stand in an export."""
    return [row["email"] for row in exported(town, folder) if row["email"] in of]


def exported(town: DeployedTown, folder: Path) -> list[dict[str, str]]:
    client = town.clients()["bakery"]
    file = Leads(path=folder / "leads.csv", format=Format.CSV, columns=columns(client.compiled, ()))
    Export(
        roster=Roster(table=client._table, sleep=lambda _: None),
        knowing=client.compiled.reactions.knowing,
        file=file,
        now=town.now(),
    )()
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text, delimiter=file.separator))


def test_the_mailed_link_to_the_data_ends_after_a_day(town: DeployedTown) -> None:
    address = "late@example.com"
    post(town, address)
    town.settle()
    send(town, page_of(mails_to(town, address)[0], "preferences"), action="data")
    late = page_of(mails_to(town, address)[-1], "preferences")
    town.advance(DAY + MINUTE)

    assert town.follow(late).status == 410
    assert send(town, late, action="erase").status == 410
    assert record(town, address).profile is not None
