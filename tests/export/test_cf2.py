"""CF2 read back by hand: every line and arc is where the blank has it, with the rule it needs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import pytest
from support.flat import disc_sheet

from packdesk.domain.curves import Arc, halves
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import InvalidInputError
from packdesk.export.flat.cf2 import write_cf2
from packdesk.export.flat.line_table import USUAL, read_line_table
from packdesk.export.flat.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

TYPES = {LineType.CUT: "1", LineType.CREASE: "2", LineType.PERFORATION: "3"}


class Drawn(NamedTuple):
    """One line or arc, y downwards again: type, start, middle, end, each to a hundredth of a millimetre."""

    type: str
    start: tuple[float, float]
    middle: tuple[float, float]
    end: tuple[float, float]


def rounded(x: float, y: float) -> tuple[float, float]:
    return round(x, 2) + 0, round(y, 2) + 0


def middle_of(
    x: float, y: float, start: tuple[float, float], end: tuple[float, float], turn: float
) -> tuple[float, float]:
    """Halfway along an arc around (x, y), y upwards; a turn of 1 runs counter-clockwise."""
    first, last = (math.atan2(one[1] - y, one[0] - x) for one in (start, end))
    half = first + ((last - first) * turn % math.tau) * turn / 2
    radius = math.hypot(start[0] - x, start[1] - y)
    return x + radius * math.cos(half), y + radius * math.sin(half)


def read(file: Path, counterclockwise: int = 1) -> list[Drawn]:
    lines = file.read_bytes().decode("ascii").split("\r\n")
    assert (lines[0], lines[1], lines[-2]) == ("$BOF", "V2", "$EOF")
    assert {"UM", "SCALE,1,1", "C,BLANK,0,0,0,1,1", "SUB,BLANK"} <= set(lines)
    height = float(next(line for line in lines if line.startswith("UR,")).split(",")[2])
    drawn = []
    for line in lines:
        word, *fields = line.split(",")
        if word not in {"L", "A"}:
            continue
        x1, y1, x2, y2 = (float(one) for one in fields[3:7])
        middle = (x1 + x2) / 2, (y1 + y2) / 2
        if word == "A":
            x, y, turn = (float(one) for one in fields[7:10])
            middle = middle_of(x, y, (x1, y1), (x2, y2), turn * counterclockwise)
        points = [rounded(a, height - b) for a, b in ((x1, y1), middle, (x2, y2))]
        drawn.append(Drawn(fields[1], points[0], points[1], points[2]))
    return drawn


def expected(sheet: Sheet) -> list[Drawn]:
    found = []
    for kind, number in TYPES.items():
        for path in sheet.dieline.of_kind(kind):
            for curve in halves(path.curves):
                if isinstance(curve, Arc):
                    half = Arc(curve.x, curve.y, curve.radius, curve.start_angle, curve.sweep / 2).end
                else:
                    half = (curve.x1 + curve.x2) / 2, (curve.y1 + curve.y2) / 2
                found.append(Drawn(number, rounded(*curve.start), rounded(*half), rounded(*curve.end)))
    return found


@pytest.mark.parametrize("style", [DielineStyle.STRAIGHT_TUCK, DielineStyle.CROSS])
def test_every_line_is_where_the_blank_has_it(style: DielineStyle, tmp_path: Path) -> None:
    options = DielineOptions(style=style, perforated=True)
    blank = make_dieline("box", Dimensions(width=100.3, height=150.7, depth=60.1), options)
    write_cf2(Sheet(blank, title="Tee, 茶"), tmp_path / "a.cf2", USUAL)
    assert read(tmp_path / "a.cf2") == expected(Sheet(blank))
    assert b"Tee" in (tmp_path / "a.cf2").read_bytes()


def test_a_whole_circle_is_two_halves(tmp_path: Path) -> None:
    write_cf2(disc_sheet(50), tmp_path / "a.cf2", USUAL)
    first, second = read(tmp_path / "a.cf2")
    assert (first.start, second.start) == (second.end, first.end)
    assert {first.middle, second.middle} == {(25, 0), (25, 50)}


def test_a_shop_s_own_table(tmp_path: Path) -> None:
    table = tmp_path / "lines.toml"
    table.write_text(
        "counterclockwise = -1\n[lines.cut]\ntype = 1\npointage = 3\nbridges = 2\nbridge_mm = 6\n"
        "[lines.glue]\ntype = 41\nauxiliary = 7\n"
    )
    sheet = Sheet(make_dieline("box", Dimensions(width=100, height=150, depth=60), DielineOptions()))
    write_cf2(sheet, tmp_path / "a.cf2", read_line_table(table))
    assert [one for one in read(tmp_path / "a.cf2", -1) if one.type != "41"] == expected(sheet)
    lines = (tmp_path / "a.cf2").read_text().split()
    assert next(line for line in lines if line.startswith("L,3,1,0,")).endswith(",2,6")
    assert any(line.startswith("L,2,41,7,") for line in lines)


def test_a_table_is_laid_over_the_usual_one_value_by_value(tmp_path: Path) -> None:
    table = tmp_path / "lines.toml"
    table.write_text("[lines.cut]\nbridges = 2\n[lines.crease]\npointage = 3\ntype = 7\n")
    read = read_line_table(table).lines
    assert read[LineType.CUT] == USUAL.lines[LineType.CUT].model_copy(update={"bridges": 2})
    assert read[LineType.CREASE] == USUAL.lines[LineType.CREASE].model_copy(update={"pointage": 3, "type": 7})
    assert read[LineType.PERFORATION] == USUAL.lines[LineType.PERFORATION]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[lines.cut]\ntype = -1", "cannot be used: lines.cut.type: it must be at least 0."),
        ("[lines.cut]\ntype = 1.5", "cannot be used: lines.cut.type: it must be a whole number."),
        ("[lines.cut]\ntype = 'b'", "cannot be used: lines.cut.type: it must be a whole number."),
        ("[lines.cut]\npointage = 'b'\ntype = 1", "cannot be used: lines.cut.pointage: it must be a number."),
        ("[lines.glue]\nbridges = 2", "cannot be used: lines.glue.type: it must be said."),
        ("[lines.cut]\nbridges = 2.5", "cannot be used: lines.cut.bridges: it must be a whole number."),
        ("[lines.cut]\ntype = true", "cannot be used: lines.cut.type: it must be a whole number."),
        ("[lines.cut]\npointage = true", "cannot be used: lines.cut.pointage: it must be a number."),
        ("counterclockwise = true", "cannot be used: counterclockwise: it must be one of 1, -1."),
        ("[lines.knife]\ntype = 1", "cannot be used: lines.knife: it must be one of cut, crease"),
        ("counterclockwise = 2", "cannot be used: counterclockwise: it must be one of 1, -1."),
        ("lines = 3", "cannot be used: lines: it must be a table."),
        ("lines.cut = 3", "cannot be used: lines.cut: it must be a table."),
        ("colour = 1", "cannot be used: colour: it is not known here."),
        ("[lines]\ncut cut", "cannot be used: line 2 is not understood."),
        ("[lines", "cannot be used: it is no whole TOML."),
        ("\xff", "cannot be used: it is no whole TOML."),
        (None, "is not there, or is not a file."),
    ],
)
def test_a_table_that_is_none_is_told(text: str | None, reason: str, tmp_path: Path) -> None:
    table = tmp_path / "lines.toml"
    if text is not None:
        table.write_bytes(text.encode("latin-1"))
    with pytest.raises(InvalidInputError) as caught:
        read_line_table(table)
    assert reason in caught.value.sentence
