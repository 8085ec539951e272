"""A lead's zone and language: a field, else its browser, else its country, else the client's."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coldframe.domain.profile import Profile

ZONE: Final = "zone"
LANGUAGE: Final = "language"
FIELD, BROWSER, COUNTRY = "field", "browser", "country"
"""How we know; empty: we don't, and the client's holds."""
Found = tuple[str, str]
NOTHING: Final = ("", "")
ONE_ZONE: Final = {
    "AE": "Asia/Dubai",
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "BG": "Europe/Sofia",
    "CH": "Europe/Zurich",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "EG": "Africa/Cairo",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "GR": "Europe/Athens",
    "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest",
    "IE": "Europe/Dublin",
    "IL": "Asia/Jerusalem",
    "IN": "Asia/Kolkata",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "LU": "Europe/Luxembourg",
    "NG": "Africa/Lagos",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "PK": "Asia/Karachi",
    "PL": "Europe/Warsaw",
    "RO": "Europe/Bucharest",
    "RS": "Europe/Belgrade",
    "SA": "Asia/Riyadh",
    "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore",
    "SI": "Europe/Ljubljana",
    "SK": "Europe/Bratislava",
    "TR": "Europe/Istanbul",
    "ZA": "Africa/Johannesburg",
}
"""Countries of one time zone, as far as their people live; of others we know nothing by this."""
ONE_LANGUAGE: Final = {
    "AT": "de",
    "BG": "bg",
    "CZ": "cs",
    "DE": "de",
    "DK": "da",
    "EG": "ar",
    "FR": "fr",
    "GB": "en",
    "GR": "el",
    "HR": "hr",
    "HU": "hu",
    "IE": "en",
    "IT": "it",
    "JP": "ja",
    "KR": "ko",
    "NL": "nl",
    "NO": "nb",
    "PL": "pl",
    "RO": "ro",
    "SA": "ar",
    "SE": "sv",
    "SI": "sl",
    "SK": "sk",
    "TR": "tr",
}
"""Countries where one language is spoken by nearly all."""
DIALLED: Final = {
    "+971": "AE",
    "+43": "AT",
    "+32": "BE",
    "+359": "BG",
    "+41": "CH",
    "+420": "CZ",
    "+49": "DE",
    "+45": "DK",
    "+20": "EG",
    "+358": "FI",
    "+33": "FR",
    "+44": "GB",
    "+30": "GR",
    "+385": "HR",
    "+36": "HU",
    "+353": "IE",
    "+972": "IL",
    "+91": "IN",
    "+39": "IT",
    "+81": "JP",
    "+82": "KR",
    "+352": "LU",
    "+234": "NG",
    "+31": "NL",
    "+47": "NO",
    "+92": "PK",
    "+48": "PL",
    "+40": "RO",
    "+381": "RS",
    "+966": "SA",
    "+46": "SE",
    "+65": "SG",
    "+386": "SI",
    "+421": "SK",
    "+90": "TR",
    "+27": "ZA",
}
"""Calling codes of those countries; one that several share says nothing."""


def zone_told(profile: "Profile") -> Found:
    """The zone, and how we know it."""
    return _told(profile, ZONE, ONE_ZONE)


def language_told(profile: "Profile") -> Found:
    return _told(profile, LANGUAGE, ONE_LANGUAGE)


def whereabout_facts(profile: "Profile") -> dict[str, object]:
    """What conditions may name, besides the fields themselves."""
    (zone, zone_source), (_, language_source) = zone_told(profile), language_told(profile)
    told = {ZONE: zone, "zone_source": zone_source, "language_source": language_source}
    return {name: value for name, value in told.items() if value}


def country_of(profile: "Profile") -> str:
    """As it says, else as its telephone does; two capital letters."""
    if told := profile.fields.get("country"):
        return told.value.strip().upper()
    phone = profile.fields.get("phone")
    number = phone.value if phone else ""
    return next((DIALLED[number[:n]] for n in (4, 3) if number[:n] in DIALLED), "")


def _told(profile: "Profile", name: str, by_country: dict[str, str]) -> Found:
    if (said := profile.fields.get(name)) and said.value:
        return said.value, FIELD
    if seen := profile.browser.get(name):
        return seen.value, BROWSER
    if found := by_country.get(country_of(profile)):
        return found, COUNTRY
    return NOTHING
