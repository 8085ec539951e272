import pytest

from coldframe.domain.web_addresses import holds_link


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/x",
        "Ada http://evil",
        "www.evil.com",
        "win at evil.com now",
        "EVIL.RU",
        "evil.example/path",
        "bit.ly/abc",
        "t.me",
        "evil。com",
        "evil．com",
        "ｅｖｉｌ.ｃｏｍ",
        "evil.c\u00adom",
        "evil\u200b.com",
        "evil.\u200dcom",
        "\u2488com",
        "evil.zip",
        "evil.support",
        "пример.рф",
        "例え.jp",
        "192.0.2.7",
        "javascript:alert(1)",
        "mailto:ada@example.com",
        "ada@example.com",
    ],
)
def test_an_address_of_the_web_is_seen(text: str) -> None:
    assert holds_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada",
        "J.R.R. Tolkien",
        "Dr. Ada Lovelace",
        "St. Gallen",
        "O'Hara & Söhne",
        "Zoë 李 🎂 <b>",
        "Linden Bakery Ltd.",
        "3.5",
        "10:30",
        "محمد",
        "ad.hoc",
        "А.С. Пушкин",
        "علی\u200cرضا",
    ],
)
def test_a_name_is_none(text: str) -> None:
    assert not holds_link(text)
