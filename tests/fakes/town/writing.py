"""A fake client's mails, as SES would take them."""

from datetime import datetime
from html import escape

from coldframe.domain.message import Message
from coldframe.domain.playbook import Mail
from coldframe.domain.profile import Profile
from coldframe.domain.touchpoint import short_hash
from tests.fakes.town.books import Book
from workbench.local.town import SentMail

_HTML = """<!doctype html><html><head><meta name="color-scheme" content="light dark"><style>
body{{margin:0;background:#f6ede1;font:17px/1.6 Georgia,serif;color:#3b2a20}}
div{{max-width:34rem;margin:2rem auto;background:#fffaf3;border-radius:10px;padding:2rem}}
h1{{color:#7a2e1d;font-weight:normal;font-size:27px;line-height:1.2}}a{{color:#8f3520}}
@media(prefers-color-scheme:dark){{body{{background:#1f1712;color:#f3e7d9}}
div{{background:#2b201a}}h1,a{{color:#f2b48f}}}}</style></head><body><div>
<h1>{subject}</h1><p>Hello {name},</p><p>{body}</p>{links}
<p><small><a href="{out}">No more letters, with one click</a></small></p>
</div></body></html>"""


def written(
    message: Message, mail: Mail | None, *, profile: Profile, book: Book, url: str, at: datetime
) -> SentMail:
    """``mail`` is None for a hand-off's notice, which goes to the owner."""
    known = profile.fields.get("first_name")
    name = known.value if known else "there"
    subject = book.subjects.get(message.mail, f"{profile.address} is ready for you")
    body = book.bodies.get(message.mail, "A lead has come to the end of the journey.")
    links = [f"{url}/go/{message.id}.{index}" for index in range(message.links)]
    out = f"{url}/unsubscribe/{message.lead}"
    listed = "".join(f'<p><a href="{link}">Read on</a></p>' for link in links)
    html = _HTML.format(
        subject=escape(subject), name=escape(name), body=body, out=out, links=listed
    )
    client = book.client
    return SentMail(
        id=short_hash("ses", message.id, str(at)),
        at=at,
        client=client.client,
        lead=message.lead,
        message=message.id,
        mail=message.mail,
        sender=f"{client.sender.name} <{client.sender.address}>",
        recipient=profile.address if mail else client.owner.address,
        subject=subject,
        html=html if mail and mail.format == "html" else None,
        text="\n".join([f"Hello {name},", "", body, "", *links, "", "-- ", client.postal, out]),
        headers=(
            ("Reply-To", client.reply_to),
            ("List-Unsubscribe", f"<{out}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ),
        tags={"lead": message.lead, "message": message.id, "mail": message.mail},
    )
