"""Billed units of a run, and what they cost per 1,000 mails."""

from dataclasses import dataclass, fields

from workbench.bill import prices


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """What AWS would have counted."""

    mails: int = 0
    transitions: int = 0
    write_units: float = 0
    read_units: float = 0
    invocations: int = 0
    requests: int = 0
    published: int = 0
    queue_requests: int = 0
    schedules: int = 0
    logged: int = 0
    """Bytes taken in by CloudWatch's logs."""

    def since(self, earlier: "Units") -> "Units":
        """What was added after ``earlier`` was read."""
        return Units(
            **{f.name: getattr(self, f.name) - getattr(earlier, f.name) for f in fields(self)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a bill."""

    what: str
    units: float
    dollars: float


def itemised(units: Units) -> tuple[Line, ...]:
    """The bill's rows, SES first."""
    compute = units.invocations * prices.LAMBDA_SECONDS * prices.LAMBDA_GB
    lines = (
        ("mails (SES, à la carte)", units.mails, prices.SES_MAIL),
        ("state transitions", units.transitions, prices.STATE_TRANSITION),
        ("table write units", units.write_units, prices.WRITE_UNIT),
        ("table read units", units.read_units, prices.READ_UNIT),
        ("function calls", units.invocations, prices.LAMBDA_REQUEST),
        ("function GB-seconds (assumed)", compute, prices.LAMBDA_GB_SECOND),
        ("HTTP requests", units.requests, prices.HTTP_API_REQUEST),
        ("SES events published", units.published, prices.SNS_PUBLISH),
        ("queue requests", units.queue_requests, prices.SQS_REQUEST),
        ("schedules fired", units.schedules, prices.SCHEDULER_INVOCATION),
        ("logged kB", units.logged / 1_000, prices.LOGGED_KB),
    )
    return tuple(Line(what=what, units=n, dollars=n * price) for what, n, price in lines)


def dollars(units: Units) -> float:
    return sum(line.dollars for line in itemised(units))


def per_thousand_mails(units: Units, *, standing: float = 0.0) -> float:
    """Dollars, everything counted; 0 when nothing was sent.

    ``standing``: dollars to leave out, because a client costs them without any mail as well.
    """
    return 1_000 * (dollars(units) - standing) / units.mails if units.mails else 0.0
