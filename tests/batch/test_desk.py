"""What a window is told of tables, good and bad, by the process that looks through them."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from support.ranges import CODES
from support.workbooks import formula, number, text, workbook

from packdesk.batch.desk import Desk
from packdesk.batch.looking import LookedAt
from packdesk.batch.process import Workshop
from packdesk.domain.ranges.messages import PAGE_ROWS, Ended, Make, Plan, Planned, Told, Wish
from packdesk.domain.ranges.naming import PATTERN
from packdesk.errors import InvalidInputError, NotPossibleError
from packdesk.sentence import Sentence, joined
from packdesk.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.ranges.messages import Answered


class Asking:
    """Asks about one table again and again."""

    def __init__(self, folder: Path, base: Path) -> None:
        self.folder = folder
        self.looked = LookedAt(read_settings(provider="offline"), folder)
        self.wish = Wish(table=str(folder / "range.csv"), design=str(base), pattern=PATTERN, kinds=("pdf",))

    def plan(self, table: str | bytes = "", *, row: int = 0, **changes: object) -> Planned:
        """What is told of a table, or of the one before."""
        if table:
            data = table.encode() if isinstance(table, str) else table
            (self.folder / "range.csv").write_bytes(data)
        self.wish = self.wish.model_copy(update=changes)
        return self.looked.plan(Plan(number=1, wish=self.wish, row=row))


@pytest.fixture
def asking(tmp_path: Path, base: Path) -> Asking:
    return Asking(tmp_path, base)


def problems(planned: Planned) -> list[tuple[int, int, str]]:
    return [(one.place, one.column, str(one.told.sentence())) for one in planned.problems]


def error(planned: Planned) -> str:
    return "" if planned.error is None else str(planned.error.sentence())


def test_a_table_is_planned_and_told_by_pages(asking: Asking) -> None:
    rows = "\n".join(f"Sol;{CODES[place % 4]};x" for place in range(PAGE_ROWS + 2))
    planned = asking.plan(f"Marke;EAN;Lager\n{rows}", row=3)
    assert (planned.fields, planned.rows, planned.ready) == (("brand", "code", ""), 52, 52)
    assert (planned.example, planned.count, error(planned)) == ("Sol-Tea-5", 0, "")
    page = asking.looked.page(PAGE_ROWS)
    assert (page.numbers, page.cells[0]) == ((52, 53), ("Sol", CODES[2], "x"))
    assert asking.looked.planned(1).plan.orders[3].name == "Sol-Tea-5"
    with pytest.raises(NotPossibleError, match="has changed meanwhile"):
        asking.looked.planned(2)


def test_columns_are_what_somebody_says_they_are(asking: Asking) -> None:
    planned = asking.plan("Marke;Brand\nSol;Luna")
    assert planned.fields == ("brand", "brand")
    assert error(planned).startswith("The columns “Marke” and “Brand” are both the field “brand”.")
    planned = asking.plan(columns={"Marke": "", "Brand": "brand"})
    assert (planned.fields, planned.example) == (("", "brand"), "Luna-Tea-2")
    assert error(asking.plan(columns={"Marke": "", "Brand": ""})).startswith(
        "No column of the table is a field"
    )


def test_cells_that_are_wrong_are_marked_and_other_rows_can_be_seen(asking: Asking, base: Path) -> None:
    planned = asking.plan(
        f"EAN;Breite;front\n4006381330001;;\n{CODES[0]};9000;\n{CODES[1]};;none.png\n{CODES[2]};;"
    )
    assert [(place, column) for place, column, _ in problems(planned)] == [(0, 0), (1, 1), (2, 2)]
    assert planned.problems[2].told.sentence().startswith("There is no file")
    assert (planned.count, planned.ready, planned.example) == (3, 0, "")
    assert [(mark.place, mark.column) for mark in asking.looked.page(0).marks] == [(0, 0), (1, 1), (2, 2)]
    workshop, order = asking.looked.order_to_see(3)
    assert isinstance(workshop, Workshop)
    assert (order.row.code, workshop.design, workshop.provider) == (CODES[2], base, "offline")
    with pytest.raises(InvalidInputError, match="mistyped"):
        asking.looked.order_to_see(0)
    with pytest.raises(NotPossibleError):
        asking.looked.planned(1)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("\n\n", "The table is empty."),
        ("Marke;EAN\n", "The table has headings, but no row below them."),
        (
            ";".join(f"c{number}" for number in range(100_000)) + "\nx",
            "The table has 100,000 columns; 200 are",
        ),
        ("Marke;marke\na;b", "The columns A and B are both called “marke”."),
    ],
)
def test_what_is_no_table_is_told_in_a_sentence(asking: Asking, table: str, sentence: str) -> None:
    planned = asking.plan(table)
    assert error(planned).startswith(sentence)
    assert (planned.headings, planned.rows, asking.looked.page(0).cells) == ((), 0, ())


def test_a_text_has_no_sheets(asking: Asking) -> None:
    assert error(asking.plan("Marke\nSol", sheet="Teas")).startswith(
        "range.csv is no workbook, and has no sheets."
    )


def test_names_that_leave_the_folder_or_are_there_twice(asking: Asking) -> None:
    planned = asking.plan("Datei\n../a\nb\nB")
    assert problems(planned) == [
        (0, 0, "“../a” is no name of a file in the folder."),
        (2, 0, "The rows 3 and 4 have the same file."),
    ]
    assert error(asking.plan("Marke\nSol", pattern="{brand")).startswith(
        "A brace in the pattern “{brand” has"
    )


def test_a_workbook_tells_formulas_and_merged_cells(asking: Asking, tmp_path: Path) -> None:
    rows = [[text("A1", "Marke"), text("B1", "Breite")], [text("A2", "Sol"), formula("B2", "1+1", None)]]
    rows.append([text("A3", "Luna"), number("B3", "80")])
    file = tmp_path / "range.xlsx"
    file.write_bytes(workbook(rows, '<mergeCells count="1"><mergeCell ref="A3:A4"/></mergeCells>'))
    planned = asking.looked.plan(Plan(number=1, wish=asking.wish.model_copy(update={"table": str(file)})))
    assert (planned.sheet, planned.sheets) == ("Range", ("Range",))
    assert (0, 1, "The formula in B2 has no result in the file.") in problems(planned)
    assert (1, 0, "The cell A3 is merged with others.") in problems(planned)


def test_a_base_that_is_gone_and_a_folder_that_is_none(asking: Asking, tmp_path: Path) -> None:
    planned = asking.plan("Marke\nSol", folder=str(tmp_path / "none" / "out"))
    assert error(planned).startswith("There is no folder")
    assert planned.headings == ("Marke",), "the table is shown all the same"
    assert "gone.packdesk" in error(asking.plan(folder="", design=str(tmp_path / "gone.packdesk")))


def test_a_table_that_was_saved_meanwhile_is_read_again(asking: Asking) -> None:
    assert asking.plan("Marke\nSol").rows == 1
    assert asking.plan("Marke\nSol\nLuna").rows == 2


def test_nothing_is_made_of_what_has_changed_since_it_was_seen(asking: Asking, base: Path) -> None:
    own = asking.folder / "own.packdesk"
    shutil.copyfile(base, own)
    asking.plan("Marke\nSol", design=str(own))
    assert len(asking.looked.planned(1).plan.orders) == 1
    os.utime(own, ns=(1, 1))
    with pytest.raises(NotPossibleError, match="The base design has changed meanwhile"):
        asking.looked.planned(1)
    asking.plan()
    (asking.folder / "range.csv").write_text("Marke\nSol\nLuna", "utf-8")
    with pytest.raises(NotPossibleError, match="The table has changed meanwhile"):
        asking.looked.planned(1)


def test_a_sentence_travels_with_what_it_was_made_of() -> None:
    sentence = joined(Sentence("{count} of {file}.", count=1.5, file=Sentence("a {x}", x=2)), "Mend it.")
    received = Told.model_validate_json(Told.of(sentence).model_dump_json()).sentence()
    assert str(received) == "1.5 of a 2. Mend it."
    assert received.values["part0"].values["file"].values == {"x": 2}


@pytest.mark.parametrize(
    ("number", "folder", "sentence"),
    [(2, "out", "The table has changed meanwhile."), (1, "gone/out", "gone/out cannot be written.")],
)
def test_what_cannot_be_made_is_told_and_the_next_can_begin(
    tmp_path: Path, base: Path, number: int, folder: str, sentence: str
) -> None:
    told: list[Answered] = []
    desk = Desk(read_settings(provider="offline"), told.append, tmp_path)  # type: ignore[arg-type]  # as lines are
    (tmp_path / "range.csv").write_text("Marke\nSol", "utf-8")
    (tmp_path / "gone").mkdir()
    wish = Wish(
        table=str(tmp_path / "range.csv"),
        design=str(base),
        pattern=PATTERN,
        kinds=("pdf",),
        folder=str(tmp_path / folder),
    )
    for plan in (Plan(number=1, wish=wish), Plan(number=0, wish=wish)):
        desk.notice(plan.model_copy(update={"number": 1}))
        desk.handle(plan)
    assert [one.kind for one in told] == ["planned"], "an older question is answered no more"
    (tmp_path / "gone").rmdir()
    desk.handle(Make(number=number))
    desk.close()
    ended = told[-1]
    assert isinstance(ended, Ended)
    assert ended.outdated == (number == 2)
    assert ended.error is not None
    assert sentence in str(ended.error.sentence())
