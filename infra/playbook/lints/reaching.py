"""Whether the pages that mails link to are there; only when asked, for a machine may be offline."""

from functools import cache
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

TIMEOUT: Final = 5.0
_AGENT: Final = "Mozilla/5.0 (compatible; coldframe-check)"
_GONE: Final = frozenset({404, 410})


@cache
def unreachable(address: str) -> str:
    """Why not, or nothing. What a server refuses to machines may well open for a person."""
    if not address.startswith("https://"):
        return ""
    request = Request(address, headers={"User-Agent": _AGENT}, method="GET")  # noqa: S310 - https, checked above
    try:
        with urlopen(request, timeout=TIMEOUT):  # noqa: S310 - https, checked above
            return ""
    except HTTPError as error:
        return f"the server says {error.code}" if error.code in _GONE else ""
    except URLError as error:
        return str(error.reason)
    except (TimeoutError, OSError) as error:
        return str(error) or type(error).__name__
