"""What is wrong with leads is found in one walk, and only what is wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from coldframe.domain.gate import Gate
from coldframe.domain.profile import Profile
from coldframe.domain.record import LeadRecord
from coldframe.domain.told import Known
from workbench.leads.hygiene import STALE_AFTER, Fault, Finding, Hygiene

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def lead(name: str, *, seen: datetime | None = NOW, **fields: str) -> LeadRecord:
    address = f"{name}@example.com"
    told = {"first_name": name.capitalize(), **fields}
    profile = Profile(
        lead=name,
        address=address,
        created_at=NOW - timedelta(days=300),
        fields={key: Known(value=value, at=NOW, by="t") for key, value in told.items() if value},
        last_seen=seen,
    )
    return LeadRecord(lead=name, profile=profile, gate=Gate(lead=name))


def found(*records: LeadRecord, written_to: str = "") -> tuple[list[Finding], Hygiene]:
    report = Hygiene(
        key_fields=("first_name",),
        phones=("phone",),
        now=NOW,
        stale_after=STALE_AFTER,
        written_to=lambda lead: lead == written_to,
    )
    return list(report.findings(records)), report


def test_a_lead_that_is_well_known_and_awake_is_in_no_list() -> None:
    findings, report = found(lead("ada"), lead("bea", phone="+431234567"))

    assert (findings, report.leads, dict(report.counts)) == ([], 2, {})


def test_each_fault_is_told_with_its_detail_and_since_when() -> None:
    cold = NOW - STALE_AFTER - timedelta(days=1)
    bounced = replace(lead("cy"), gate=Gate(lead="cy", bounced_at=cold))

    findings, report = found(lead("ada", seen=cold), lead("bea", first_name=""), bounced)

    assert [(each.address, each.fault, each.detail, each.since) for each in findings] == [
        ("ada@example.com", Fault.STALE, "181 days", cold),
        ("bea@example.com", Fault.MISSING, "first_name", None),
        ("cy@example.com", Fault.INVALID, "bounced", cold),
    ]
    assert report.counts == {Fault.STALE: 1, Fault.MISSING: 1, Fault.INVALID: 1}


def test_never_touched_is_who_did_nothing_and_was_never_written_to() -> None:
    findings, _ = found(lead("ada", seen=None), lead("bea", seen=None), written_to="bea")

    assert [(each.address, each.fault) for each in findings] == [
        ("ada@example.com", Fault.NEVER_TOUCHED)
    ]


def test_two_of_one_phone_may_be_one_person() -> None:
    twins = [lead("ada", phone="+431234567"), lead("lady.lovelace", phone="+431234567")]

    findings, report = found(*twins)

    assert [each.fault for each in findings] == [Fault.DUPLICATE]
    assert {findings[0].address, findings[0].detail.partition(":")[0]} == {
        "ada@example.com",
        "lady.lovelace@example.com",
    }
    assert report.leads == 2


def test_who_is_gone_is_in_no_count() -> None:
    gone = lead("ada")
    assert gone.profile is not None
    erased = replace(gone, profile=replace(gone.profile, address="", erased_at=NOW))

    findings, report = found(erased)

    assert (findings, report.leads) == ([], 0)
