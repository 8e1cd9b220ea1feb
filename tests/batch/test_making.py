"""A row is made once, whole or not at all, and looked at again by another reader."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image
from support.ranges import BLANK, CODES, OPTIONS, PROMPT, SIDES, Range
from support.sheets import file_of, painted

from packdesk.batch.files import file_hash
from packdesk.batch.making import expected_of
from packdesk.batch.outputs import product_of
from packdesk.batch.planning import check_money
from packdesk.batch.reading_back import Expected, differences
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.look import Finish
from packdesk.errors import InvalidInputError, NotPossibleError, PackdeskError
from packdesk.services.ranges.orders import OutputKind, RangeOptions
from packdesk.services.ranges.plan import RangePlan
from packdesk.store.bundle.files import read_bundle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLE = "EAN\n" + "\n".join(CODES[:2])


def test_a_row_is_made_once_and_again_when_its_inputs_change(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, TABLE)
    first, second = one.plan().orders
    record, fresh = one.maker().make(first)
    assert (record.state, record.reason, fresh, record.paintings) == ("made", "", True, 6)
    assert one.maker().make(second)[0].paintings == 2  # the bars stand on two panels; the others are there
    assert one.maker().make(first) == (record, False)
    assert len(list(one.out.glob("*.pdf"))) == 2

    one.table.write_text("EAN\n" + CODES[2], "utf-8")
    (changed,) = one.plan().orders
    again, fresh = one.maker().make(changed)
    assert (again.state, fresh, again.code) == ("made", True, CODES[2])


def test_what_was_killed_in_between_is_made_again(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, TABLE)
    (order, _) = one.plan().orders
    record, _ = one.maker().make(order)
    pdf = one.out / "Sol Field-Tea-2.pdf"

    one.journal.write(record.model_copy(update={"state": "begun", "files": {"Sol Field-Tea-2.pdf": ""}}))
    pdf.write_bytes(b"half")
    assert one.maker().make(order)[0].files == {
        "Sol Field-Tea-2.pdf": one.maker().make(order)[0].files["Sol Field-Tea-2.pdf"]
    }
    pdf.unlink()
    assert one.maker().make(order)[1]
    assert pdf.exists()


def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, TABLE)
    (order, _) = one.plan().orders
    pdf = one.out / "Sol Field-Tea-2.pdf"
    pdf.write_bytes(b"mine")
    one.maker().make(order)
    record, _ = one.maker().make(order)
    assert (record.state, pdf.read_bytes()) == ("failed", b"mine")
    assert record.reason.startswith("Sol Field-Tea-2.pdf is there already, and not as this range left it.")
    assert one.maker(force=True).make(order)[0].state == "made"
    pdf.write_bytes(b"retouched")
    for _ in range(2):
        assert one.maker().make(order)[0].state == "failed"
        assert pdf.read_bytes() == b"retouched"


def test_a_row_that_fails_keeps_what_was_made_of_it_before(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, TABLE)
    (order, _) = one.plan().orders
    pdf = one.out / "Sol Field-Tea-2.pdf"
    before, _ = one.maker().make(order)

    one.options = one.options.model_copy(update={"dpi": 100.0})
    for _ in range(2):  # and what has stayed once stays again
        failed, _ = one.maker().make(order)
        assert (failed.state, failed.files, failed.still_true) == ("failed", {}, (pdf.name,))
        assert failed.notes[0] == f"Files that were made of the same row before stay: {pdf.name}."
        assert file_hash(pdf) == before.files[pdf.name]

    changed = order.model_copy(update={"row": order.row.model_copy(update={"finish": Finish.FOIL})})
    assert one.maker().make(changed)[0].others == {}  # it says something else now
    assert not pdf.exists()


def test_files_of_another_kind_stay_the_ranges_own(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, TABLE)
    (order, _) = one.plan().orders
    one.maker().make(order)
    one.options = one.options.model_copy(update={"kinds": (OutputKind.GLB,)})
    assert one.maker().make(order)[0].still_true == ("Sol Field-Tea-2.pdf",)
    one.options = OPTIONS
    assert one.maker().make(order)[0].state == "made"


def test_pictures_sizes_and_finishes_of_rows(tmp_path: Path, base: Path) -> None:
    Image.new("RGB", (1000, 1500), "#cc3311").save(tmp_path / "red.png")
    (tmp_path / "none.png").write_bytes(b"\x89PNG no more")
    Image.new("RGB", (40, 40), "#cc3311").save(tmp_path / "coarse.png")
    options = RangeOptions(kinds=(OutputKind.PDF, OutputKind.BUNDLE, OutputKind.GLB, OutputKind.PNG), dpi=150)
    rows = ["front;width;finish", "red.png;65,5;foil", "none.png;;", "coarse.png;;"]
    one = Range(tmp_path, base, "\n".join(rows), options)
    records = [one.maker().make(order)[0] for order in one.plan().orders]
    assert [record.state for record in records] == ["made", "failed", "failed"]
    assert sorted(records[0].files) == [
        "Sol Field-Tea-2.glb",
        "Sol Field-Tea-2.packdesk",
        "Sol Field-Tea-2.pdf",
        "Sol Field-Tea-2.png",
    ]
    assert "too coarse for print" in records[2].reason
    assert sorted(path.name for path in one.out.glob("[!.]*")) == sorted(records[0].files)
    contents = read_bundle(one.out / "Sol Field-Tea-2.packdesk")
    assert contents.state.package_dimensions.width == 65.5
    told = {name: texture.prompt for name, texture in contents.state.panel_textures.items()}
    assert told == {**dict.fromkeys(told, PROMPT), "front": "Imported from red.png"}
    assert contents.appearance is not None
    assert contents.appearance.look.finish == "foil"
    assert not contents.damages


def test_words_no_font_has_fail_the_row_and_leave_no_file(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, "brand\nSol ☃\U0001f375")
    record, _ = one.maker().make(one.plan().orders[0])
    assert record.state == "failed"
    assert "cannot be set in the fonts here" in record.reason
    assert list(one.out.glob("*.pdf")) == []


def test_bars_of_two_pixels_are_read_back(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, f"width;height;depth;code\n55;75;40;{CODES[0]}")
    record, _ = one.maker().make(one.plan().orders[0])
    assert (record.state, record.reason) == ("made", "")


def test_a_sheet_lies_on_all_panels(tmp_path: Path, base: Path) -> None:
    one = Range(
        tmp_path, base, "sheet\nwhole.png", OPTIONS.model_copy(update={"kinds": (OutputKind.BUNDLE,)})
    )
    sheet = painted(make_dieline("box", SIDES, BLANK), random.Random(3), per_mm=8)
    (tmp_path / "whole.png").write_bytes(file_of(sheet, per_mm=8))
    (order,) = one.plan().orders
    record, _ = one.maker().make(order)
    assert (record.state, record.reason, record.paintings) == ("made", "", 0)
    state = read_bundle(one.out / f"{order.name}.packdesk").state
    assert {texture.prompt for texture in state.panel_textures.values()} == {"Imported from whole.png"}


def test_what_a_sleeve_has_not_is_not_missed(tmp_path: Path, base: Path) -> None:
    one = Range(tmp_path, base, TABLE, blank=DielineOptions(DielineStyle.SLEEVE))
    orders = one.plan().orders
    assert list(orders[0].prompts) == ["front", "back", "left", "right"]
    records = [one.maker().make(order)[0] for order in orders]
    assert [(record.state, record.reason) for record in records] == [("made", "")] * 2


def test_what_paints_is_asked_for_money_first() -> None:
    planned = SimpleNamespace(paid=True, plan=RangePlan((), (), 12, 0.48))
    with pytest.raises(InvalidInputError, match="12 pictures will cost about"):
        check_money(planned, None)  # type: ignore[arg-type]  # what it looks at is there
    with pytest.raises(NotPossibleError, match="more than the"):
        check_money(planned, 0.4)  # type: ignore[arg-type]  # as above
    check_money(planned, 0.5)  # type: ignore[arg-type]  # as above
    planned.plan = RangePlan((), (), 1, 0.04)
    for limit in (None, 0.03):
        with pytest.raises(PackdeskError, match="A picture will cost about"):
            check_money(planned, limit)  # type: ignore[arg-type]  # as above


# --- planted faults


def moved_trim(pdf: pikepdf.Pdf) -> None:
    box = [float(value) for value in pdf.pages[0].TrimBox]
    pdf.pages[0].TrimBox = pikepdf.Array([box[0] + 0.04, box[1], box[2] + 0.04, box[3]])  # 0.014 mm


def no_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]["/TrimBox"]


def two_pages(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def missing_picture(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents = pdf.make_stream(content.replace(b" Do", b" Dx", 1))


def coarse_picture(pdf: pikepdf.Pdf) -> None:
    for image in pdf.pages[0].Resources.XObject.values():
        image.write(b"\x00" * (16 * 16 * 3))
        image.Width = image.Height = 16
        image.ColorSpace = pikepdf.Name.DeviceRGB
        image.BitsPerComponent = 8


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, base: Path) -> tuple[Path, Expected]:
    one = Range(tmp_path_factory.mktemp("made"), base, TABLE)
    order = one.plan().orders[0]
    maker = one.maker()
    assert maker.make(order)[0].state == "made"
    import asyncio

    artwork = asyncio.run(maker.artist.artwork(order))
    return one.out / "Sol Field-Tea-2.pdf", expected_of(product_of(order, one.base, artwork, BLANK), one.base)


def test_a_file_as_it_was_written_is_as_expected(made: tuple[Path, Expected]) -> None:
    assert differences(*made) == []


@pytest.mark.parametrize(
    ("plant", "sentence"),
    [
        (moved_trim, "The trim box of the PDF is off by 0.014 mm."),
        (no_trim, "The PDF has no trim box."),
        (two_pages, "The PDF has 2 pages."),
        (missing_picture, "Pictures are missing in the PDF: it shows 5 of 6."),
        (coarse_picture, "A picture in the PDF has only"),
    ],
)
def test_a_planted_fault_is_found(
    tmp_path: Path, made: tuple[Path, Expected], plant: Callable[[pikepdf.Pdf], None], sentence: str
) -> None:
    file, expected = made
    with pikepdf.open(file) as pdf:
        plant(pdf)
        pdf.save(tmp_path / "planted.pdf")
    assert any(one.startswith(sentence) for one in differences(tmp_path / "planted.pdf", expected))


def test_a_wrong_code_and_a_damaged_file_are_found(tmp_path: Path, made: tuple[Path, Expected]) -> None:
    from dataclasses import replace

    file, expected = made
    wrong = replace(expected, code=CODES[3])
    assert differences(file, wrong) == [f"The barcode in the PDF is {CODES[0]} instead of {CODES[3]}."]
    (tmp_path / "cut.pdf").write_bytes(file.read_bytes()[:900])
    assert differences(tmp_path / "cut.pdf", expected) == ["The PDF cannot be opened again."]
