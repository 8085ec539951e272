import pytest

from coldframe.adapters.phones import e164


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("+43 1 234 56 78", "", "+4312345678"),
        ("01 234 56 78", "AT", "+4312345678"),
        ("0043 1 2345678", "AT", "+4312345678"),
        ("(030) 12345678", "DE", "+493012345678"),
        ("030/12345678", "de".upper(), "+493012345678"),
        ("+1 212-555-0123", "AT", "+12125550123"),
        ("٠٣٠١٢٣٤٥٦٧٨", "DE", "+493012345678"),
        ("01 234 56 78", "", None),
        ("call me", "AT", None),
        ("+43", "", None),
        ("1", "AT", None),
        ("+999 123456789", "", None),
        ("01 234 56 78 ext. 5", "AT", None),
        ("01 234 56 78", "XX", None),
        ("", "AT", None),
    ],
)
def test_a_number_is_kept_as_the_world_dials_it(
    typed: str, country: str, number: str | None
) -> None:
    assert e164(typed, country) == number
