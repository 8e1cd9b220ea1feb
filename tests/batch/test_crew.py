"""Processes that make rows: killed, gone on with, and never two ranges in one folder."""

from __future__ import annotations

import csv
import os
import signal
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image
from support.foreign_files import pdf, svg
from support.ranges import CODES, OPTIONS, Range

from packdesk.batch.crew import Crew, _Hand
from packdesk.batch.files import FolderFiles
from packdesk.batch.journal import RowRecord
from packdesk.batch.planning import RangeInputs, plan_range
from packdesk.batch.process import Workshop, work
from packdesk.batch.running import RangeRun
from packdesk.domain.ranges.naming import PATTERN
from packdesk.errors import NotPossibleError, OutputUnwritableError, UnexpectedError
from packdesk.processes import own_processes
from packdesk.services.ranges.orders import OutputKind
from packdesk.settings import Settings
from packdesk.stopping import StoppedError

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Sequence

    from packdesk.batch.running import Listener, RangeOutcome, RangeProgress
    from packdesk.services.ranges.orders import RowOrder


def workshop(one: Range, base: Path) -> Workshop:
    return Workshop(
        design=base, folder=one.out, tables=one.folder, options=OPTIONS, provider="offline", draws=False
    )


def range_run(one: Range, base: Path, orders: Sequence[RowOrder]) -> RangeRun:
    return RangeRun(
        FolderFiles(one.out), Crew(workshop(one, base), 1), orders, "range", source=str(one.table)
    )


def unheard(_: RangeProgress) -> None:
    """Progress nobody follows."""


def test_a_process_that_is_killed_costs_no_row_and_the_range_goes_on(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, "EAN\n" + "\n".join(CODES))
    orders = one.plan().orders
    crew = Crew(workshop(one, base), 1)
    told: list[RowRecord] = []

    def killing(record: RowRecord, fresh: bool) -> None:
        told.append(record)
        if len(told) == 1:
            (hand,) = crew._hands
            os.kill(hand.process.pid or 0, signal.SIGKILL)

    crew.make(orders, killing)
    assert sorted(record.row for record in told) == [2, 3, 4, 5]
    assert {record.state for record in told} == {"made"}

    seen: list[RangeProgress] = []
    outcome = range_run(one, base, orders).run(seen.append)
    assert (outcome.made, outcome.kept, outcome.failed, outcome.noted) == (0, 4, 0, 4)
    assert seen[-1].done == seen[-1].total == 4
    rows = list(csv.DictReader(Path(outcome.report).read_text("utf-8-sig").splitlines()))
    assert [(row["row"], row["state"], row["barcode"]) for row in rows] == [
        (str(number), "made", code) for number, code in enumerate(CODES, 2)
    ]
    with (
        pikepdf.open(outcome.contact_sheets[0]) as sheet,
        pikepdf.open(one.out / f"{orders[0].name}.pdf") as pdf,
    ):
        assert not {"anonymous", "unspecified"} & {str(value) for value in sheet.docinfo.values()}
        assert str(pdf.docinfo["/Title"]) == f"{orders[0].name}, Box 70 x 90 x 45 mm"


def test_pictures_of_rows_may_be_of_any_kind(tmp_path: Path, base: Path) -> None:
    art = tmp_path / "art"
    art.with_suffix(".pdf").write_bytes(pdf())
    art.with_suffix(".svg").write_bytes(svg())
    Image.new("CMYK", (700, 900), (0, 90, 80, 0)).save(art.with_suffix(".tif"))
    one = Range(tmp_path, base, "front\nart.pdf\nart.svg\nart.tif")
    told: list[RowRecord] = []
    Crew(workshop(one, base), 1).make(one.plan().orders, lambda record, _: told.append(record))
    assert [(record.state, record.reason) for record in told] == [("made", "")] * 3


class _Dying(Crew):
    """Its processes are killed as soon as they have a row."""

    def _take(self, hand: _Hand, waiting: deque[RowOrder], listener: Listener) -> None:
        super()._take(hand, waiting, listener)
        if hand.order is not None:
            hand.process.kill()


def test_a_machine_that_ends_every_process_is_not_asked_for_every_row(
    tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("packdesk.batch.crew._MOST_DEATHS", 2)
    one = Range(tmp_path, base, "EAN\n" + "\n".join(CODES))
    told: list[RowRecord] = []
    with pytest.raises(UnexpectedError, match="end again and again"):
        _Dying(workshop(one, base), 1).make(one.plan().orders, lambda record, _: told.append(record))
    assert told == [], "no row is called a failed one for it"


def test_one_range_at_a_time_in_a_folder(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, f"EAN\n{CODES[0]}")
    with one.files.alone(), pytest.raises(NotPossibleError, match="Another range is being made"):
        range_run(one, base, ()).run(unheard)


def test_a_folder_with_another_report_is_left_alone(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, f"EAN\n{CODES[0]}")
    other = tmp_path / "other"
    other.mkdir()
    (other / "report.csv").write_text("mine")
    crew = Crew(workshop(one, base), 1)
    with pytest.raises(OutputUnwritableError, match="already exists"):
        RangeRun(FolderFiles(other), crew, one.plan().orders, "range", source="").run(unheard)
    assert [path.name for path in other.iterdir()] == ["report.csv"]


def test_another_table_replaces_nothing_of_a_range(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, f"EAN\n{CODES[0]}")
    range_run(one, base, ()).run(unheard)
    report = one.out / "report.csv"
    report.write_text("the first one's")
    asked = RangeInputs(one.folder / "other.csv", base, one.out, "", (), PATTERN, OPTIONS)
    for again in (replace(asked, table=one.table, sheet="b"), asked):
        with pytest.raises(OutputUnwritableError, match="is made of another table"):
            plan_range(Settings(), again)
        crew = Crew(workshop(one, base), 1)
        with pytest.raises(OutputUnwritableError, match="is made of another table"):
            RangeRun(one.files, crew, (), "other", source=again.source).run(unheard)
    assert report.read_text() == "the first one's"
    RangeRun(one.files, crew, (), "other", source=asked.source, force=True).run(unheard)
    assert report.read_text() != "the first one's"
    with pytest.raises(OutputUnwritableError, match=r"is made of another table: .*other\.csv"):
        range_run(one, base, ()).run(unheard)


def test_a_process_that_is_asked_to_end_says_nothing(
    tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(_: RowOrder) -> None:
        raise StoppedError

    monkeypatch.setattr("packdesk.batch.process.settle_in", lambda _: None)
    monkeypatch.setattr("packdesk.batch.process.maker_of", lambda *_, **__: SimpleNamespace(make=ended))
    ours, theirs = own_processes().Pipe()
    ours.send("a row")
    work(theirs, workshop(Range(tmp_path, base, "EAN"), base))
    assert ours.recv() == ("ready", None)


class _Here:
    """Rows made in this process."""

    def __init__(self, one: Range) -> None:
        self.maker = one.maker()

    def make(self, orders: Sequence[RowOrder], listener: Listener) -> None:
        for order in orders:
            listener(*self.maker.make(order))


def test_what_an_earlier_run_left_is_told_and_stays(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, "product\nEins\nZwei\nDrei")

    def made() -> RangeOutcome:
        orders = one.plan("{product}-{row}").orders
        return RangeRun(one.files, _Here(one), orders, "range", source="").run(unheard)

    assert made().former == ()
    one.table.write_text("product\nNull\nEins\nZwei", "utf-8")
    (one.out / "Zwei-3.pdf").unlink()
    left = ("Drei-4.pdf", "Eins-2.pdf")
    assert made().former == left
    report = (one.out / "report.csv").read_text("utf-8-sig").splitlines()
    assert report[-2:] == [",Drei-4,no product now,,Drei-4.pdf,,,,", ",Eins-2,no product now,,Eins-2.pdf,,,,"]
    assert {path.name for path in one.out.glob("*.pdf")} >= {*left, "Null-2.pdf", "Eins-3.pdf", "Zwei-4.pdf"}

    one.table.write_text("product;finish\nNull;foil\nEins;\nZwei;", "utf-8")
    one.options = one.options.model_copy(update={"kinds": (OutputKind.GLB,)})
    assert made().former == (*left, "Null-2.pdf"), "those of rows that say the same are still true"


def test_a_full_disk_ends_a_range(tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("packdesk.batch.files.LEAST_FREE", 2**62)
    one = Range(tmp_path, base, "EAN\n" + "\n".join(CODES[:2]))
    run = range_run(one, base, one.plan().orders)
    made = RowRecord(row=2, name="2", inputs="x", state="made")
    heard = run._heard(unheard)
    heard(made, True)
    with pytest.raises(OutputUnwritableError, match="is full"):
        heard(made.model_copy(update={"state": "failed"}), True)
