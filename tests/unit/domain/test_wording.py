"""What forms say by themselves, they say in every language that we have, with the same gaps."""

import re

import pytest

from coldframe.domain.wording.saying import LANGUAGES, _words, say, tongue

GAP = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_gaps(language: str) -> None:
    english, words = _words("en"), _words(language)

    assert words.keys() == english.keys()
    for key, text in words.items():
        assert set(GAP.findall(text)) == set(GAP.findall(english[key])), key
        assert text.strip() == text != ""


def test_a_country_is_spoken_to_in_its_language_and_a_stranger_in_english() -> None:
    assert tongue("de-AT") == "de"
    assert say("on", "pt-BR") == "Continuar"
    assert say("on", "tlh") == "Continue"
