"""The doctor adds up what clients of one account say that they send, and says if SES lets them."""

from pathlib import Path

import pytest

from coldframe.domain.allowance import Allowance
from workbench.operating.allowances import Sharing, sharing
from workbench.operating.finding import Finding

QUOTA = {"MaxSendRate": 14.0, "Max24HourSend": 50_000.0, "SentLast24Hours": 3.0}
CLIENT = """\
name: {name}
zone: Europe/Vienna
locale: en
sender: {{name: Rosa, address: rosa@bakery.example}}
owner: {{name: Rosa, address: rosa@bakery.example}}
postal: Lindengasse 14, 1070 Vienna
topics: {{letters: Letters}}
account: "{account}"
{sending}
"""


def written(clients: Path, name: str, sending: str = "", *, account: str = "111122223333") -> Path:
    folder = clients / name
    folder.mkdir()
    text = CLIENT.format(name=name, account=account, sending=sending)
    (folder / "client.yaml").write_text(text)
    return folder


def test_who_declares_nothing_is_asked_nothing(tmp_path: Path) -> None:
    assert sharing(written(tmp_path, "linden"), "prod") is None


def test_clients_of_one_account_share_it_and_others_do_not(tmp_path: Path) -> None:
    folder = written(tmp_path, "linden", "sending: {rate: 10, a_day: 100}")
    written(tmp_path, "harbor", "sending: {rate: 3}")
    written(tmp_path, "quiet")
    written(tmp_path, "abroad", "sending: {rate: 90}", account="444455556666")

    found = sharing(folder, "prod")

    assert found == Sharing(own=Allowance(rate=10, a_day=100), others={"harbor": Allowance(rate=3)})


@pytest.mark.parametrize(
    ("own", "others", "wrong"),
    [
        (Allowance(rate=14, a_day=50_000), {}, []),
        (Allowance(rate=15), {}, ["rate"]),
        (Allowance(rate=10), {"harbor": Allowance(rate=5)}, ["rate"]),
        (Allowance(rate=1, a_day=50_001), {}, ["day"]),
        (Allowance(rate=1, a_day=30_000), {"harbor": Allowance(rate=1, a_day=30_000)}, ["day"]),
        (Allowance(rate=99, a_day=99_000), {}, ["rate", "day"]),
    ],
)
def test_what_they_say_in_sum_must_fit(
    own: Allowance, others: dict[str, Allowance], wrong: list[str]
) -> None:
    found = [each for each in Sharing(own=own, others=others).findings(QUOTA) if not each.holds]

    assert [word for each in found for word in ("rate", "day") if word in each.claim.split()] == (
        wrong
    )
    assert not any(each.blocks for each in found)


def test_it_says_how_much_of_what_and_who_declares_none() -> None:
    allowance = Sharing(own=Allowance(rate=2, a_day=9_000), others={"harbor": Allowance(rate=3)})

    rate, day = allowance.findings(QUOTA)

    assert rate.found == "5 of 14 a second"
    assert day.found == "9,000 of 50,000 in 24 hours, 3 sent; harbor declares none"


def test_an_account_without_a_quota_has_room_for_any_day() -> None:
    found: list[Finding] = list(
        Sharing(own=Allowance(rate=1, a_day=10), others={}).findings(
            {**QUOTA, "Max24HourSend": -1.0}
        )
    )

    assert len(found) == 1
