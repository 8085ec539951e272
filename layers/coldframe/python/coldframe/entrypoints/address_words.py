"""Our own words on the pages by which a lead's address is changed, and changed back."""

from collections.abc import Mapping
from typing import Final

ENGLISH: Final[Mapping[str, str]] = {
    "address_title": "Another address",
    "address": "To get our mails elsewhere, tell us where. We ask back at the new address first.",
    "address_label": "New address",
    "address_button": "Ask at the new address",
    "address_sent": "We write to {address}, if our mails are not unwanted there. Open the link"
    " in that mail within 24 hours.",
    "address_again": "We have just written to {address}: look among spam, too. In an hour you can"
    " ask again.",
    "address_too_many": "That are too many new addresses for one day. Please try again tomorrow.",
    "address_taken_back": "Your address was changed back lately. A week after that you can name"
    " another one.",
    "address_refused": "We were asked to write to this address no more, so we ask at no other one"
    " either. {sender} can help you.",
    "address_same": "That is the address that we write to.",
    "address_confirm_title": "Is this your new address?",
    "address_confirm": "{sender} will write to {address} instead of {old}.",
    "address_confirm_button": "Yes, write to me here",
    "address_confirmed": "{sender} writes to {address} from now on.",
    "undo_title": "Take the change back?",
    "undo": "{sender} will write to {back} again, and no longer to {to}.",
    "undo_button": "That wasn't me: write to me here again",
    "undone_title": "Taken back",
    "undone": "{sender} writes to {back} again. For a week nobody can name another address.",
    "undo_stale": "It was good for a week, or the change has been taken back already.",
    "address_stale": "It was good for 24 hours, or you have named another address since.",
}
GERMAN: Final[Mapping[str, str]] = {
    "address_title": "Eine andere Adresse",
    "address": "Um unsere E-Mails anderswo zu bekommen, nennen Sie uns die neue Adresse. Wir fragen"
    " dort erst nach.",
    "address_label": "Neue Adresse",
    "address_button": "An der neuen Adresse nachfragen",
    "address_sent": "Wir schreiben an {address}, wenn unsere E-Mails dort nicht unerwünscht sind."
    " Öffnen Sie den Link darin binnen 24 Stunden.",
    "address_again": "Wir haben eben an {address} geschrieben: Sehen Sie auch unter Spam nach. In"
    " einer Stunde können Sie noch einmal fragen.",
    "address_too_many": "Das sind zu viele neue Adressen für einen Tag. Versuchen Sie es bitte"
    " morgen wieder.",
    "address_taken_back": "Ihre Adresse wurde eben zurückgeändert. Eine Woche danach können Sie"
    " eine andere nennen.",
    "address_refused": "Wir sollten an diese Adresse nicht mehr schreiben und fragen darum auch an"
    " keiner anderen. {sender} hilft Ihnen gern.",
    "address_same": "An diese Adresse schreiben wir schon.",
    "address_confirm_title": "Ist das Ihre neue Adresse?",
    "address_confirm": "{sender} schreibt dann an {address} statt an {old}.",
    "address_confirm_button": "Ja, hierhin schreiben",
    "address_confirmed": "{sender} schreibt von nun an an {address}.",
    "undo_title": "Die Änderung zurücknehmen?",
    "undo": "{sender} schreibt dann wieder an {back} und nicht mehr an {to}.",
    "undo_button": "Das war ich nicht: wieder hierhin schreiben",
    "undone_title": "Zurückgenommen",
    "undone": "{sender} schreibt wieder an {back}. Eine Woche lang kann niemand eine andere Adresse"
    " nennen.",
    "undo_stale": "Er galt eine Woche, oder die Änderung ist schon zurückgenommen.",
    "address_stale": "Er galt 24 Stunden, oder Sie haben inzwischen eine andere Adresse genannt.",
}
