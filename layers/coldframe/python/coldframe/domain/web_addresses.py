"""Whether a text holds an address of the web, which a mail program would make a link of."""

import re

_ENDINGS = (
    "ac|ag|ai|am|app|ar|at|au|be|bg|biz|bond|br|bz|ca|cc|cf|ch|cl|click|cloud|club|cn|co|com|cz|de"
    "|dev|dk|ec|es|eu|fi|fm|fr|fun|ga|gg|gl|gq|gr|hk|hr|hu|icu|id|ie|il|in|info|io|ir|is|it|jp|kr"
    "|kz|la|li|link|live|lt|lu|lv|ly|me|ml|mobi|mx|my|name|net|news|nl|no|nu|nz|online|org|page|ph"
    "|pk|pl|pro|pt|pw|ro|rs|ru|sa|sbs|se|sg|shop|si|site|sk|space|store|su|tech|th|tk|to|top|tr|tv"
    "|tw|ua|uk|us|uz|vip|vn|website|wiki|win|work|ws|xn--[a-z0-9-]+|xyz|za"
    "|academy|agency|art|bank|beauty|bet|bid|blog|business|buzz|cam|care|casa|cash|casino|center"
    "|cfd|chat|company|cyou|date|digital|download|email|express|fit|foundation|finance|fund|game"
    "|games|global|group|guru|help|host|ink|life|loan|loans|lol|media|men|mom|monster|money|mov"
    "|museum|network|one|ooo|party|photography|photos|porn|press|quest|racing|rest|review|rocks"
    "|run|services|sex|solutions|stream|studio|support|systems|tips|today|trade|travel|wang"
    "|world|wtf|xin|xxx|zip|zone"
    "|рф|рус|бел|укр|қаз|中国|中國|公司|网络|网址|香港|台湾|한국|ไทย|भारत"
)
_LINK = re.compile(
    rf"://|\b(?:https?|ftp|javascript|mailto|tel)\s*:|\bwww\d?\.|\b\w[\w-]*\.(?:{_ENDINGS})\b"
    r"|\b\w[\w-]*\.[a-z]{2,24}[/?#:]\S|\b\d{1,3}(?:\.\d{1,3}){3}\b|\S@\S+\.\w",
    re.IGNORECASE,
)
_DOTS = str.maketrans({"\u3002": ".", "\uff0e": ".", "\uff61": ".", "\u2024": ".", "\uff0f": "/"})


def holds_link(text: str) -> bool:
    """Also without ``https://``, and with the dots of other scripts, which browsers take for dots.

    Says yes rather once too often: such a text is left out of mails, and nothing else.
    """
    return _LINK.search(text if text.isascii() else _as_seen(text)) is not None


def _as_seen(text: str) -> str:
    """As it reads: wide and joined letters are letters, and what nobody sees is left out."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", text.translate(_DOTS))
    return "".join(c for c in plain if unicodedata.category(c) != "Cf")
