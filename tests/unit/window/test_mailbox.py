from dataclasses import replace
from time import perf_counter

from starlette.testclient import TestClient

from tests.fakes.town.town import FakeTown
from workbench.local.town import SentMail
from workbench.window.app import create_app
from workbench.window.mailbox import PAGE, Mailbox, Query


def many(town: FakeTown, count: int) -> list[SentMail]:
    mail = next(one for one in town.mails() if one.html)
    return [replace(mail, id=f"m{number}", subject=f"Letter {number}") for number in range(count)]


def test_pages_follow_each_other_without_gap_or_repeat(town: FakeTown) -> None:
    mailbox = Mailbox(lambda: many(town, 120))

    seen, before = [], None
    while True:
        page = mailbox.page(Query(before=before))
        seen += [mail.subject for mail in page.mails]
        if page.older is None:
            break
        before = page.older

    assert seen == [f"Letter {number}" for number in reversed(range(120))]


def test_a_page_that_is_exactly_full_has_nothing_older(town: FakeTown) -> None:
    mailbox = Mailbox(lambda: many(town, PAGE))

    assert mailbox.page(Query()).older is None


def test_mails_are_found_by_address_subject_and_words_in_any_case(town: FakeTown) -> None:
    mailbox = Mailbox(town.mails)

    for words in ("ada@EXAMPLE.com guide", "MARTA three tiers"):
        assert mailbox.page(Query(words=words)).mails
    assert not mailbox.page(Query(words="ada zeppelin")).mails


def test_a_mail_that_comes_later_is_there_at_the_next_look(town: FakeTown) -> None:
    mails = many(town, 2)
    mailbox = Mailbox(lambda: mails)
    before = mailbox.count(Query())

    mails.append(replace(mails[0], id="later"))

    assert mailbox.count(Query()) == before + 1
    assert mailbox.get("later") is not None


def test_addresses_stand_in_the_order_of_their_newest_mail(town: FakeTown) -> None:
    found = Mailbox(town.mails).correspondences("bakery")

    assert [one.newest.at for one in found] == sorted(
        (one.newest.at for one in found), reverse=True
    )
    assert sum(one.count for one in found) == Mailbox(town.mails).count(Query(client="bakery"))


def test_ten_thousand_mails_are_listed_and_searched_quickly(empty: FakeTown) -> None:
    empty.people["bakery"].submit("cake-guide", {"email": "ada@example.com"})
    empty.settle()
    for mail in many(empty, 10_000):
        empty.deliver(mail)
    with TestClient(create_app(empty), base_url="http://127.0.0.1") as browser:
        browser.get("/mail")

        started = perf_counter()
        for path in ("/mail", "/mail?q=Letter+7", "/mail?before=5000", "/mail/leads", "/mail/m77"):
            assert browser.get(path).status_code == 200
        assert (perf_counter() - started) / 5 < 0.5


def test_a_notice_about_a_lead_stands_under_whom_it_went_to(town: FakeTown) -> None:
    found = {one.newest.recipient: one.count for one in Mailbox(town.mails).correspondences()}

    assert found["ada@example.com"] == 3
    assert found["rosa@lindenbakery.example"] == 1
