"""What the preference, confirmation and unsubscribe pages say, by language; else in English."""

from datetime import date
from typing import Final

from coldframe.domain.languages import best
from coldframe.entrypoints.address_words import ENGLISH, GERMAN

EN: Final = {
    "title": "Your mails from {sender}",
    "saved": "Saved. It holds from the next mail on.",
    "for": "These are the mails for {address}.",
    "topics": "What may we write about?",
    "often": "How often?",
    "as_usual": "As it comes",
    "a_week": "At most {count} a week",
    "pause": "No mails until (leave empty for no pause)",
    "language": "Language",
    "save": "Save",
    "leave_title": "No more mails",
    "leave": "Unsubscribe from everything",
    "left": "You are unsubscribed: {sender} will send you no more mails of this kind. Tick a topic"
    " and save if you want it again.",
    "complained": "You reported a mail of ours as spam, so we send you nothing more.",
    "why_title": "Why did I get this mail?",
    "why_form": "You filled in “{form}” on {day}.",
    "why_event": "We were told of “{event}” on {day}.",
    "why_journey": "That began “{journey}”, which this mail belongs to.",
    "why_asked": "You asked for it, so it came without any consent to other mails.",
    "why_consent": "On {day} you agreed to “{topic}”: “{text}”",
    "why_topic": "It is about “{topic}”.",
    "data_title": "Your data",
    "data": "We can mail you a link to everything that we know about you, and to have it deleted.",
    "data_button": "Send me the link",
    "data_sent": "A link is on its way to you. It works for 24 hours.",
    "data_later": "Your address was changed lately. A week after that you can ask for the link.",
    "not_a_day": "Please write the day like 2026-12-24, not more than two years ahead.",
    "day": "{0:%d} {month} {0:%Y}",
    "months": "January February March April May June July August September October November"
    " December",
    "unsubscribe_title": "Unsubscribe?",
    "unsubscribe": "You will get no more mails of this kind from {sender}.",
    "unsubscribe_button": "Unsubscribe",
    "unsubscribed_title": "You are unsubscribed",
    "unsubscribed": "{sender} will send you no more mails of this kind.",
    "fewer": "Choose topics, or fewer mails, instead",
    "again": "Changed your mind? Choose what you want",
    "confirm_title": "Do you want this?",
    "confirm": "{sender} would like to send you:",
    "confirm_button": "Yes, send it to me",
    "confirmed_title": "Thank you",
    "confirmed": "You will hear from {sender}. You can end it with one click in every mail.",
    "nothing_to_confirm": "There is nothing left to confirm.",
    "download": "Download everything",
    "erase_title": "Delete everything",
    "erase": "We delete all that we know about {address}, at once and for good. If you write to us"
    " or fill in a form later, we begin anew.",
    "erase_button": "Delete it all",
    "erased": "Everything is deleted.",
    "stale_title": "This link has expired",
    "stale": "It worked for 24 hours. Ask for a new one on the page that our mails link to.",
}
DE: Final = {
    "title": "Ihre E-Mails von {sender}",
    "saved": "Gespeichert. Es gilt ab der nächsten E-Mail.",
    "for": "Das sind die E-Mails an {address}.",
    "topics": "Worüber dürfen wir schreiben?",
    "often": "Wie oft?",
    "as_usual": "Wie es kommt",
    "a_week": "Höchstens {count} pro Woche",
    "pause": "Keine E-Mails bis (leer lassen für keine Pause)",
    "language": "Sprache",
    "save": "Speichern",
    "leave_title": "Keine E-Mails mehr",
    "leave": "Von allem abmelden",
    "left": "Sie sind abgemeldet: {sender} schickt Ihnen keine solchen E-Mails mehr. Wählen Sie ein"
    " Thema und speichern Sie, wenn Sie es wieder möchten.",
    "complained": "Sie haben eine E-Mail von uns als Spam gemeldet; wir senden nichts mehr.",
    "why_title": "Warum habe ich diese E-Mail bekommen?",
    "why_form": "Sie haben am {day} „{form}“ ausgefüllt.",
    "why_event": "Am {day} wurde uns „{event}“ gemeldet.",
    "why_journey": "Damit begann „{journey}“, wozu diese E-Mail gehört.",
    "why_asked": "Sie haben sie angefordert; mit anderen E-Mails hat das nichts zu tun.",
    "why_consent": "Am {day} haben Sie „{topic}“ zugestimmt: „{text}“",
    "why_topic": "Es geht darin um „{topic}“.",
    "data_title": "Ihre Daten",
    "data": "Wir senden Ihnen einen Link zu allem, was wir über Sie wissen, und zum Löschen.",
    "data_button": "Link zusenden",
    "data_sent": "Ein Link ist unterwegs zu Ihnen. Er gilt 24 Stunden.",
    "data_later": "Ihre Adresse wurde eben geändert. Eine Woche danach senden wir den Link gern.",
    "not_a_day": "Bitte schreiben Sie den Tag wie 2026-12-24, höchstens zwei Jahre voraus.",
    "day": "{0.day}. {month} {0:%Y}",
    "months": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "unsubscribe_title": "Abmelden?",
    "unsubscribe": "Sie bekommen dann keine solchen E-Mails von {sender} mehr.",
    "unsubscribe_button": "Abmelden",
    "unsubscribed_title": "Sie sind abgemeldet",
    "unsubscribed": "{sender} schickt Ihnen keine solchen E-Mails mehr.",
    "fewer": "Lieber Themen oder weniger E-Mails wählen",
    "again": "Anders überlegt? Wählen Sie, was Sie möchten",
    "confirm_title": "Möchten Sie das?",
    "confirm": "{sender} würde Ihnen gern senden:",
    "confirm_button": "Ja, bitte senden",
    "confirmed_title": "Vielen Dank",
    "confirmed": "Sie hören von {sender}. Mit einem Klick in jeder E-Mail können Sie es beenden.",
    "nothing_to_confirm": "Es ist nichts mehr zu bestätigen.",
    "download": "Alles herunterladen",
    "erase_title": "Alles löschen",
    "erase": "Wir löschen alles, was wir über {address} wissen, sofort und endgültig. Wenn Sie uns"
    " später schreiben oder ein Formular ausfüllen, fangen wir von vorn an.",
    "erase_button": "Alles löschen",
    "erased": "Alles ist gelöscht.",
    "stale_title": "Dieser Link ist abgelaufen",
    "stale": "Er galt 24 Stunden. Einen neuen bekommen Sie auf der Seite, die in unseren E-Mails"
    " verlinkt ist.",
}
BY_LANGUAGE: Final = {"en": {**EN, **ENGLISH}, "de": {**DE, **GERMAN}}


class Wording:
    """``say("a_week", count=1)`` in the language nearest to the one that is wanted."""

    def __init__(self, wanted: str) -> None:
        self.language = best(wanted, known=BY_LANGUAGE, own="en")
        self._words = BY_LANGUAGE[self.language]

    def __call__(self, key: str, **told: object) -> str:
        return self._words[key].format(**told)

    def day(self, at: date) -> str:
        month = self._words["months"].split()[at.month - 1]
        return self._words["day"].format(at, month=month)
