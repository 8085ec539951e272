"""What an address alone tells: whether it is a desk's, and what it was probably meant to be."""

from typing import Final

ROLES: Final = frozenset(
    {
        *("abuse", "accounting", "accounts", "admin", "administrator", "admissions", "ads"),
        *("advertise", "advertising", "affiliate", "affiliates", "agency", "all", "partner"),
        *("partners", "partnerships", "presse", "promo", "promotions", "publishing", "shop"),
        *("billing", "board", "booking", "bookings", "careers", "compliance", "contact"),
        *("customerservice", "dev", "devnull", "dns", "editor", "enquiries", "enquiry", "events"),
        *("everyone", "feedback", "finance", "ftp", "hello", "help", "helpdesk", "hostmaster"),
        *("hr", "info", "information", "inquiries", "investorrelations", "invoice", "invoices"),
        *(
            "it",
            "jobs",
            "kontakt",
            "legal",
            "list",
            "list-request",
            "mail",
            "mailbox",
            "maildaemon",
        ),
        *("mailer-daemon", "management", "marketing", "media", "news", "newsletter", "no-reply"),
        *("noc", "noreply", "office", "operations", "ops", "orders", "owner", "payments"),
        *("postmaster", "pr", "press", "privacy", "purchasing", "reception", "recruiting", "root"),
        *("sales", "secretary", "security", "service", "spam", "staff", "subscribe", "support"),
        *("sysadmin", "team", "tech", "techsupport", "undisclosed-recipients", "unsubscribe"),
        *("usenet", "uucp", "web", "webadmin", "webmaster", "www"),
    }
)
"""RFC 2142's mailboxes, and the desks that businesses usually have."""

BIG: Final = (
    *("aol.com", "bluewin.ch", "btinternet.com", "comcast.net", "free.fr", "freenet.de"),
    *("gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net", "googlemail.com", "hotmail.co.uk"),
    *("hotmail.com", "hotmail.de", "hotmail.es", "hotmail.fr", "hotmail.it", "icloud.com"),
    *("laposte.net", "libero.it", "live.com", "mail.ru", "me.com", "msn.com", "orange.fr"),
    *("outlook.com", "outlook.de", "outlook.es", "outlook.fr", "protonmail.com", "qq.com"),
    *("sbcglobal.net", "seznam.cz", "t-online.de", "verizon.net", "wanadoo.fr", "web.de"),
    *("wp.pl", "yahoo.co.in", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.com.br"),
    *("yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.it", "yandex.ru", "ymail.com", "zoho.com"),
)
"""Mailbox providers that so many people use that a near miss is a slip rather than a domain."""
_SHORT: Final = 7
"""Characters: everything is near to a short name, so only its ending is looked at."""


def is_role(address: str) -> bool:
    return address.partition("@")[0].partition("+")[0] in ROLES


def meant(domain: str) -> str | None:
    """The big provider that was probably meant: one slip away, by letter or by neighbours."""
    if domain in BIG:
        return None
    size = len(domain)
    near = (big for big in BIG if -1 <= len(big) - size <= 1)
    return next((big for big in near if _one_slip(domain, big)), None)


def _one_slip(typed: str, big: str) -> bool:
    name, own_name = typed.partition(".")[0], big.partition(".")[0]
    if len(big) <= _SHORT and name != own_name:
        return False
    start = next((n for n, (a, b) in enumerate(zip(typed, big, strict=False)) if a != b), None)
    if start is None:
        start = min(len(typed), len(big))
    one, other = typed[start:], big[start:]
    return (
        one[1:] == other
        or one == other[1:]
        or one[1:] == other[1:]
        or (one[2:] == other[2:] and one[:2] == other[1::-1])
    )
