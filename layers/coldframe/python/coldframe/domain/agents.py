"""Whether a user agent is a browser that people read mail with, by what it says of itself.

Our own words, kept short: names of tools change weekly, but what isn't a browser rarely writes the
opening that all browsers share, and what imitates one mostly adds its own trade.
"""

import re
from typing import Final

PREFETCHER: Final = "mozilla/5.0"
"""Apple Mail's privacy proxy says this much and no more; no browser that people use does."""
_BROWSER: Final = re.compile(r"mozilla/5\.0 \(.*(?:gecko/|applewebkit/|trident/)", re.DOTALL)
_TRADES: Final = re.compile(
    r"(?<!\bcu)bot"
    r"|crawl|spider|slurp|scan|scrap|fetch|harvest|archiv|index|collapsify|ips-agent"
    r"|headless|phantom|selenium|playwright|puppeteer|synthetic|lighthouse|ptst|webpagetest"
    r"|preview|prefetch|prerender|render/|renderer|snapshot|screenshot|thumb"
    r"|monitor|uptime|\bping|check|audit|inspect|valid|verif|analy|survey|insight|optimi[sz]e|detect"
    r"|barracuda|mimecast|proofpoint|safelinks|symantec|trendmicro|forcepoint|zscaler|sophos"
    r"|microsoft office|ms-office|msoffice|virustotal|security|threat|hardenize|netcraft|zgrab"
    r"|google(?!imageproxy)|facebookexternal|feed|rss|news|seo\b|search|site|page ?speed"
    r"|python|curl|wget|java/|\(java\)|okhttp|go-http|\bnode\b|axios|libwww|perl|ruby"
    r"|php|http[-_ ]?client"
    r"|https?:|www\.|\.(?:com|net|org|io|co|ai|observer|info|de|fr|ru)\b|@|\+http|[a-z]ai/"
    r"|agent\b|transcoder|download|proxy|resolver|datanyze|dareboost|silktide|user/"
)
_PICTURE_PROXY: Final = "googleimageproxy"
_TOOLS: Final = re.compile(
    r"(?<!\bcu)bot[/;]|crawler|spider|scanner|headless|preview|barracuda|mimecast|proofpoint"
    r"|safelinks|symantec|trendmicro|curl/|wget/|python-|go-http-client"
)


def reads(agent: str) -> bool:
    """Whether a person could have followed a link with this."""
    said = agent.strip().lower()
    return bool(_BROWSER.match(said)) and "compatible;" not in said and not _TRADES.search(said)


def shows_pictures(agent: str) -> bool:
    """Whether a person could have seen a picture through this: also mail programs and proxies."""
    return not _TOOLS.search(agent.lower())


def prefetches(agent: str) -> bool:
    """Apple's proxy fetches every picture, read or not."""
    return agent.strip().lower() == PREFETCHER


def stands_in(agent: str) -> bool:
    """Gmail's proxy: it fetches when somebody looks, and now and then before."""
    return _PICTURE_PROXY in agent.lower()
