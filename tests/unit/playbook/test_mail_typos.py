from pathlib import Path

import pytest

from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery, edit, mistakes

STORY = "emails/case-study.md"
REMINDER = "emails/reminder.md"
LAYOUT = "emails/_layout.mjml"
LONG = "x" * 2_000

TYPOS = {
    "a key of a mail": (
        (STORY, "preheader:", "prehedaer:"),
        "emails/case-study.md:3 prehedaer: unknown key; did you mean 'preheader'?",
    ),
    "a link that is too long to be signed": (
        (
            REMINDER,
            "Rosa",
            "[here](https://www.lindenbakery.example/?q=" + "x" * 2000 + ")\n\nRosa",
        ),
        (
            "emails/reminder.md:18: a link of 2036 characters is too long to be signed;"
            " use a shorter one"
        ),
    ),
    "a kind of mail": (
        (STORY, "kind: value", "kind: valuable"),
        "emails/case-study.md:4 kind: there is no 'valuable'; did you mean 'value'?",
    ),
    "a mail's topic": (
        (STORY, "topic: letters", "topic: letter"),
        (
            "emails/case-study.md:5 topic: there is no topic 'letter' in client.yaml;"
            " did you mean 'letters'?"
        ),
    ),
    "a mail without a topic": (
        (STORY, "topic: letters\n", ""),
        "emails/case-study.md:1: needs its `topic`: only leads who said yes to it get the mail",
    ),
    "a mail without front matter": (
        (STORY, "---\n", ""),
        (
            "emails/case-study.md:1: must begin with its front matter: a line `---`,"
            " `subject: …`, a line `---`"
        ),
    ),
    "a requested mail with a topic": (
        ("emails/cake-guide.md", "kind: requested", "kind: requested\ntopic: letters"),
        (
            "emails/cake-guide.md:5 topic: a requested mail has no topic: the lead asked for it, so"
            " it needs no consent; leave the topic out"
        ),
    ),
    "a plain mail with a preheader": (
        (REMINDER, "format: plain", "format: plain\npreheader: Hello"),
        (
            "emails/reminder.md:6 preheader: a plain mail has no preheader:"
            " its first line is shown instead"
        ),
    ),
    "a file": (
        ("emails/cake-guide.md", "file:cake-guide.pdf", "file:cake-giude.pdf"),
        (
            "emails/cake-guide.md:14: there is no file 'cake-giude.pdf' in files/;"
            " did you mean 'cake-guide.pdf'?"
        ),
    ),
    "a lead's own link, where it has none": (
        (REMINDER, "Just answer", "{{ referral_link }}\n\nJust answer"),
        "emails/reminder.md:16: a lead has a link of its own where client.yaml says `referrals:`",
    ),
    "a link without https": (
        (REMINDER, "https://", "http://"),
        (
            "emails/reminder.md:13: 'http://www.lindenbakery.example/stories/a-wedding-cake-in-july'"
            " must begin with https://"
        ),
    ),
    "a link without an address": (
        (REMINDER, "https://www.lindenbakery.example", ""),
        (
            "emails/reminder.md:13: '/stories/a-wedding-cake-in-july' leads nowhere;"
            " write a whole address with https://, `file:guide.pdf`, or `form:` and a form's name"
        ),
    ),
    "a link that holds a field": (
        (REMINDER, "a-wedding-cake-in-july", "{{ lead.first_name | default('ada') }}"),
        (
            "emails/reminder.md:13: a link's target can't hold a placeholder:"
            " it is signed as it stands"
        ),
    ),
    "a field in a mail": (
        (STORY, "lead.first_name", "lead.frist_name"),
        (
            "emails/case-study.md:9: no field 'frist_name' is declared in fields.yaml;"
            " did you mean 'first_name'?"
        ),
    ),
    "a field that may be missing": (
        (STORY, ' | default("there", true)', ""),
        (
            "emails/case-study.md:9: lead.first_name may be missing: not every form that leads here"
            " asks for it and requires it; write {{ lead.first_name | default('…', true) }}"
        ),
    ),
    "a field in a subject": (
        (STORY, "subject: The", 'subject: "{{ lead.name }}: the'),
        "emails/case-study.md:2: is not YAML here: a quote that is not closed",
    ),
    "a word that mails don't have": (
        (STORY, "{{ lead.first_name", "{{ led.first_name"),
        "emails/case-study.md:9: there is no 'led.first_name'; did you mean 'lead.first_name'?",
    ),
    "a filter": (
        (STORY, "| default(", "| defualt("),
        "emails/case-study.md:9: there is no filter 'defualt'; did you mean 'default'?",
    ),
    "a placeholder that does not close": (
        (STORY, "true) }},", "true) },"),
        "emails/case-study.md:9: this placeholder can't be read: unexpected '}'",
    ),
    "a program in a mail": (
        (STORY, "{{ lead.first_name", "{{ client.name.upper() }} {{ lead.first_name"),
        "emails/case-study.md:9: a mail can't use 'call'; see the guide on mails",
    ),
    "a layout without the way out": (
        (LAYOUT, "{{ unsubscribe_url }}", "https://www.lindenbakery.example/"),
        "emails/_layout.mjml:1: needs `{{ unsubscribe_url }}`: the way out, in every mail",
    ),
    "a layout without the postal address": (
        (LAYOUT, "{{ client.postal }}", "Vienna"),
        "emails/_layout.mjml:1: needs `{{ client.postal }}`: the postal address, in every mail",
    ),
    "a layout that is no MJML": (
        (LAYOUT, "</mj-body>", "</mj-bodi>"),
        "emails/_layout.mjml:80: </mj-bodi> closes nothing: <mj-body> of line 56 is open",
    ),
    "a tag of the layout": (
        (LAYOUT, '<mj-text css-class="letter">', '<mj-txt css-class="letter">'),
        "emails/_layout.mjml:67: there is no tag <mj-txt>; did you mean 'mj-text'?",
    ),
    "a footer without the way out": (
        ("emails/_footer.txt", "{{ unsubscribe_url }}", "write to us"),
        "emails/_footer.txt:1: needs `{{ unsubscribe_url }}`: the way out, in every mail",
    ),
    "a footer without the postal address": (
        ("emails/_footer.txt", "{{ client.postal }}", "Vienna"),
        "emails/_footer.txt:1: needs `{{ client.postal }}`: the postal address, in every mail",
    ),
}


@pytest.mark.parametrize(("typo", "message"), TYPOS.values(), ids=TYPOS)
def test_a_typo_in_a_mail_gives_one_clear_message(
    tmp_path: Path, typo: tuple[str, str, str], message: str
) -> None:
    folder = bakery(tmp_path)
    edit(folder, *typo)

    found = mistakes(folder)

    assert found == [message]


@pytest.mark.parametrize(
    ("mail", "link"),
    [
        ("_confirm", "confirm_url"),
        ("_your-data", "data_url"),
        ("_new-address", "address_url"),
        ("_old-address", "undo_url"),
    ],
)
def test_a_mail_of_ours_needs_the_link_that_it_is_for(tmp_path: Path, mail: str, link: str) -> None:
    folder = bakery(tmp_path)
    head = "---\nsubject: From us\nkind: requested\nformat: plain\n---\n"
    own = folder / f"emails/{mail}.md"
    own.write_text(f"{head}Hello.\n", encoding="utf-8")

    (mistake,) = [each for each in mistakes(folder) if f"{mail}.md" in each]
    assert f"needs `{{{{ {link} }}}}`" in mistake

    own.write_text(f"{head}Here: {{{{ {link} }}}}\n", encoding="utf-8")
    assert not [each for each in mistakes(folder) if mail in each]


def test_a_lead_s_own_link_may_be_linked_to_as_it_stands(tmp_path: Path) -> None:
    folder = bakery(tmp_path)
    edit(folder, "client.yaml", "testers:", "referrals: {form: cake-guide}\ntesters:")
    edit(folder, "emails/case-study.md", "# ", "[Pass it on]({{ referral_link }})\n\n# ")

    compiled = compile_client(folder, environment="dev")

    assert 'href="{{ referral_link }}"' in compiled.templates["case-study.html"]
    assert "{{ referral_link }}" in compiled.templates["case-study.text"]
    assert not any("referral" in link for link in compiled.mails["case-study"].links)
