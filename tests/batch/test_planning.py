"""Rows are checked together before anything is made."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from support.ranges import CODES, OPTIONS, Range

from packdesk.batch.already import RowInputs
from packdesk.batch.contact import contact_sheets
from packdesk.batch.files import FolderFiles
from packdesk.batch.journal import RowRecord, thumbnail_of
from packdesk.batch.making import painted_fields
from packdesk.batch.planning import RangeInputs, check_folder, planned_range, whole_options
from packdesk.batch.possible import check_options
from packdesk.batch.report import report_of
from packdesk.domain.appearance import Appearance
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.look import Finish, Look
from packdesk.domain.ranges.mapping import find_mapping
from packdesk.domain.ranges.naming import OURS
from packdesk.domain.saved_view import SavedView
from packdesk.errors import InvalidInputError, OutputUnwritableError
from packdesk.services.ranges.base import read_base
from packdesk.services.ranges.orders import OutputKind, RangeOptions
from packdesk.settings import Settings
from packdesk.store.bundle.files import read_bundle, write_bundle
from packdesk.tables.reading import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.pack_words import PackWords
    from packdesk.domain.state import PackagingState


def told(one: Range, pattern: str = "{brand}-{product}-{row}") -> list[tuple[str, str]]:
    return [(problem.place, problem.error.sentence) for problem in one.plan(pattern).problems]


def test_panels_that_rows_share_are_painted_once(tmp_path: Path, base: Path) -> None:
    plan = Range(tmp_path, base, "EAN\n" + "\n".join(CODES)).plan()
    assert plan.problems == ()
    assert [order.name for order in plan.orders] == [f"Sol Field-Tea-{row}" for row in (2, 3, 4, 5)]
    assert plan.paintings == 4 + 2 * len(CODES)
    assert {order.shared for order in plan.orders} == {("front", "left", "right", "top")}


def test_what_a_table_says_nothing_of_stays_as_it_is(tmp_path: Path, base: Path) -> None:
    plan = Range(tmp_path, base, "width\n90\n70").plan()
    assert [order.prompts for order in plan.orders] == [{}, {}]
    assert [order.row.dimensions.width for order in plan.orders] == [90, 70]


def test_names_pictures_sizes_and_codes_are_checked(tmp_path: Path, base: Path) -> None:
    rows = ["file;picture front;width;code", "a;;;", "A;none.png;;", "b;;10;", "c;;;4006381330001", "../d;;;"]
    rows.append("e;https://x.example/a.png;;")
    thick = DielineOptions(caliper=10.0)
    assert told(Range(tmp_path, base, "\n".join(rows), blank=thick)) == [
        ("row 3, column “file”", "The rows 2 and 3 have the same file."),
        ("row 3, column “picture front”", f"There is no file {tmp_path / 'none.png'}."),
        ("row 4", "Board of 10 mm leaves no room in a package with a side of 10 mm."),
        ("row 5, column “code”", told_of_code()),
        ("row 6, column “file”", "“../d” is no name of a file in the folder."),
        ("row 7, column “picture front”", "https://x.example/a.png is an address, not a file."),
    ]


def told_of_code() -> str:
    return "The barcode number 4006381330001 is mistyped: by its check digit it would end in 8."


def test_a_code_needs_a_panel_to_stand_on(tmp_path: Path, base: Path) -> None:
    rows = f"type;code;prompt\nbox;{CODES[0]};\ncylinder;{CODES[1]};"
    assert told(Range(tmp_path, base, rows)) == []
    one = Range(tmp_path, base, f"code\n{CODES[0]}")
    textures = {
        name: texture.model_copy(update={"prompt": "Imported from tea.png"})
        for name, texture in one.base.state.panel_textures.items()
    }
    state = one.base.state.model_copy(update={"panel_textures": textures})
    object.__setattr__(one.base, "state", state)
    assert told(one) == [("row 2, column “code”", "No panel of the product can show its barcode.")]


def test_words_that_are_painted_are_told_as_not_read_back(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, f"brand;code;width\nSol;{CODES[0]};\n;{CODES[1]};80")
    assert [painted_fields(order, one.base) for order in one.plan().orders] == [("brand",), ()]


def test_a_report_is_no_program(tmp_path: Path, base: Path) -> None:
    orders = Range(tmp_path, base, "brand\n=cmd()\n@SUM(1)").plan().orders
    report = report_of((order, None) for order in orders)
    names = [line.split(",")[1] for line in report.decode("utf-8-sig").splitlines()]
    assert names == ["name", "'=cmd()-Tea-2", "'@SUM(1)-Tea-3"]


def test_a_diameter_of_a_box_is_told(tmp_path: Path, base: Path) -> None:
    one = Range(
        tmp_path, base, f"EAN;Durchmesser;Typ\n{CODES[0]};72;box\n{CODES[1]};80;cylinder\n{CODES[2]};;box"
    )
    assert one.plan().notes == ("The column “Durchmesser” is taken for the width of boxes (rows: 1 of 3).",)


def test_a_small_picture_that_is_damaged_is_left_out(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, "brand\nSol\nLuna\nMar\nTierra")
    orders = one.plan().orders
    buffer = io.BytesIO()
    Image.effect_noise((480, 360), 40).save(buffer, "JPEG")
    for order, jpeg in zip(orders, (buffer.getvalue(), buffer.getvalue()[:5000], b"none"), strict=False):
        one.files.write(thumbnail_of(order.name), jpeg)
    records = [RowRecord(row=2, name=order.name, inputs="", state="made") for order in orders]
    ((_, document),) = contact_sheets("Tea", zip(orders, records, strict=True), 4, one.files)
    with pikepdf.open(io.BytesIO(document)) as sheet:
        assert len(sheet.pages[0].Resources.XObject) == 1


def test_decimal_points_are_told_where_commas_are_written(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, "product;Gewicht;width\nTea;12.5 g;70.5")
    table = replace(read_table(one.table), pointed={"Gewicht": "12.5 g", "width": "70.5"})
    asked = RangeInputs(one.table, base, None, "", (), "{row}", OPTIONS)
    mapping, design, painter = find_mapping(table), one.base, one.provider

    def notes(language: str) -> list[str]:
        settings = Settings(language=language)
        planned = planned_range(settings, asked, table, mapping, base=design, provider=painter)
        return [note for note in planned.plan.notes if "with a point" in note]

    told = "Numbers of the column “Gewicht” are printed with a point (12.5 g). Texts stay as they are typed."
    assert notes("de") == [told]
    assert notes("en") == []


def test_weights_without_their_unit_are_told(tmp_path: Path, base: Path) -> None:
    cells = ("1,5", "1/2", "ca. 2", "250 g", "3-5", "0,5 Ltr.", "", "2 KG")
    one = Range(tmp_path, base, "product;Gewicht (kg)\n" + "\n".join(f"Tea;{cell}" for cell in cells))
    told = "The unit of the column “Gewicht (kg)” is not put after what is no number (rows 3, 4, 6, 7)."
    assert told in map(str, one.plan().notes)


def test_names_in_any_script_stand_on_the_contact_sheet(tmp_path: Path, base: Path) -> None:
    """Our typeface is a Latin one: what it lacks was a row of empty boxes."""
    (order,) = Range(tmp_path, base, "brand\nSol").plan().orders

    def sheet(name: str) -> tuple[str, int]:
        named = order.model_copy(update={"name": name})
        ((_, document),) = contact_sheets("Tea", [(named, None)], 1, FolderFiles(tmp_path / "none"))
        with pypdfium2.PdfDocument(document) as opened:
            page = opened[0]
            text = page.get_textpage().get_text_range()
            return text, int((page.render(scale=2, grayscale=True).to_numpy() < 128).sum())

    latin, alone = sheet("Tee"), sheet(" ")
    assert "Tee" in latin[0]
    text, inked = sheet("Чай")
    assert text == alone[0]
    assert inked > alone[1] + 50
    long = sheet("Чай зелёный " * 20)
    assert alone[1] < long[1] < alone[1] + 20 * (inked - alone[1]), "cut to the width of its picture"


def test_a_record_that_cannot_be_read_just_now_is_no_missing_one(tmp_path: Path, base: Path) -> None:
    """Else a row's own files would be taken for somebody else's."""
    one = Range(tmp_path, base, "brand\nSol")
    assert one.journal.read("Sol") is None
    one.journal.write(RowRecord(row=2, name="Sol", inputs=""))
    (file,) = (one.out / OURS / "rows").iterdir()
    file.unlink()
    file.mkdir()
    with pytest.raises(OSError):
        one.journal.read("Sol")
    assert list(one.journal.read_all(["Sol"])) == [None]


def test_names_of_files_can_be_told_apart_in_a_report(tmp_path: Path, base: Path) -> None:
    (order,) = Range(tmp_path, base, "brand\nSol | Field").plan().orders
    files = {f"{order.name}.pdf": "a", f"{order.name}.glb": "b"}
    record = RowRecord(row=2, name=order.name, inputs="", state="made", files=files)
    (row,) = csv.DictReader(io.StringIO(report_of([(order, record)]).decode("utf-8-sig")))
    assert row["files"].split(" | ") == list(files)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"picture_size": (0, 300)}, "A picture of 0 x 300 pixels cannot be made."),
        ({"picture_size": (99_999, 99_999)}, "A picture of 99999 x 99999 pixels cannot be made."),
        ({"dpi": 100.0}, "Painted at 100 dpi, the .* panel is too coarse for print."),
        ({"dpi": 1200.0, "kinds": (OutputKind.PNG,)}, "The flat picture would be too large"),
    ],
)
def test_options_no_row_can_be_made_with_are_told(
    tmp_path: Path, base: Path, wrong: dict[str, object], told: str
) -> None:
    one = Range(tmp_path, base, "product\nTea\nSoap")
    orders = one.plan().orders
    check_options(orders, one.options, one.base)
    with pytest.raises(InvalidInputError, match=told):
        check_options(orders, one.options.model_copy(update=wrong), one.base)


def test_what_is_set_on_a_machine_is_the_range_s(tmp_path: Path, base: Path) -> None:
    """Workers may have other settings; and rows are made anew after something was set."""
    one = Range(tmp_path, base, "product\nTea")
    made = []
    for wanted in ({}, {"line_colours": "black"}, {"bleed_mm": 5.0}):
        options = whole_options(Settings(**wanted), OPTIONS, one.base)
        told = RangeOptions.model_validate_json(options.model_dump_json())
        assert told == options
        made.append(RowInputs.of(one.base, told, "offline", tmp_path).all_of(one.plan().orders[0]))
    assert (told.blank.bleed, len(set(made))) == (5.0, 3)
    proofs = OPTIONS.model_copy(update={"kinds": (OutputKind.PROOF,)})
    spoken = [
        whole_options(Settings(language="de"), options, one.base).language for options in (OPTIONS, proofs)
    ]
    assert spoken == ["en", "de"]


def test_a_base_design_is_known_by_what_is_in_it(tmp_path: Path, base: Path) -> None:
    """The window writes another file than *Save design as*: other times, another picture, another view."""
    contents = read_bundle(base)
    pictures = {name: one.clean.png for name, one in contents.pictures.items()}
    state = contents.state.model_copy(update={"updated_at": "2026-01-01T00:00:00Z"})

    def content(state: PackagingState, words: PackWords | None, **shown: Any) -> str:
        file = tmp_path / "again.packdesk"
        write_bundle(file, state, pictures, None, appearance=Appearance(**shown), words=words)
        return read_base(file).content

    plain = content(contents.state, contents.words)
    assert content(state, contents.words, view=SavedView("present", 10.0, 20.0)) == plain
    changed = {
        plain,
        content(state, None),
        content(state, contents.words, look=Look(finish=Finish.GLOSS)),
        content(state, contents.words, blank=DielineOptions(bleed=5.0)),
    }
    assert len(changed) == 4


def test_a_code_of_several_rows_is_told(tmp_path: Path, base: Path) -> None:
    rows = (CODES[0], CODES[1], CODES[0], "", "")
    plan = Range(tmp_path, base, "product;EAN\n" + "\n".join(f"Tea;{code}" for code in rows)).plan()
    assert list(map(str, plan.notes)) == [f"Several rows have the barcode number {CODES[0]}: 2, 4."]
    assert len(plan.orders) == 5


def test_a_link_to_a_folder_is_a_folder(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "out")
    with pytest.raises(OutputUnwritableError, match="is no folder"):
        check_folder(link)
    (tmp_path / "out").mkdir()
    check_folder(link)
