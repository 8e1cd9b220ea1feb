"""Rows of a table become values, or everything that is wrong with them is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.ranges.fields import FIELDS, field_called
from packdesk.domain.ranges.mapping import find_mapping, headings_said
from packdesk.domain.ranges.naming import PATTERN, check_pattern, file_name
from packdesk.domain.ranges.row import RangeRow, RowReader, read_code
from packdesk.domain.ranges.table import Table, TableRow
from packdesk.errors import InvalidInputError, PackdeskError
from packdesk.services.ranges.before import Before

HEADINGS = (
    "Marke",
    "Produkt",
    "EAN",
    "Breite (mm)",
    "Höhe",
    "Tiefe in mm",
    "Oberfläche",
    "Typ",
    "Bild vorne",
)
BASE = Dimensions(width=100, height=150, depth=60)


def table(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Table:
    filled = [TableRow(n, (*row, *[""] * (len(headings) - len(row)))) for n, row in enumerate(rows, 2)]
    return Table("range.csv", headings, tuple(filled))


def read(*cells: str, headings: tuple[str, ...] = HEADINGS) -> RangeRow | list[tuple[str, str]]:
    one = table(cells, headings=headings)
    found = RowReader(find_mapping(one), "box", BASE).read(one.rows[0])
    if isinstance(found, RangeRow):
        return found
    return [(problem.place, problem.error.sentence) for problem in found]


def test_every_field_is_known_by_its_own_name() -> None:
    assert [field_called(name) for name in FIELDS] == list(FIELDS)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NET_WEIGHT", "weight"),
        ("Füllmenge", "weight"),
        ("EAN-13", "code"),
        ("width [mm]", "width"),
        ("Breite in mm", "width"),
        ("Durchmesser", "width"),
        ("Höhe [Zoll]", "height"),
        ("depth_in", "depth"),
        ("Gewicht (kg)", "weight"),
        ("height (kg)", None),
        ("product (cm)", None),
        ("picture of the front", "front"),
        ("Bild Vorderseite", "front"),
        ("Rückseite", "back"),
        ("Preis", None),
        ("", None),
    ],
)
def test_columns_are_known_in_english_and_german(heading: str, field: str | None) -> None:
    assert field_called(heading) == field


def test_a_row_is_a_value() -> None:
    row = read("Sol Field", "Tee", "400638133393-1", "12,5", "5 in", "", "Glanz", "Schachtel", "a/b.png")
    assert isinstance(row, RangeRow)
    assert row.words == {"brand": "Sol Field", "product": "Tee", "barcode": "4006381333931"}
    assert row.fields["code"] == row.code == "4006381333931"
    assert row.dimensions.as_tuple() == (12.5, 127, 60)
    assert (row.finish, row.package_type, row.pictures) == ("gloss", "box", {"front": "a/b.png"})


@pytest.mark.parametrize(
    ("heading", "cell", "width"),
    [
        ("width (cm)", "8", 80),
        ("Breite in cm", "8,25", 82.5),
        ('Width (")', "4", 101.6),
        ("width (inches)", "3+1", 101.6),
        ("width (cm)", "80 mm", 80),
        ("Breite [mm]", "80", 80),
    ],
)
def test_a_side_is_in_the_unit_its_heading_says(heading: str, cell: str, width: float) -> None:
    row = read(cell, headings=(heading, "Marke"))
    assert isinstance(row, RangeRow)
    assert row.dimensions.width == width


def test_contents_have_the_unit_their_heading_says() -> None:
    for cell, told in [("100", "100 g"), ("1,5", "1,5 g"), ("2 x 50 g", "2 x 50 g"), ("", "")]:
        row = read(cell, "Sol", headings=("Gewicht (g)", "Marke"))
        assert isinstance(row, RangeRow)
        assert (row.words["net_weight"], row.fields.get("weight", "")) == (told, told)


def test_a_cylinder_needs_its_diameter_only() -> None:
    row = read("", "", "", "70", "", "", "", "Dose")
    assert isinstance(row, RangeRow)
    assert row.dimensions.as_tuple() == (70, 150, 70)


def test_all_that_is_wrong_is_told_by_row_and_column() -> None:
    told = read("x" * 201, "Tee", "4006381333932", "5", "abc", "", "glitter", "bag", "a.png")
    assert isinstance(told, list)
    assert [place for place, _ in told] == [
        f"row 2, column “{heading}”"
        for heading in ("Marke", "EAN", "Typ", "Höhe", "Oberfläche", "Breite (mm)")
    ]
    assert "it would end in 1" in dict(told)["row 2, column “EAN”"]


def test_a_panel_the_package_has_not_is_told() -> None:
    assert read("", "", "", "", "", "", "", "cylinder", "a.png") == [
        ("row 2, column “Bild vorne”", "A cylinder has no panel “front”.")
    ]


@pytest.mark.parametrize(
    ("text", "digits"), [("036000291452", "0036000291452"), ("4 006381 333931", "4006381333931")]
)
def test_a_number_that_lost_its_zero_gets_it_back(text: str, digits: str) -> None:
    assert read_code(text) == digits


def test_codes_of_other_lengths_take_their_own_numbers() -> None:
    codes = {Symbology.EAN8, Symbology.ITF14}
    for number in ("9638 5074", "14006381333938", "4006381333931"):
        assert read_code(number, codes) == number.replace(" ", "")
    with pytest.raises(InvalidInputError, match="it is 96385074"):
        read_code("96385070", codes)
    with pytest.raises(InvalidInputError, match="does not have 13 digits"):
        read_code("96385074", {Symbology.EAN13})
    one = table(("", "", "96385074"))
    row = RowReader(find_mapping(one), "box", BASE, codes).read(one.rows[0])
    assert isinstance(row, RangeRow)
    assert (row.code, row.fields["code"]) == ("96385074", "96385074")
    assert row.words["barcode"] == "", "what is painted is an EAN-13"


def test_a_number_without_its_check_digit_gets_it_offered() -> None:
    with pytest.raises(InvalidInputError, match="400638133393 has 12 digits") as told:
        read_code("400638133393")
    assert "4006381333931" in told.value.remedy


def test_a_number_a_spreadsheet_rounded_is_told() -> None:
    with pytest.raises(InvalidInputError, match="has rounded the barcode number"):
        read_code("4.00638E+12")


@pytest.mark.parametrize(
    ("headings", "said", "sentence"),
    [
        (("a", "b"), (), "No column of the table is a field: a, b."),
        (("Marke", "brand"), (), "The columns “Marke” and “brand” are both the field “brand”."),
        (("Marke",), ("Marke",), "“Marke” does not say which field the column is."),
        (("Marke",), ("nope=brand",), "There is no column “nope” in the table."),
        (("Marke",), ("Marke=colour",), "There is no field “colour”."),
    ],
)
def test_columns_that_cannot_be_told_apart_are_told(
    headings: tuple[str, ...], said: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(PackdeskError) as told:
        find_mapping(table(("x",), headings=headings), said)
    assert told.value.sentence == sentence


def test_the_sheet_without_fields_is_named() -> None:
    cover = replace(table(("x",), headings=("Title",)), sheet="Cover", sheets=("Cover", "Teas"))
    with pytest.raises(InvalidInputError) as told:
        find_mapping(cover)
    assert told.value.sentence == "No column of the sheet “Cover” is a field: Title."


def test_one_file_in_the_way_is_not_several() -> None:
    assert [*Before(foreign=("a.pdf",)).notes()] == [
        "A file is there already, and not of this range: a.pdf. Its row will fail."
    ]
    (several,) = Before(foreign=("a.pdf", "b.pdf")).notes()
    assert several.startswith("2 of the files are there already, and not of this range, such as a.pdf.")


def test_what_is_said_of_a_column_counts() -> None:
    assert headings_said(("Marke", "Firma =brand", "a=b=")) == {"Firma", "a=b"}
    mapping = find_mapping(
        table(("x",), headings=("Marke", "Linie", "Text", "Rest")), ("text=Sorte", "Marke=")
    )
    assert mapping.places == {"line": 2}
    assert mapping.unused == ("Marke", "Linie", "Rest")


def named(pattern: str, **fields: str) -> str:
    headings = tuple(fields)
    row = read(*fields.values(), headings=headings)
    assert isinstance(row, RangeRow)
    return file_name(row, pattern)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"brand": "Sol Field", "product": "Tea"}, "Sol Field-Tea-2"),
        ({"brand": "", "product": "Tea"}, "Tea-2"),
        ({"brand": "../..", "product": "a/b\\c:d"}, "a-b-c-d-2"),
        ({"brand": "é" * 80, "product": "x"}, "é" * 60 + "-2"),
        ({"brand": "x", "file": "con"}, "con_"),
        ({"brand": "x", "file": "tea.PDF"}, "tea"),
        ({"brand": "x", "file": "tea.render.png"}, "tea"),
        ({"brand": "x", "file": "Contact-sheet"}, "Contact-sheet_"),
    ],
)
def test_names_are_safe(fields: dict[str, str], name: str) -> None:
    assert named(PATTERN, **fields) == name


@pytest.mark.parametrize("name", ["../a", "a/b", "C:a", ".a", "a\\b"])
def test_a_name_that_leaves_the_folder_is_refused(name: str) -> None:
    with pytest.raises(InvalidInputError, match="no name of a file in the folder"):
        named(PATTERN, brand="x", file=name)


def test_an_ending_in_a_pattern_is_left_out() -> None:
    assert named("{brand}.pdf", brand="Sol") == "Sol"


@pytest.mark.parametrize("pattern", ["{brand", "brand}"])
def test_a_brace_without_another_is_told(pattern: str) -> None:
    with pytest.raises(InvalidInputError, match="has no other one"):
        check_pattern(pattern)


@pytest.mark.parametrize("pattern", ["tea", "{brand.__class__}", "{colour}", "../{brand}"])
def test_a_pattern_that_is_none_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidInputError):
        check_pattern(pattern)
