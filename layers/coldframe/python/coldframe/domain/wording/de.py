"""German."""

from typing import Final

WORDS: Final = {
    "required": "Bitte füllen Sie das aus.",
    "tick": "Bitte kreuzen Sie das an, um fortzufahren.",
    "address": "Bitte geben Sie Ihre E-Mail-Adresse ein.",
    "not_address": "Das ist keine E-Mail-Adresse.",
    "not_text": "Das muss Text sein.",
    "unkeepable": "Ein Zeichen darin kann nicht gespeichert werden.",
    "too_long": "Bitte höchstens {most} Zeichen.",
    "too_short": "Bitte mindestens {least} Zeichen.",
    "not_choice": "Bitte wählen Sie eine dieser Möglichkeiten.",
    "not_number": "Bitte geben Sie eine Zahl ein, z. B. 12 oder 2.5.",
    "too_small": "Bitte {least} oder mehr.",
    "too_large": "Bitte {most} oder weniger.",
    "not_date": "Bitte geben Sie ein Datum ein, z. B. 2026-11-21.",
    "too_early": "Bitte {least} oder später.",
    "too_late": "Bitte {most} oder früher.",
    "not_ticked": "Das ist entweder angekreuzt oder nicht.",
    "not_phone": "Das ist keine Telefonnummer.",
    "not_phone_abroad": (
        "Bitte geben Sie die Telefonnummer mit Landesvorwahl ein, z. B. +43 1 234567."
    ),
    "meant": (
        "Meinten Sie {address}? Wenn Ihre Adresse so stimmt, senden Sie sie einfach noch einmal."
    ),
    "mend": "Bitte sehen Sie sich die markierten Felder an.",
    "mend_title": "Einige Felder sind zu berichtigen",
    "optional": "wenn Sie möchten",
    "choose": "Bitte wählen",
    "leave_empty": "Bitte leer lassen",
    "somebody_else": "Jemand anderes? Das ganze Formular zeigen.",
    "thanks_title": "Vielen Dank",
    "thanks": "Ihre Angaben sind angekommen.",
    "result": "Ihr Ergebnis",
    "on": "Weiter",
    "no_form": "Dieses Formular gibt es nicht",
    "disown_title": "Das waren nicht Sie?",
    "disown": (
        "Jemand hat {sender} Ihre Adresse gegeben. Ein Klick, und Sie bekommen nichts "
        "mehr von dort."
    ),
    "disown_button": "Das war ich nicht",
    "disowned_title": "Danke für den Hinweis",
    "disowned": "{sender} schickt Ihnen nichts mehr.",
    "disown_mail": "Sie haben das nicht angefordert? Sagen Sie es uns:",
    "disown_link": "das war ich nicht",
    "yes": "Ja",
    "no": "Nein",
    "save": "Speichern",
    "file_ended": "Ihr Link ist abgelaufen",
    "file_gated": "Diese Datei gehört zu einem Formular",
    "file_form": "Füllen Sie das Formular aus, dann bekommen Sie einen eigenen Link.",
}
