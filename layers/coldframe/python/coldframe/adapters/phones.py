"""Telephone numbers in E.164, by Google's numbering plans; imported when one is first asked."""


def e164(text: str, country: str) -> str | None:
    """From the module that knows numbers: the package itself loads all the others it has."""
    from phonenumbers.phonenumberutil import (
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_possible_number,
        parse,
    )

    try:
        number = parse(text, country or None)
    except NumberParseException:
        return None
    if not is_possible_number(number) or number.extension:
        return None
    return str(format_number(number, PhoneNumberFormat.E164))
