"""The structure of a PDF file, read by pikepdf."""

from __future__ import annotations

import random
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pytest
from support.flat import BLUE, RED, disc_sheet, strip_sheet
from support.measuring import instructions, read_pdf

from packdesk.domain.curves import Arc, Path
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import Line, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import InvalidInputError
from packdesk.export.flat.layout import draw_sheet
from packdesk.export.flat.pdf import write_pdf
from packdesk.export.flat.sheet import FlatOptions, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

EVERYTHING = FlatOptions(marks=True, legend=True)
POINT = 72 / 25.4


@pytest.fixture
def pdf(tmp_path: FilePath) -> Iterator[pikepdf.Pdf]:
    write_pdf(strip_sheet(), tmp_path / "sheet.pdf", EVERYTHING)
    with pikepdf.open(tmp_path / "sheet.pdf") as opened:
        yield opened


def test_boxes_stand_for_trim_and_bleed(pdf: pikepdf.Pdf) -> None:
    (page,) = pdf.pages
    trim, bleed, media = (
        [float(value) / POINT for value in box] for box in (page.trimbox, page.bleedbox, page.mediabox)
    )
    assert trim[2] - trim[0] == pytest.approx(115, abs=0.01)
    assert trim[3] - trim[1] == pytest.approx(80, abs=0.01)
    assert [a - b for a, b in zip(trim, bleed, strict=True)] == pytest.approx([3, 3, -3, -3], abs=0.01)
    assert media[:2] == [0, 0]
    assert media[2] > bleed[2]
    assert media[3] > bleed[3]


def test_a_layer_for_each_line_type_with_its_processing_step(pdf: pikepdf.Pdf) -> None:
    properties: Any = pdf.Root.OCProperties
    steps = {}
    for group in properties.OCGs:
        metadata = group.get("/GTS_Metadata")
        steps[str(group.Name)] = (
            None if metadata is None else tuple(str(value) for value in metadata.values())
        )
    assert steps == {
        "Artwork": None,
        "Bleed": ("/Structural", "/Bleed"),
        "Safe area": None,
        "Glue": ("/Structural", "/Gluing"),
        "Crease": ("/Structural", "/Creasing"),
        "Perforation": ("/Structural", "/Perforating"),
        "Cut": ("/Structural", "/Cutting"),
        "Dimensions": ("/Dimensions",),
        "Page marks": None,
        "Legend": ("/Legend",),
    }
    assert {str(group.Name) for group in properties.D.ON} == set(steps)
    assert [str(group.Name) for group in properties.D.Order] == list(reversed(steps))
    keys = set(properties.OCGs[6].GTS_Metadata.keys())
    assert keys == {"/GTS_ProcStepsGroup", "/GTS_ProcStepsType"}


def test_everything_drawn_belongs_to_a_layer(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    properties: Any = page.obj.Resources.Properties
    depth, seen = 0, []
    for word, operands in instructions(page):
        if word == "BDC":
            depth += 1
            seen.append(properties[str(operands[1])].Name)
        elif word == "EMC":
            depth -= 1
        elif word in {"S", "f", "Do", "Tj", "TJ", "B"}:
            assert depth == 1, word
    assert depth == 0
    assert [str(name) for name in seen] == [str(group.Name) for group in pdf.Root.OCProperties.OCGs]


def test_lines_are_spot_inks_that_overprint(pdf: pikepdf.Pdf) -> None:
    used = inks(pdf)
    assert used["cut"] == {("CutContour", True)}
    assert used["crease"] == {("Crease", True)}
    assert used["perforation"] == {("Perforation", True)}
    assert used["bleed"] == {("Bleed", True)}
    assert used["safe"] == {("SafeArea", True)}
    assert used["glue"] == {("Glue", True)}
    assert used["dimension"] == {("Dimensions", True)}
    assert used["marks"] == {("process", True)}  # nor a mark
    assert used["legend"] == {("process", True)}  # a cutter follows the ink: no cut is drawn there


def inks(pdf: pikepdf.Pdf) -> dict[str, set[tuple[str, bool]]]:
    """The inks of each layer's strokes, and whether they overprint."""
    page = pdf.pages[0]
    resources: Any = page.obj.Resources
    used: dict[str, set[tuple[str, bool]]] = {}
    layer, ink = "", ""
    state: dict[str, Any] = {}
    for word, operands in instructions(page):
        if word == "BDC":
            layer = str(operands[1])[1:]
        elif word == "CS":
            space = resources.ColorSpace[str(operands[0])]
            assert str(space[0]) == "/Separation"
            assert str(space[2]) == "/DeviceCMYK"
            ink = str(space[1])[1:]
        elif word == "K":
            ink = "process"
        elif word == "gs":
            state |= {str(key): value for key, value in resources.ExtGState[str(operands[0])].items()}
        elif word == "S":
            used.setdefault(layer, set()).add((ink, bool(state["/OP"]) and bool(state["/op"])))
    return used


def test_artwork_is_at_full_resolution_and_without_loss(pdf: pikepdf.Pdf) -> None:
    images: dict[str, Any] = dict(pdf.pages[0].obj.Resources.XObject)
    shown = [str(operands[0]) for word, operands in instructions(pdf.pages[0]) if word == "Do"]
    front, right = (images[name] for name in shown)
    assert (front.Width, front.Height) == (
        (60 + 3) * 4 + 2 + 2,
        (80 + 6) * 4 + 2,
    )  # 0.3 mm under its neighbour
    assert list(front.Filter) == [pikepdf.Name.FlateDecode]
    assert "/SMask" not in front
    pixels = front.read_bytes()
    assert tuple(pixels[:3]) == RED
    last_row = pixels[-3 * int(front.Width) :]
    assert tuple(last_row[:3]) == BLUE
    alpha = zlib.decompress(right.SMask.read_raw_bytes())
    assert (right.SMask.Width, right.SMask.Height) == (right.Width, right.Height)
    assert set(alpha) == {0, 255}


def test_every_font_is_embedded(pdf: pikepdf.Pdf) -> None:
    fonts = [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
    ]
    assert fonts
    for font in fonts:
        assert "/FontFile2" in font.FontDescriptor
        assert "HankenGrotesk" in str(font.BaseFont)
        assert "/ToUnicode" in font


def test_it_says_what_it_is_and_nothing_about_whoever_made_it(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo.Title) == "Strip"
    assert str(pdf.docinfo.Creator).startswith("packdesk ")
    assert set(pdf.docinfo.keys()) == {
        *("/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"),
        "/Trapped",
    }
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Strip"
        assert "pdfx" not in str(metadata).lower().replace("pdfx:", "")
        assert metadata["xmpMM:DocumentID"].startswith("uuid:")
        assert metadata["pdf:Trapped"] == "False"
    assert "/Trans" not in pdf.pages[0].obj
    assert "/OutputIntents" not in pdf.Root


def test_no_fault_is_found_in_the_file(pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []
    assert pdf.pdf_version >= "1.6"


def test_discs_are_clipped_round(tmp_path: FilePath) -> None:
    write_pdf(disc_sheet(), tmp_path / "disc.pdf")
    with pikepdf.open(tmp_path / "disc.pdf") as pdf:
        words = [word for word, _ in instructions(pdf.pages[0])]
    clip = words.index("W")
    assert words[clip - 9 : clip] == ["c"] * 8 + ["h"]


def test_the_curves_of_arcs_stay_on_their_circles(tmp_path: FilePath) -> None:
    chance, rounded = random.Random(13), 2e-4  # millimetres, as the numbers in the file are
    arcs = [
        Arc(300, 200, chance.uniform(0.5, 500), chance.uniform(-720, 720), chance.choice((-1, 1)) * sweep)
        for sweep in (0.5, *(chance.uniform(1, 360) for _ in range(40)), 360)
    ]
    sheet = disc_sheet()
    lines = tuple(Line(LineType.CUT, Path((arc,))) for arc in arcs)
    sheet = replace(sheet, dieline=replace(sheet.dieline, lines=lines))
    write_pdf(sheet, tmp_path / "arcs.pdf", FlatOptions(artwork=False))
    drawn = read_pdf(tmp_path / "arcs.pdf", sheet)["cut"]
    for arc, points in zip(arcs, drawn, strict=True):
        distances = np.hypot(*(np.array(points) - (arc.x, arc.y)).T)
        assert distances == pytest.approx(arc.radius, abs=5e-6 * arc.radius + rounded)
        assert points[0] == pytest.approx(arc.start, abs=rounded)
        assert points[-1] == pytest.approx(arc.end, abs=rounded)
        turned = np.unwrap(np.arctan2(*(np.array(points) - (arc.x, arc.y)).T[::-1]))
        assert np.degrees(turned[-1] - turned[0]) == pytest.approx(arc.sweep, abs=0.05)


def test_titles_of_all_kinds(tmp_path: FilePath) -> None:
    sheet = replace(strip_sheet(pictures=False), title="Тест “茶” (a\\b) ✓\x00")
    write_pdf(sheet, tmp_path / "sheet.pdf", EVERYTHING)
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        assert "茶" in str(pdf.docinfo.Title)


def test_a_sheet_longer_than_a_page_is_refused(tmp_path: FilePath) -> None:
    sheet = Sheet(make_dieline("box", Dimensions(width=2000, height=500, depth=1000)))
    with pytest.raises(InvalidInputError, match="too long for a PDF page") as caught:
        write_pdf(sheet, tmp_path / "sheet.pdf")
    assert "5080 mm" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_page_may_be_as_long_as_it_can_be(tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = strip_sheet(pictures=False)
    page = draw_sheet(sheet, FlatOptions()).page
    for most, taken in ((max(page.width, page.height), True), (max(page.width, page.height) - 0.01, False)):
        monkeypatch.setattr("packdesk.export.flat.pdf.MAX_PAGE_MM", most)
        if taken:
            write_pdf(sheet, tmp_path / "sheet.pdf")
        else:
            with pytest.raises(InvalidInputError, match="too long"):
                write_pdf(sheet, tmp_path / "other.pdf")


def test_progress_counts_the_pictures_and_the_writing(tmp_path: FilePath) -> None:
    told: list[tuple[int, int]] = []
    write_pdf(strip_sheet(), tmp_path / "sheet.pdf", progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
