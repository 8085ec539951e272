from pathlib import Path

import pytest

from tests.unit.playbook.folders import bakery, edit, mistakes

CLIENT = "client.yaml"
FORM = "forms/cake-guide.yaml"
LETTER = "broadcasts/baking-letter.yaml"

TYPOS = {
    "a key of the client": (
        (CLIENT, "postal:", "postel:"),
        "client.yaml:7 postel: unknown key; did you mean 'postal'?",
    ),
    "a key that is missing": (
        (CLIENT, "locale: en\n", ""),
        "client.yaml:1: needs `locale`",
    ),
    "a zone": (
        (CLIENT, "Europe/Vienna", "Europe/Viena"),
        "client.yaml:2 zone: there is no time zone 'Europe/Viena'; did you mean 'Europe/Vienna'?",
    ),
    "a zone without its region": (
        (CLIENT, "Europe/Vienna", "Vienna"),
        "client.yaml:2 zone: there is no time zone 'Vienna'; did you mean 'Europe/Vienna'?",
    ),
    "an abbreviation for a zone": (
        (CLIENT, "Europe/Vienna", "CET"),
        "client.yaml:2 zone: there is no time zone 'CET'; write one like 'Europe/Vienna'",
    ),
    "an address": (
        (CLIENT, "address: rosa@lindenbakery.example}\nowner", "address: rosa@linden}\nowner"),
        (
            "client.yaml:5 sender.address: 'rosa@linden' is no mail address;"
            " write e.g. `ada@example.com`"
        ),
    ),
    "a list of addresses": (
        (CLIENT, "alerts: [jonas@", "alerts: [jonas.at."),
        (
            "client.yaml:23 alerts[0]: 'jonas.at.lindenbakery.example' is no mail address;"
            " write e.g. `ada@example.com`"
        ),
    ),
    "a person's key": (
        (CLIENT, "owner: {name:", "owner: {nam:"),
        "client.yaml:6 owner.nam: unknown key; did you mean 'name'?",
    ),
    "quiet hours": (
        (CLIENT, "21:00-08:00", "9pm-8am"),
        "client.yaml:20 quiet_hours: '9pm-8am' are no hours; write e.g. `21:00-08:00`",
    ),
    "a cap of no mails": (
        (CLIENT, "mails: 3", "mails: 0"),
        "client.yaml:19 caps[0].mails: must be 1 or more",
    ),
    "a cap of a year": (
        (CLIENT, "days: 7", "days: 365"),
        "client.yaml:19 caps[0].days: must be 90 or less",
    ),
    "a cap per year": (
        (CLIENT, "days: 7", "per: year"),
        "client.yaml:19 caps[0].per: there is no 'year'; known: 'month', 'week'",
    ),
    "a cap without a span": (
        (CLIENT, "mails: 3, days: 7", "mails: 3"),
        "client.yaml:19 caps[0]: needs either `days` or `per`",
    ),
    "a cap of a kind that is never counted": (
        (CLIENT, "days: 7", "days: 7, kinds: requested"),
        (
            "client.yaml:19 caps[0].kinds: there is no 'requested';"
            " known: 'personal', 'promotion', 'value'"
        ),
    ),
    "a cap of no topic": (
        (CLIENT, "days: 7", "days: 7, topics: [leters]"),
        "client.yaml:19 caps[0].topics[0]: there is no 'leters'; did you mean 'letters'?",
    ),
    "a cap's condition": (
        (CLIENT, "days: 7", "days: 7, when: since(creatd_at) < days(30)"),
        (
            "client.yaml:19 caps[0].when: there is no field 'creatd_at';"
            " did you mean 'created_at'? (character 7)"
        ),
    ),
    "a form's file": (
        (FORM, "gives: cake-guide.pdf", "gives: cake-giude.pdf"),
        (
            "forms/cake-guide.yaml:21 gives: there is no file 'cake-giude.pdf' in files/;"
            " did you mean 'cake-guide.pdf'?"
        ),
    ),
    "for how long a form's links are good": (
        (FORM, "gives: cake-guide.pdf", "gives: {cake-guide.pdf: a while}"),
        (
            "forms/cake-guide.yaml:21 gives.cake-guide.pdf: 'a while' is neither `always` nor a"
            " time, as `90 days`"
        ),
    ),
    "the form that a lead's own link leads to": (
        (CLIENT, "testers:", "referrals: {form: cake-giude}\ntesters:"),
        (
            "client.yaml:22 referrals: there is no form 'cake-giude' in forms/;"
            " did you mean 'cake-guide'?"
        ),
    ),
    "a lead's own link that leads nowhere": (
        (CLIENT, "testers:", "referrals: {}\ntesters:"),
        (
            "client.yaml:22 referrals: needs either `page`, an address of the client's site, or"
            " `form`"
        ),
    ),
    "a cap in words": (
        (CLIENT, "mails: 3", "mails: three"),
        "client.yaml:19 caps[0].mails: is text, but must be a whole number",
    ),
    "a locale": (
        (CLIENT, "locale: en", "locale: english"),
        "client.yaml:3 locale: 'english' is no name; write it like `en-GB`",
    ),
    "a word that YAML reads as no": (
        (CLIENT, "locale: en", "locale: no"),
        (
            "client.yaml:3 locale: is true or false, but must be text"
            " (put quotes around a word like yes, no, on, off)"
        ),
    ),
    "a domain": (
        (CLIENT, "go.lindenbakery.example", "https://go.lindenbakery.example"),
        (
            "client.yaml:9 domains.links: 'https://go.lindenbakery.example' is no domain name;"
            " write e.g. `go.example.com`"
        ),
    ),
    "a site without https": (
        (CLIENT, "https://www", "http://www"),
        (
            "client.yaml:11 sites[0]: 'http://www.lindenbakery.example' must be a whole address"
            " that begins with https://"
        ),
    ),
    "a colon too many": (
        (CLIENT, "name: Linden Bakery\n", "name: Linden: Bakery\n"),
        "client.yaml:1: is not YAML here: a second `:` in the line; put the text in quotes",
    ),
    "a tab": (
        (CLIENT, "  letters:", "\tletters:"),
        "client.yaml:14: is not YAML here: a tab; indent with spaces",
    ),
    "a field that nobody declared": (
        (FORM, "first_name:", "fist_name:"),
        (
            "forms/cake-guide.yaml:10 fields.fist_name: is not declared in fields.yaml;"
            " did you mean 'first_name'?"
        ),
    ),
    "a type of field": (
        (FORM, "type: text", "type: txt"),
        "forms/cake-guide.yaml:11 fields.first_name.type: there is no 'txt'; did you mean 'text'?",
    ),
    "a topic of a consent": (
        (FORM, "topic: letters", "topic: leters"),
        (
            "forms/cake-guide.yaml:16 fields.letters.topic: there is no 'leters';"
            " did you mean 'letters'?"
        ),
    ),
    "a consent without its words": (
        (FORM, "text: >-", "label: >-"),
        "forms/cake-guide.yaml:14 fields.letters: needs `text`",
    ),
    "a form without an address": (
        (FORM, "    required: true\n", ""),
        (
            "forms/cake-guide.yaml:5 fields: needs the lead's address:"
            " `email: {type: email, required: true, …}`"
        ),
    ),
    "a redirect without https": (
        (FORM, "https://", "http://"),
        (
            "forms/cake-guide.yaml:3 redirect: 'http://www.lindenbakery.example/thank-you' must be"
            " a whole address that begins with https://"
        ),
    ),
    "required in words": (
        (FORM, "required: true", "required: always"),
        "forms/cake-guide.yaml:9 fields.email.required: is text, but must be true or false",
    ),
    "a schedule of five fields": (
        (LETTER, "cron(0 10 1 * ? *)", "cron(0 10 1 * *)"),
        (
            "broadcasts/baking-letter.yaml:4 schedule: 'cron(0 10 1 * *)' has 5 fields, but a"
            " schedule has six: minute, hour, day of the month, month, day of the week, year;"
            " e.g. `cron(0 10 1 * ? *)`: the first, at 10:00"
        ),
    ),
    "an hour that no day has": (
        (LETTER, "cron(0 10 1", "cron(0 25 1"),
        "broadcasts/baking-letter.yaml:4 schedule: hour 25 must be between 0 and 23",
    ),
    "a weekday": (
        (LETTER, "1 * ? *", "? * MONN *"),
        (
            "broadcasts/baking-letter.yaml:4 schedule: day of the week 'MONN' is not understood;"
            " did you mean 'MON'?"
        ),
    ),
    "two kinds of day": (
        (LETTER, "1 * ? *", "1 * MON *"),
        (
            "broadcasts/baking-letter.yaml:4 schedule: one of day of the month and day of the week"
            " must be `?`, the other must not"
        ),
    ),
    "a broadcast's mail": (
        (LETTER, "mail: baking-letter", "mail: baking-leter"),
        (
            "broadcasts/baking-letter.yaml:2 mail: there is no mail 'baking-leter';"
            " did you mean 'baking-letter'?"
        ),
    ),
    "a broadcast's topic": (
        (LETTER, "topic: letters", "topic: offers"),
        (
            "broadcasts/baking-letter.yaml:3 topic: there is no topic 'offers' in client.yaml;"
            " known: 'letters'"
        ),
    ),
    "a built-in event": (
        ("events.yaml", "tasting.booked:", "tasting.booked: Booked\nform.submitted:"),
        "events.yaml:2 form.submitted: is built in; leave it out",
    ),
    "a name of an event": (
        ("events.yaml", "webinar.joined:", "Webinar joined:"),
        (
            "events.yaml:2 Webinar joined: 'Webinar joined' is no name for an event;"
            " write it like `tasting.booked`"
        ),
    ),
    "a name of a field": (
        ("fields.yaml", "first_name:", "first_name: Called\nlast-name:"),
        "fields.yaml:2 last-name: 'last-name' is no name for a field; write it like `first_name`",
    ),
}


@pytest.mark.parametrize(("typo", "message"), TYPOS.values(), ids=TYPOS)
def test_a_typo_gives_one_clear_message(
    tmp_path: Path, typo: tuple[str, str, str], message: str
) -> None:
    folder = bakery(tmp_path)
    edit(folder, *typo)

    found = mistakes(folder)

    assert found == [message]


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    for name in ("a zone", "a type of field", "an hour that no day has", "a built-in event"):
        edit(folder, *TYPOS[name][0])
    edit(folder, "emails/reminder.md", "kind: personal", "kind: persnal")

    assert len(mistakes(folder)) == 5
