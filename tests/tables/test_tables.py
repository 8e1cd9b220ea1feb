"""Tables as programs of the world write them, and those that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.workbooks import MAIN, formula, number, packed, text, workbook

from packdesk.domain.ranges.table import MOST_ROWS
from packdesk.errors import BadTableError
from packdesk.tables.formats import shown
from packdesk.tables.headings import column_name
from packdesk.tables.reading import read_table

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [("Füllung", "Breite"), ('Tee; „mild", grün', "12,5")]
QUOTED = '{0}{1}Breite\n"Tee; „mild"", grün"{1}"12,5"\n'


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_csv_is_read_whatever_separates_and_encodes_it(tmp_path: Path, separator: str, encoding: str) -> None:
    file = tmp_path / "range.csv"
    file.write_bytes(QUOTED.format("Füllung", separator).encode(encoding))
    table = read_table(file)
    assert [table.headings, *[row.cells for row in table.rows]] == ROWS
    assert table.rows[0].number == 2


def test_what_a_spreadsheet_leaves_around_is_no_product(tmp_path: Path) -> None:
    file = tmp_path / "range.csv"
    file.write_bytes(
        b'sep=;\r\n\r\nbrand;product;;\r\n;;;\r\nSol Field;"Even\r\ning";;\r\n\r\n="A";"=""B""";;\r\n'
    )
    table = read_table(file)
    assert table.headings == ("brand", "product")
    assert [(row.number, row.cells) for row in table.rows] == [
        (4, ("Sol Field", "Even ing")),
        (6, ("A", "B")),
    ]
    assert table.problems == ()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The table is empty."),
        (b"\r\n ; ;\r\n", "The table is empty."),
        (b"brand;product\r\n", "The table has headings, but no row below them."),
        (b"Brand;x;brand\r\na;b;c", "The columns A and C are both called “brand”."),
        (b";".join([b"x"] * 100_000), "The table has 100,000 columns; 200 are possible."),
        (b'brand;product\r\n"a;b\r\nc;d', "A text in the table begins with a quotation mark and never ends."),
        (b'a,b,c\r\n1,"x,3\r\n4,5,6', "A text in the table begins with a quotation mark and never ends."),
        (b'a\tb\r\n1\t"x', "A text in the table begins with a quotation mark and never ends."),
        (b"\x00\x01\x02\x03" * 99, "This is no table packdesk can read."),
        (b"%PDF-1.7\x00\xff", "This is no table packdesk can read."),
        (b"brand\n" + b"a\n" * (MOST_ROWS + 1), "The table has more than 100,000 rows."),
        (b"PK\x03\x04 and no more", "The workbook is damaged, locked, or none."),
        (packed({"xl/workbook.xml": "<no", "a": "b"}), "The workbook is damaged, locked, or none."),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, data: bytes, sentence: str) -> None:
    file = tmp_path / "range.csv"
    file.write_bytes(data)
    with pytest.raises(BadTableError) as told:
        read_table(file)
    assert told.value.sentence == sentence
    assert told.value.remedy


def test_a_workbook_gives_what_is_seen_in_it_and_tells_what_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "range.xlsx"
    rows = [
        [text("A1", "Marke"), text("B1", "EAN"), text("C1", "Breite"), text("D1", "Note")],
        [text("A2", "Sol Field"), number("B2", "4006381333931"), number("C2", "0.30000000000000004")],
        [text("A3", "Tea"), text("B3", "0012345678905"), number("C3", "46000", style=1)],
        [formula("B4", "B2*1", None), formula("C4", "1/0", "#DIV/0!", "e"), formula("D4", "1+1", "2")],
        [text("A5", "Last"), number("C5", "100")],
    ]
    file.write_bytes(workbook(rows, '<mergeCells count="1"><mergeCell ref="A3:A4"/></mergeCells>'))
    table = read_table(file)
    assert table.headings == ("Marke", "EAN", "Breite", "Note")
    assert table.rows[0].cells == ("Sol Field", "4006381333931", "0.3", "")
    assert table.rows[1].cells[:2] == ("Tea", "0012345678905")
    assert table.rows[2].cells[3] == "2"
    assert [(one.row, one.column, one.error.sentence) for one in table.problems] == [
        (3, "Marke", "The cell A3 is merged with others."),
        (3, "Breite", "The cell C3 is a date or a time."),
        (4, "Marke", "The cell A4 is merged with others."),
        (4, "EAN", "The formula in B4 has no result in the file."),
        (4, "Breite", "The formula in C4 ends in an error."),
    ]
    with pytest.raises(BadTableError, match="There is no sheet “Two”"):
        read_table(file, "Two")


def test_numbers_are_read_as_a_workbook_shows_them(tmp_path: Path) -> None:
    file = tmp_path / "range.xlsx"
    shown = [("A", "100", 2), ("B", "0.5", 3), ("C", "12.5", 4), ("D", "12345678905", 5), ("E", "3.5", 6)]
    rows = [
        [text(f"{column}1", column) for column in "ABCDEFG"],
        [number(f"{column}2", value, style) for column, value, style in shown],
        [number("A3", "0.5", 7), '<c r="B3" t="b"><v>1</v></c>', number("C3", "1e20")],
    ]
    file.write_bytes(workbook(rows))
    table = read_table(file)
    assert table.rows[0].cells == ("100 g", "50%", "12.50", "0012345678905", "3.50 €", "", "")
    assert table.rows[1].cells[2] == "1E+20"
    assert table.pointed == {"A": "0.5", "C": "12.50", "E": "3.50 €"}
    assert [(one.column, one.error.sentence) for one in table.problems] == [
        ("A", "The cell A3 shows its number in a format that is not known here."),
        ("B", "The cell B3 is true or false, and no text."),
    ]


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        (-3, "0;[Red]-0", "-3"),
        (-3, "0", "-3"),
        (0, '0;-0;"none"', "none"),
        (1234.5, "#,##0.00", "1234.50"),
        (250, 'General" g"', "250 g"),
        (250, "[$€-407] 0.00", "€ 250.00"),
        (2.5, "0.0#", "2.5"),
        (80.25, '0.0\\ "mm"', "80.3 mm"),
        (5, "[>100]0", None),
        (5, "000-000", None),
        (1234567, '0,,"M"', None),
        (44, "dd.mm", None),
    ],
)
def test_formats_of_numbers(value: float, code: str, told: str | None) -> None:
    assert shown(value, code) == told


def test_the_first_sheet_that_is_seen_is_read_and_told(tmp_path: Path) -> None:
    file = tmp_path / "range.xlsx"
    rows = [[text("A1", "Marke")], [text("A2", "Sol")], [text("A3", "Luna")], [], [text("A5", "Otter")]]
    table = None
    for other in ("", f"<worksheet {MAIN}><sheetData/></worksheet>"):
        file.write_bytes(workbook(rows, before="Other", of_another=other, unseen=frozenset([3, 4])))
        table = read_table(file)
        assert [row.cells for row in table.rows] == [("Sol",), ("Luna",), ("Otter",)]
        assert table.sheet == "Range"
        assert table.sheets == (("Other", "Range") if other else ("Range",)), "a chart has no cells"
    assert table is not None
    hidden = "Rows that are hidden in the workbook are made like the others: 3."
    assert table.notes == (
        hidden,
        "The sheet “Range” of the workbook is read, and nothing of the other one (Other).",
    )
    assert read_table(file, "Range").notes == (hidden,)
    file.write_bytes(workbook([], before="Old", of_another=f"<worksheet {MAIN}><sheetData/></worksheet>"))
    with pytest.raises(BadTableError, match="is empty") as told:
        read_table(file)
    assert (told.value.sheet, told.value.sheets) == ("Range", ("Old", "Range")), "another one may be chosen"
    assert told.value.terminal == "Or name another sheet: --sheet “Old”."


def test_a_cell_that_stands_far_off_is_told(tmp_path: Path) -> None:
    file = tmp_path / "range.xlsx"
    file.write_bytes(workbook([[text("A1", "Marke")], [text("A2", "Sol"), text("XFD1048576", "x")]]))
    with pytest.raises(BadTableError, match="down to row 1,048,576 and to its column 16,384, too far"):
        read_table(file)


def test_rows_that_are_too_wide_and_cells_that_are_too_long_are_told_by_their_place(tmp_path: Path) -> None:
    file = tmp_path / "range.csv"
    file.write_text("brand,product\na,b,c\nd," + "x" * 2001, "utf-8")
    table = read_table(file)
    assert [one.place for one in table.problems] == ["row 2", "row 3, column “product”"]


TITLED = [
    [text("A1", "Preisliste, Stand 2026"), '<c r="B1" s="0"/>'],
    [text("A2", "Datum"), number("B2", "46000", style=1)],
    [],
    [text("A4", "Marke"), text("B4", "Bezeichnung"), text("C4", "Lager"), text("D4", "Breite")],
    [text("A5", "Sol"), text("B5", "Tee"), text("C5", "9"), number("D5", "70")],
    [text("A6", "Luna"), text("B6", "Deckel"), text("D6", "Boden"), text("F6", "beyond")],
]
MERGED = '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'


def test_headings_of_a_workbook_may_stand_below_a_title(tmp_path: Path) -> None:
    file = tmp_path / "range.xlsx"
    file.write_bytes(workbook(TITLED, MERGED, unseen=frozenset([2, 6])))
    table = read_table(file)
    assert table.headings == ("Marke", "Bezeichnung", "Lager", "Breite")
    assert [row.number for row in table.rows] == [5, 6]
    assert table.notes == (
        "The headings are taken from row 4.",
        "Rows that are hidden in the workbook are made like the others: 6.",
    )
    told = [(one.place, one.error.sentence) for one in table.problems]
    assert told == [("row 6", "The row is wider than the headings: above F6 there is none.")]
    assert "in one row above the products" in table.problems[0].error.remedy
    file.write_bytes(
        workbook(TITLED, MERGED, before="Old", of_another=f"<worksheet {MAIN}><sheetData/></worksheet>")
    )
    (wide,) = read_table(file).problems
    assert wide.error.sentence == (
        "The row is wider than the headings of the sheet “Range”: above F6 there is none."
    )


@pytest.mark.parametrize(
    ("rows", "also", "row", "headings"),
    [
        (
            ["Preisliste, Stand 2026", "Vertrieb, Köln", "Marke;Artikel;EAN", "Sol;12,5 g;1", "Sol;2,5 g;2"],
            (),
            3,
            "Marke Artikel EAN",
        ),
        (["Preisliste;;", "Marke,Artikel", "Sol,Tee"], (), 2, "Marke Artikel"),
        (["Artikel", "Marke;Artikel", "Sol;Tee"], (), 2, "Marke Artikel"),
        (["Unsere Tees", "Artikel", "Minze"], (), 2, "Artikel"),
        (
            ["Für Sol;;;", ";Produkt;;Form", "Marke;Artikel;Breite;Firma", "Sol;Tee;7;x"],
            (),
            3,
            "Marke Artikel Breite Firma",
        ),
        (["Firma;Ware", "Sol;Boden", "oben;unten", "a;b"], (), 3, "oben unten"),
        (["Firma;Ware", "Sol;Boden", "oben;unten"], ("ware",), 1, "Firma Ware"),
        (["Liste", "Firma;Ware", "Sol;Boden"], ("Firma", "Ware"), 2, "Firma Ware"),
        (["Marke;Ware", "oben;unten", "Tee;Sol"], (), 1, "Marke Ware"),
        (["Artikel", "oben", "unten"], (), 1, "Artikel"),
        (["Stand;heute", *["a;b"] * 20, "Marke;Artikel"], (), 1, "Stand heute"),
        (["Stand;heute", *["a;b"] * 19, "Marke;Artikel", "a;b"], (), 21, "Marke Artikel"),
    ],
)
def test_the_row_of_the_headings(
    tmp_path: Path, rows: list[str], also: tuple[str, ...], row: int, headings: str
) -> None:
    file = tmp_path / "range.csv"
    file.write_text("\n".join(rows), "utf-8")
    table = read_table(file, also=also)
    assert table.headings == tuple(headings.split())
    assert table.rows[0].number > row
    assert table.notes == ((f"The headings are taken from row {row}.",) if row > 1 else ())


def test_headings_that_are_repeated_are_no_products(tmp_path: Path) -> None:
    file = tmp_path / "range.csv"
    for times, told in ((1, "Row 3 repeats the headings, and is left out."), (2, "Rows 3, 4 repeat the")):
        file.write_text("brand;product\nA;B\n" + times * "brand; product\n" + "C;D\n", "utf-8")
        table = read_table(file)
        assert [row.cells for row in table.rows] == [("A", "B"), ("C", "D")]
        assert [str(note).startswith(told) for note in table.notes] == [True]


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_name(place) for place in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
