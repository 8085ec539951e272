"""costs.yaml: checked whole, and never a float."""

from decimal import Decimal
from pathlib import Path

import pytest

from coldframe.domain.money import Money, money_of
from infra.playbook import compile_client
from tests.unit.playbook.folders import bakery, mistakes

COSTS = """\
currency: EUR
sources:
  google: {2026-10: 420, 2026-11: 380.50}
  example.org: {2026-11: "99.99"}
"""


def told(tmp_path: Path, costs: str) -> Path:
    folder = bakery(tmp_path)
    (folder / "costs.yaml").write_text(costs, encoding="utf-8")
    return folder


def test_costs_are_kept_to_the_cent(tmp_path: Path) -> None:
    costs = compile_client(told(tmp_path, COSTS), environment="dev").costs

    assert costs.of("google") == Money(minor=80_050, currency="EUR")
    assert costs.of("google", since="2026-11") == Money(minor=38_050, currency="EUR")
    assert costs.of("google", until="2026-09") == Money(minor=0, currency="EUR")
    assert costs.of("instagram") is None


@pytest.mark.parametrize(
    ("line", "instead", "problem"),
    [
        ("currency: EUR", "currency: EURO", "'EURO' is no currency"),
        ("380.50", "380.505", "'380.505' is no amount of EUR"),
        ("420,", "-1,", "'-1' is no amount of EUR"),
        ("420,", "much,", "'much' is no amount of EUR"),
        ("420,", ".inf,", "is no amount of EUR"),
        ("2026-10", "2026-13", "'2026-13' is no month"),
        ("google", "Google", "'Google' is no source"),
        ("currency: EUR", "money: EUR", "unknown key"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, line: str, instead: str, problem: str
) -> None:
    found = mistakes(told(tmp_path, COSTS.replace(line, instead)))

    assert any(problem in each and each.startswith("costs.yaml:") for each in found)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("49.90", "EUR", 4990),
        (49.9, "EUR", 4990),
        (0.1 + 0.2, "EUR", None),
        ("500", "JPY", 500),
        ("500.5", "JPY", None),
        ("1.234", "KWD", 1234),
        ("-3.50", "USD", -350),
        (Decimal("0.01"), "USD", 1),
        ("1e3", "USD", 100_000),
        *((text, "EUR", None) for text in ("", "x", "NaN", "inf", "1e400", "1e999999", "1,50")),
        (True, "EUR", None),
        (None, "EUR", None),
    ],
)
def test_an_amount_is_whole_coins_or_none(amount: object, currency: str, minor: int | None) -> None:
    found = money_of(amount, currency)

    assert (found.minor if found else None) == minor


def test_money_is_written_with_its_decimals() -> None:
    assert str(Money(minor=4990, currency="EUR")) == "49.90 EUR"
    assert str(Money(minor=500, currency="JPY")) == "500 JPY"
    assert str(Money(minor=1234, currency="KWD")) == "1.234 KWD"
