"""“Please stop”, and what only sounds like it."""

import pytest

from coldframe.domain.replies.stop_words import BY_LANGUAGE
from coldframe.domain.replies.stopping import asks_to_stop


def stops(words: str, *languages: str, subject: str = "Re: Cakes", name: str = "Ada Love") -> bool:
    return asks_to_stop(words, subject=subject, name=name, languages=languages)


@pytest.mark.parametrize(
    "words",
    [
        "Stop",
        "STOP!!!",
        "please stop",
        "Unsubscribe",
        "Please unsubscribe me.",
        "remove me from your list",
        "Please stop sending me emails",
        "Don’t email me again",
        "I want to unsubscribe\n\nAda",
        "Can you please take me off your mailing list? Thanks, Ada Love",
        "I would like to be removed from your mailing list.",
        "no more emails please",
    ],
)
def test_a_short_plea_is_understood(words: str) -> None:
    assert stops(words)


@pytest.mark.parametrize(
    "words",
    [
        "Don't stop",
        "please don't stop sending these",
        "don't unsubscribe me",
        "never stop",
        "I can't stop eating your cake",
        "Stop by the shop on Monday",
        "Where is the bus stop?",
        "Stop worrying, the cake was great",
        "Remove the nuts please",
        "Cancel my order",
        "do not send the invoice to me",
        "Please don't send it now",
        "Do not send to this address",
        "I do not receive your emails",
        "Schicken Sie mir keine Nüsse bitte",
        "Please stop sending the guide and call me",
        "Stop\n\nOnly joking, we would love the wedding cake for Saturday",
        "not now",
        "",
    ],
)
def test_what_says_anything_else_is_for_a_person_to_read(words: str) -> None:
    assert not stops(words, *BY_LANGUAGE)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Bitte abmelden"),
        ("de", "Bitte keine E-Mails mehr!"),
        ("de", "Hören Sie auf"),
        ("de", "Können Sie mich bitte aus dem Verteiler nehmen?"),
        ("de", "Bitte senden Sie mir keine E-Mails mehr."),
        ("fr", "Merci de me désabonner"),
        ("fr", "Veuillez me désinscrire"),
        ("fr", "Je ne veux plus recevoir vos mails"),
        ("fr", "Merci de ne plus m'envoyer de mails"),
        ("es", "No quiero recibir más correos"),
        ("it", "Non voglio più ricevere email"),
        ("nl", "Gelieve mij uit te schrijven"),
        ("pt", "Por favor remova meu email da lista"),
        ("fr", "Arrêtez de m'envoyer des mails svp"),
        ("es", "Por favor, no me envíen más correos"),
        ("it", "Non scrivetemi più, grazie"),
        ("nl", "Graag uitschrijven"),
        ("pt", "Por favor, não enviem mais emails"),
    ],
)
def test_it_is_understood_in_the_clients_languages_alone(language: str, words: str) -> None:
    others = [each for each in BY_LANGUAGE if each != language]

    assert stops(words, language)
    assert not stops(words, *others)


@pytest.mark.parametrize(
    "words", ["Bitte nicht abmelden", "N'arrêtez pas", "No paren", "Niet stoppen"]
)
def test_its_opposite_is_none_in_any_language(words: str) -> None:
    assert not stops(words, *BY_LANGUAGE)


def test_an_empty_mail_is_read_by_its_subject_if_that_is_its_own() -> None:
    assert stops("", subject="unsubscribe")
    assert not stops("", subject="Re: unsubscribe")


def test_nobody_who_writes_a_letter_is_cut_short() -> None:
    assert not stops("stop " * 100)
