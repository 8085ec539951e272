"""A dozen leads for the fake town, some of them not nice."""

from datetime import timedelta

from tests.fakes.town.town import FakeTown
from workbench.local.town import SentMail

HOSTILE_NAME = "<script>document.title='taken'</script><b onclick=x>Mallory</b>"
HOSTILE_HTML = """<html><head><meta http-equiv="refresh" content="0;url=/"></head>
<body onload="top.document.title='taken'"><script>top.document.title='taken'</script>
<img src="x" onerror="top.document.title='taken'"><form action="/time/step/day" method="post">
<button>Win</button></form><a href="javascript:top.document.title='taken'">click</a>
<a href="/" target="_top">out</a><iframe src="/"></iframe><p>Hostile, but still.</p>
<svg onload="top.document.title='taken'"></svg></body></html>"""


def moved_in(town: FakeTown) -> FakeTown:
    for name in ("Ada", "Grace", "Katherine", "Barbara"):
        _asks(town, name, letters="yes")
    _asks(town, "Linus")
    _opens(town, "Ada", "cake-guide")
    town.advance(timedelta(days=1))
    for name in ("Radia", "Frances", "Annie"):
        _asks(town, name, letters="yes")
    for name in ("Hedy", "Alan", "Edsger"):
        _tries(town, name)
    _opens(town, "Ada", "case-study")
    town.scan(mail_to(town, "Grace", "case-study"))
    town.bounce(mail_to(town, "Frances", "cake-guide"), hard=True)
    _tries(town, HOSTILE_NAME, address="mallory@example.com")
    town.advance(timedelta(hours=20))
    return town


def mail_to(town: FakeTown, name: str, mail: str) -> SentMail:
    address = f"{name.lower()}@example.com"
    return next(one for one in town.mails() if one.mail == mail and one.recipient == address)


def _asks(town: FakeTown, name: str, **more: str) -> None:
    given = {"email": f"{name.lower()}@example.com", "first_name": name}
    town.people["bakery"].submit("cake-guide", {**given, **more})
    town.advance(timedelta(hours=5))


def _tries(town: FakeTown, name: str, address: str = "") -> None:
    given = {"email": address or f"{name.lower()}@engines.example", "first_name": name}
    more = {"company": "Analytical Engines", "product": "yes"}
    town.people["harbor"].submit("trial", {**given, **more})
    town.advance(timedelta(hours=3))


def _opens(town: FakeTown, name: str, mail: str) -> None:
    sent = mail_to(town, name, mail)
    town.open_mail(sent)
    town.people["bakery"].follow(sent.message, 0, "Firefox")
    town.advance(timedelta(minutes=5))
