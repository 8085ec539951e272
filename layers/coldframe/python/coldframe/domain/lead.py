"""Who a lead is: an address in its conservative normal form, and a keyed hash of it."""

import hashlib
import hmac

from coldframe.domain.errors import InvalidAddress

LONGEST_LOCAL = 64
LONGEST_LABEL = 63
LONGEST_ADDRESS = 254
ATOM = frozenset("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+/=?^_`{|}~-.")
LABEL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
OTHER_DOTS = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61", "."))


def lead_id(key: bytes, address: str) -> str:
    """The same address is the same lead; without the key nobody can tell whose id it is."""
    return hmac.new(key, address.encode(), hashlib.sha256).hexdigest()[:26]


def normal_address(text: str) -> str:
    """Trimmed, NFC, lower case, IDNA domain; no dot or plus tag is touched.

    InvalidAddress tells the person who typed it what is wrong.
    """
    address = _composed(text.strip()).lower()
    if not address:
        raise InvalidAddress("Please enter your email address.")
    local, at, domain = address.rpartition("@")
    if not at:
        raise InvalidAddress("An email address has an @ in it, like ada@example.com.")
    normal = f"{_local(local)}@{_domain(domain)}"
    if len(normal) > LONGEST_ADDRESS:
        raise InvalidAddress("This is longer than an email address can be.")
    return normal


def _composed(text: str) -> str:
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFC", text)


def _local(local: str) -> str:
    if not local:
        raise InvalidAddress("Something is missing before the @.")
    if "@" in local:
        raise InvalidAddress("An email address has only one @.")
    if not local.isascii():
        raise InvalidAddress("Before the @, we can only use letters without accents, for now.")
    if not ATOM.issuperset(local):
        raise InvalidAddress("There is a character before the @ that an address can't have.")
    if local.startswith(".") or local.endswith(".") or ".." in local:
        raise InvalidAddress("A dot before the @ stands between other characters.")
    if len(local) > LONGEST_LOCAL:
        raise InvalidAddress("The part before the @ is too long.")
    return local


def _domain(domain: str) -> str:
    labels = [_label(label) for label in domain.translate(OTHER_DOTS).split(".")]
    if len(labels) == 1:
        raise InvalidAddress("After the @ comes a domain with a dot, like example.com.")
    if labels[-1].isdigit():
        raise InvalidAddress("After the @ comes a domain name, not a number.")
    return ".".join(labels)


def _label(label: str) -> str:
    ascii_label = label if label.isascii() else _punycode(label)
    if not ascii_label:
        raise InvalidAddress("After the @, a part of the domain is missing.")
    well_formed = LABEL.issuperset(ascii_label) and "-" not in (ascii_label[0], ascii_label[-1])
    if not well_formed or len(ascii_label) > LONGEST_LABEL:
        raise InvalidAddress("After the @, this is not a domain name.")
    return ascii_label


def _punycode(label: str) -> str:
    """IDNA 2008's form. Python's own codec is the 2003 one, where straße.de is strasse.de."""
    import unicodedata

    stable = unicodedata.normalize("NFKC", label) == label
    letters = all(c == "-" or unicodedata.category(c)[0] in "LMN" for c in label)
    if not stable or not letters or unicodedata.category(label[0])[0] == "M":
        raise InvalidAddress("After the @, this is not a domain name.")
    return "xn--" + label.encode("punycode").decode()
