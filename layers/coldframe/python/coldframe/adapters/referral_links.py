"""A lead's own link, for others to come by: it names the lead and its mailbox by keyed hashes."""

from urllib.parse import urlsplit, urlunsplit

from coldframe.adapters.links import SignedLinks
from coldframe.domain.lead import lead_id
from coldframe.domain.mailbox import mailbox_named
from coldframe.domain.profile import Profile
from coldframe.domain.referral import REFER, WORD

FORM = "form:"


def referral_link(links: SignedLinks, profile: Profile, target: str, base_url: str) -> str:
    """``target``: a page of the client's, or `form:<name>`."""
    mailbox = lead_id(links.keys().id, mailbox_named(profile.address))
    token = links.sign(REFER, lead=profile.lead, message=mailbox)
    own = f"{base_url}/forms/{target.removeprefix(FORM)}"
    parts = urlsplit(own if target.startswith(FORM) else target)
    query = "&".join(filter(None, [parts.query, f"{WORD}={token}"]))
    return urlunsplit(parts._replace(query=query))
