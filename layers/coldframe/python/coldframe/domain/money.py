"""Amounts as they are billed: whole units of the currency's smallest coin, never a float."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

MOST: Final = 10**15
"""In the smallest coin; nobody pays as much at once."""
_CODES: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN"
    " BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL"
    " GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF"
    " KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN"
    " MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD"
    " SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH"
    " UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
_ALL: Final = frozenset(_CODES.split(" "))
_WHOLES: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THOUSANDTHS: Final = "BHD IQD JOD KWD LYD OMR TND"
"""Most coins are hundredths; the one currency's isn't divided, the other's into thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    minor: int
    """Cents, or whatever the currency's smallest coin is."""
    currency: str
    """As ISO 4217 has it: EUR."""

    @property
    def amount(self) -> Decimal:
        return Decimal(self.minor).scaleb(-decimals(self.currency))

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def is_currency(code: object) -> bool:
    return isinstance(code, str) and code in _ALL


def decimals(currency: str) -> int:
    if currency in _WHOLES:
        return 0
    return 3 if currency in _THOUSANDTHS else 2


def money_of(amount: object, currency: str) -> Money | None:
    """``"49.90"``, 49.9 or 49 of a known currency; None: no amount that can be paid in it."""
    if isinstance(amount, bool) or not isinstance(amount, str | int | float | Decimal):
        return None
    try:
        minor = Decimal(str(amount).strip()).scaleb(decimals(currency))
    except (ArithmeticError, ValueError):
        return None
    if not minor.is_finite() or minor != minor.to_integral_value() or abs(minor) > MOST:
        return None
    return Money(minor=int(minor), currency=currency)
