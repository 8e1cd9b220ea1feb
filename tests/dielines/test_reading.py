"""Dielines of suppliers: PDF, SVG and DXF files read as lines, and compared with ours."""

from __future__ import annotations

import io
import json
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pytest
from support.foreign_files import locked_pdf, pdf, svg, tiff
from support.supplied import blank, dxf, nested_dxf, with_crease_moved, written

from packdesk.dielines import found, reading, worker
from packdesk.dielines.reading import dieline_in, read_dieline
from packdesk.domain.dieline.values import DielineStyle
from packdesk.domain.differing import compared
from packdesk.domain.supplied import Corner, Overlay, Placement, SuppliedDieline, box_around
from packdesk.errors import BadDielineError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def box_of(dieline: SuppliedDieline) -> tuple[float, ...]:
    return box_around([line.points for line in dieline.lines])


@pytest.mark.parametrize("ending", ["pdf", "svg", "dxf"])
@pytest.mark.parametrize("style", DielineStyle)
def test_what_we_export_differs_by_nothing(style: DielineStyle, ending: str, tmp_path: Path) -> None:
    ours = blank(style)
    theirs = read_dieline(written(ours, tmp_path, ending))
    assert theirs.unit == {"pdf": "pt", "svg": "mm", "dxf": "mm"}[ending]
    result = compared(Overlay(theirs), ours)
    assert (result.differences, result.lacking) == ((), ())
    assert box_around(result.die) == pytest.approx((0, 0, ours.width, ours.height), abs=0.01)


@pytest.mark.parametrize("style", DielineStyle)
def test_what_lies_elsewhere_differs_by_as_much(style: DielineStyle, tmp_path: Path) -> None:
    ours = blank(style)
    overlay = Overlay(read_dieline(written(ours, tmp_path, "svg")), Placement(right=0.3))
    off = [one.off for one in compared(overlay, ours).differences]
    assert max(one for one in off if one is not None) == pytest.approx(0.3, abs=0.01)


@pytest.mark.usefixtures("begun_anew")
@pytest.mark.parametrize("ending", ["pdf", "svg", "dxf"])
def test_a_crease_elsewhere_is_found_with_how_much(ending: str, tmp_path: Path) -> None:
    ours = blank()
    theirs = read_dieline(written(with_crease_moved(ours, 0.3), tmp_path, ending))
    (only,) = compared(Overlay(theirs), ours).differences
    assert only.kind == "crease"
    assert only.off == pytest.approx(0.3, abs=0.002)


@pytest.mark.parametrize(
    ("unit", "name", "millimetres"), [(1, "in", 25.4), (4, "mm", 1), (5, "cm", 10), (0, "", 1)]
)
def test_a_dxf_is_in_its_unit(unit: int, name: str, millimetres: float) -> None:
    theirs = dieline_in(dxf(unit), "a.dxf")
    assert (theirs.kind, theirs.unit) == ("DXF", name)
    left, top, right, bottom = box_of(theirs)
    assert (right - left, bottom - top) == pytest.approx((4 * millimetres, 2 * millimetres))
    (circle,) = [line for line in theirs.lines if len(line.points) > 20]
    assert box_around([circle.points]) == pytest.approx(
        [millimetres * place for place in (1.5, -1.5, 2.5, -0.5)], abs=0.01
    ), "blocks are taken apart, what is hidden is not there"


def test_what_lies_on_layer_0_in_a_block_lies_on_the_layer_the_block_is_put_on() -> None:
    theirs = dieline_in(nested_dxf(), "a.dxf")
    found = sorted((line.name, *line.points[0]) for line in theirs.lines)
    at_5 = [("TEXT", x, y) for x, y in ((0, -55), (0, -5), (50, -5), (70, -5))]
    assert found == [("CREASE", 0, 0), ("CUT", 50, 0), ("CUT", 70, 0), *at_5]
    assert {line.name for line in theirs.die_lines()} == {"CREASE", "CUT"}


def test_a_page_is_read_in_its_own_unit() -> None:
    data = pdf("0 0 m 72 72 l S").replace(b"/Contents", b"/UserUnit 2.5 /Contents")
    left, top, right, bottom = box_of(dieline_in(data, "a.pdf"))
    assert (right - left, bottom - top) == pytest.approx((63.5, 63.5), abs=0.01)


def test_a_binary_dxf_is_read() -> None:
    assert box_of(dieline_in(dxf(1, binary=True), "a.dxf"))[2] == pytest.approx(101.6)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_as_it_is_seen(turn: int) -> None:
    """A stroke from the middle to the upper right, as seen, whichever way the page is turned."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("50 50 m 100 80 l S", box="0 0 100 100"))) as document:
        document.pages[0].rotate(turn, relative=False)
        document.save(buffer)
    (line,) = dieline_in(buffer.getvalue(), "a.pdf").lines
    expected = {0: (100, 20), 90: (80, 100), 180: (0, 80), 270: (20, 0)}[turn]
    assert line.points[1] == pytest.approx([place * 25.4 / 72 for place in expected], abs=1e-3)


def test_forms_transforms_and_curves_of_a_pdf_are_followed() -> None:
    content = "q 2 0 0 2 10 10 cm 0 0 m 0 10 l S Q 20 60 m 20 82.09 37.91 100 60 100 c S"
    lines = dieline_in(pdf(content, box="0 0 100 100"), "a.pdf").lines
    assert box_around([lines[0].points]) == pytest.approx(
        [place * 25.4 / 72 for place in (10, 70, 10, 90)], abs=1e-3
    )
    away = [np.hypot(x * 72 / 25.4 - 60, y * 72 / 25.4 - 40) for x, y in lines[1].points]
    assert away == pytest.approx([40] * len(away), abs=0.02)


def test_lines_of_a_pdf_are_named_by_their_spot_inks() -> None:
    shade = "<< /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [1 0 1] /N 1 >>"
    ink = f"[/Separation /CutContour /DeviceRGB {shade}]"
    content = "/A CS 1 SCN 0 0 m 9 9 l S q 0 0 0 RG 1 1 m 9 1 l S Q 2 2 m 9 2 l S"
    theirs = dieline_in(pdf(content, box="0 0 10 10", more=f"/ColorSpace << /A {ink} >>"), "a.pdf")
    assert [line.name for line in theirs.lines] == ["CutContour", "", "CutContour"]
    assert len(theirs.die_lines()) == 2


def test_an_svg_is_read_with_units_groups_and_transforms() -> None:
    inside = (
        "<g id='Crease' transform='translate(10 0)'><path d='M0 0v20' stroke='red'/></g>"
        "<rect x='5' y='5' width='10' height='10' fill='blue'/>"
        "<defs><clipPath id='c'><path d='M0 0h99' stroke='red'/></clipPath></defs>"
    )
    theirs = dieline_in(svg(inside, "width='4in' height='2in' viewBox='0 0 40 20'"), "a.svg")
    (line,) = theirs.lines
    assert (theirs.unit, line.name) == ("in", "Crease")
    assert box_around([line.points]) == pytest.approx((25.4, 0, 25.4, 50.8))


def test_corners_and_turns_place_theirs_on_ours() -> None:
    theirs = dieline_in(dxf(4), "a.dxf")
    placed, _ = Overlay(theirs, Placement(1, Corner.UPPER_LEFT, Corner.LOWER_RIGHT, right=1, down=-2)).placed(
        100, 50
    )
    assert box_around(placed) == pytest.approx((101, 48, 103, 52))


BOMB = b"<!DOCTYPE svg [<!ENTITY a0 'x'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
)
DASH = "<path d='M0 0h9' stroke='red'/>"
HOSTILE = {
    "empty": (b"", "empty"),
    "text": (b"hello", "no dieline packdesk can read"),
    "TIFF": (tiff(), "but TIFF"),
    "DWG": (b"AC1032" + bytes(99), "AutoCAD drawing"),
    "EPS": (b"%!PS-Adobe", "PostScript"),
    "PDF, locked": (locked_pdf(), "locked by a password"),
    "PDF, no lines": (pdf("BT ET"), "no lines in the PDF"),
    "PDF, cut": (pdf()[:60], "PDF file is damaged"),
    "PDF, many": (pdf("0 0 m 9 9 l S " * 30_000), "more lines than any dieline"),
    "SVG, no lines": (svg("<text>a</text>"), "no lines in the SVG"),
    "SVG, cut": (svg(DASH)[:-9], "SVG file is damaged|no lines"),
    "SVG, bomb": (BOMB + svg("<text>&a11;</text>"), "grow without end"),
    "SVG, many": (svg(DASH * 25_000), "more lines than any dieline|too much time"),
    "SVG, packed, cut": (zlib.compress(svg(DASH), wbits=31)[:-9], "SVG file is damaged"),
    "DXF, no lines": (dxf(4)[:-30].replace(b"LWPOLYLINE", b"TEXT").replace(b"CIRCLE", b"TEXT"), "DXF"),
    "DXF, cut": (b"0\nSECTION\n2\n", "DXF"),
    "DXF, far": (dxf(4).replace(b"\n4.0\n", b"\n4e9\n").replace(b"CIRCLE", b"POINT"), "DXF"),
}


@pytest.mark.usefixtures("begun_anew")
@pytest.mark.parametrize("kind", HOSTILE)
def test_what_cannot_be_read_is_told(kind: str) -> None:
    data, words = HOSTILE[kind]
    with pytest.raises(BadDielineError, match=words) as caught:
        dieline_in(data, "a")
    assert caught.value.remedy


def test_a_drawing_opens_no_file(tmp_path: Path) -> None:
    """Neither by a link nor by an entity; the process may open none."""
    secret = tmp_path / "secret.svg"
    secret.write_bytes(svg(DASH))
    entity = f"<!DOCTYPE svg [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>".encode()
    for data in (entity + svg("&x;"), svg(f"<use href='{secret.as_uri()}'/>")):
        with pytest.raises(BadDielineError):
            dieline_in(data, "a.svg")


def test_no_device_no_pipe_and_no_folder_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe", Path("/dev/zero"), tmp_path / "nothing"):
        with pytest.raises(BadDielineError, match=r"is not a file|is a folder|is not there"):
            read_dieline(place)


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    with pytest.raises(BadDielineError, match="too much time"):
        dieline_in(svg("<g>" + DASH * 19_000 + "</g>"), "a.svg")


def _lie(pipe: Connection, _kind: str) -> None:
    pipe.send_bytes(b"ready")
    told = pipe.recv_bytes()
    pipe.send_bytes(worker.LINES)
    for part in json.loads(told[3:]):
        pipe.send_bytes(bytes.fromhex(part))


@pytest.mark.parametrize(
    ("head", "counts", "points"),
    [
        ('{"unit": "mm", "names": [""]}', [3, 0], [0.0, 0, 1, 1]),
        ('{"unit": "mm", "names": [""]}', [2, 7], [0.0, 0, 1, 1]),
        ('{"unit": "mm", "names": [""]}', [2, 0], [0.0, 0, float("nan"), 1]),
        ('{"unit": "ell", "names": [""]}', [2, 0], [0.0, 0, 1, 1]),
        ("[]", [2, 0], [0.0, 0, 1, 1]),
    ],
)
def test_an_answer_that_is_none_is_refused(
    head: str, counts: list[int], points: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process says that a hostile file has taken over."""
    monkeypatch.setattr(reading, "run", _lie)
    parts = (head.encode(), np.array(counts, np.int32).tobytes(), np.array(points).tobytes())
    told = b"%PDF"[:3] + json.dumps([part.hex() for part in parts]).encode()
    monkeypatch.setattr(reading, "kind_of", lambda _data: "PDF")
    with pytest.raises(BadDielineError, match="damaged"):
        dieline_in(told, "a.pdf")


def test_points_are_counted_and_places_far_away_passed_over() -> None:
    lines = found.Found("mm")
    lines.add([(0, 0), (0, 0)], "")
    lines.add([(0, 0), (float("nan"), 0)], "")
    lines.add([(0, 0), (1e9, 0)], "")
    assert lines.lines == []
