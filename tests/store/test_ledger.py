"""What is spent is written down before it is spent, and a limit stops."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from packdesk.domain.prices import BUILT_IN
from packdesk.domain.spending import ModelSum, Purchase, check_month
from packdesk.errors import (
    InvalidInputError,
    InvalidSettingError,
    LedgerUnwritableError,
    SpendingLimitError,
)
from packdesk.store.ledger import Ledger, begin_prices, read_prices

if TYPE_CHECKING:
    from pathlib import Path

PICTURE = Purchase("some-model", "2K", "front", 0.101)
SPENDER = """
import sys
from pathlib import Path
from packdesk.domain.spending import Purchase
from packdesk.errors import SpendingLimitError
from packdesk.store.ledger import Ledger
ledger, paid = Ledger(Path(sys.argv[1]), 1.0), 0
for _ in range(20):
    try:
        ledger.close(ledger.open(Purchase("m", "1K", "front", 0.1)), "picture")
        paid += 1
    except SpendingLimitError:
        pass
print(paid)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "spending.sqlite3"


def test_what_came_and_what_may_have_come_is_counted(file: Path) -> None:
    ledger = Ledger(file)
    ledger.close(ledger.open(PICTURE), "picture")
    ledger.close(ledger.open(PICTURE), "none")
    ledger.open(PICTURE)  # its program was killed
    report = ledger.report()
    assert (report.pictures, report.usd, report.perhaps_usd) == (2, 0.202, 0.101)
    assert report.models == (ModelSum("some-model", 2, 0.202),)
    assert ledger.report("2001-01").pictures == 0


def test_the_dearest_model_comes_first(file: Path) -> None:
    ledger = Ledger(file)
    for model, usd in (("cheap", 0.1), ("dear", 0.5), ("middle", 0.3), ("cheap", 0.1)):
        ledger.close(ledger.open(Purchase(model, "1K", "front", usd)), "picture")
    assert [(one.model, one.pictures, one.usd) for one in ledger.report().models] == [
        ("dear", 1, 0.5),
        ("middle", 1, 0.3),
        ("cheap", 2, 0.2),
    ]


def test_only_the_owner_may_read_it(file: Path) -> None:
    Ledger(file).open(PICTURE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_limit_stops_and_leaves_no_mark(file: Path) -> None:
    ledger = Ledger(file, 0.202)
    for _ in range(2):
        ledger.open(PICTURE)
    with pytest.raises(SpendingLimitError, match=r"US\$ 0\.20 leaves no room"):
        ledger.open(PICTURE)
    assert ledger.report().left_usd == 0
    assert ledger.report().pictures == 2


def test_several_programs_never_spend_more_than_the_limit(file: Path) -> None:
    def spend(_: int) -> int:
        done = subprocess.run(
            [sys.executable, "-c", SPENDER, str(file)], capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(spend, range(3))) == 10
    assert Ledger(file).report().usd == 1.0


@pytest.mark.parametrize("damage", ["nonsense", "page", "schema"])
def test_a_damaged_ledger_is_kept_aside_told_and_not_in_the_way(file: Path, damage: str) -> None:
    ledger = Ledger(file)
    for _ in range(200):
        ledger.open(PICTURE)
    whole = file.read_bytes()
    spoilt = {
        "nonsense": b"no database " * 500,
        "page": whole[:4096] + b"\xff" * (len(whole) - 4096),
        "schema": whole.replace(b"usd_micros", b"usd_mikros"),
    }[damage]
    file.write_bytes(spoilt)
    ledger.open(PICTURE)
    report = ledger.report()
    assert report.pictures == 1
    (name,) = report.set_aside
    assert file.with_name(name).read_bytes() == spoilt


def test_what_cannot_be_written_stops_only_where_there_is_a_limit(file: Path) -> None:
    file.mkdir()
    free = Ledger(file)
    free.close(free.open(PICTURE), "picture")
    with pytest.raises(LedgerUnwritableError, match="cannot be written"):
        Ledger(file, 5.0).open(PICTURE)
    with pytest.raises(LedgerUnwritableError, match="cannot be read"):
        free.report()


def test_prices_can_be_corrected_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "prices.json"
    assert read_prices(file) == BUILT_IN
    begin_prices(file)
    assert read_prices(file) == BUILT_IN
    file.write_text('{"models": {"gemini-3-pro-image": {"as_of": "2027-01-01", "usd": {"4K": 1}}}}')
    begin_prices(file)  # leaves it as it is
    table = read_prices(file)
    assert (table.price("gemini-3-pro-image", "4K"), table.price("gemini-3-pro-image", "1K")) == (1, 1)
    assert str(table.as_of("gemini-3-pro-image")) == "2027-01-01"
    assert table.price("gemini-3.1-flash-image", "2K") == 0.101
    assert (table.price("another", "1K"), table.as_of("another")) == (1, None)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"models": {"a-model": {"as_of": "x", "usd": {}}}}', "x" * 200_000]
)
def test_a_wrong_file_of_prices_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "prices.json"
    file.write_text(text)
    with pytest.raises(InvalidSettingError, match=r"prices\.json cannot be read"):
        read_prices(file)


@pytest.mark.parametrize("text", ["2026-13", "2026", "26-01", "2026-11-01", ""])
def test_a_month_is_a_year_and_a_number(text: str) -> None:
    assert check_month(" 2026-11 ") == "2026-11"
    with pytest.raises(InvalidInputError):
        check_month(text)
