"""Nicks: as many and as wide as asked, on outlines only, and in the files a die is made from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from ezdxf.entities.lwpolyline import LWPolyline
from ezdxf.filemanagement import readfile

from packdesk.domain.curves import Segment
from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import MOST_NICKS, make_dieline
from packdesk.domain.dieline.nicks import knife, nick_count
from packdesk.domain.dieline.outline import flattened
from packdesk.domain.dieline.structures import BOX_STYLES
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType
from packdesk.domain.dimensions import Dimensions
from packdesk.errors import InvalidInputError
from packdesk.export.flat.cf2 import write_cf2
from packdesk.export.flat.dxf import write_dxf
from packdesk.export.flat.line_table import USUAL
from packdesk.export.flat.sheet import FlatOptions, Sheet

if TYPE_CHECKING:
    from pathlib import Path as FilePath

SIZE = Dimensions(width=100, height=150, depth=60)
CAN = Dimensions(width=80, height=120, depth=80)


def along(points: np.ndarray) -> float:
    return float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())


@pytest.mark.parametrize("style", [*BOX_STYLES, DielineStyle.WRAP])
@pytest.mark.parametrize("width", [0.4, 1.5])
def test_each_piece_has_its_nicks_and_loses_nothing_else(style: DielineStyle, width: float) -> None:
    kind, size = ("cylinder", CAN) if style is DielineStyle.WRAP else ("box", SIZE)
    asked = DielineOptions(style, board=even_board("b", 0.5), nicks=6, nick_width=width)
    dieline = make_dieline(kind, size, asked)  # type: ignore[arg-type]  # a package's type
    cuts, runs = dieline.of_kind(LineType.CUT), knife(dieline)
    whole = [path for path in runs if path in cuts]
    pieces = {"wrap": 3, "tray-lid": 2}.get(style.value, 1)
    assert len(runs) - len(whole) == nick_count(dieline) == 6 * pieces
    assert all(path.closed for path in cuts), "the blank stays what it is"
    lost = sum(along(np.array([*flattened(path.curves), path.curves[0].start])) for path in cuts[:pieces])
    left = sum(
        along(np.array([*flattened(run.curves), run.curves[-1].end])) for run in runs if run not in cuts
    )
    assert lost - left == pytest.approx(6 * pieces * width, abs=1e-2)
    for run in runs:
        for one, other in zip(run.curves, run.curves[1:], strict=False):
            assert math.dist(one.end, other.start) < 1e-9, "each run is one line"
        if run not in whole and isinstance(run.curves[0], Segment):
            assert math.dist(run.curves[0].start, run.curves[0].end) >= 1


def test_holes_and_a_blank_without_nicks_keep_their_knife_whole() -> None:
    mailer = make_dieline("box", SIZE, DielineOptions(DielineStyle.MAILER, nicks=8))
    assert knife(mailer)[-4:] == mailer.of_kind(LineType.CUT)[-4:], "the slots"
    plain = make_dieline("box", SIZE)
    assert knife(plain) == plain.of_kind(LineType.CUT)
    tiny = Dimensions(width=10, height=10, depth=10)
    crowded = make_dieline("box", tiny, DielineOptions(nicks=MOST_NICKS, nick_width=3))
    assert 0 < nick_count(crowded) < 12, "as many as there is room for"


def test_the_files_of_a_die_maker_have_the_gaps(tmp_path: FilePath) -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(nicks=5, nick_width=0.5))
    sheet = Sheet(dieline, {})
    write_dxf(sheet, tmp_path / "a.dxf", FlatOptions())
    ends = []
    for one in readfile(tmp_path / "a.dxf").modelspace().query('*[layer=="CUT"]'):
        assert isinstance(one, LWPolyline)
        assert not one.closed
        points = one.get_points("xy")
        ends.append((points[0], points[-1]))
    gaps = [math.dist(end, start) for (_, end), (start, _) in zip(ends, [*ends[1:], ends[0]], strict=True)]
    assert gaps == pytest.approx([0.5] * 5, abs=1e-6)
    write_cf2(sheet, tmp_path / "a.cf2", USUAL)
    whole = make_dieline("box", SIZE)
    write_cf2(Sheet(whole, {}), tmp_path / "b.cf2", USUAL)
    count = [len((tmp_path / name).read_text().splitlines()) for name in ("a.cf2", "b.cf2")]
    assert count[0] - count[1] == 5, "each nick makes two lines of one"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"nicks": 101}, "101 nicks are out of range"),
        ({"nick_width": 3.5}, "nick width of 3.5 mm is out of range"),
    ],
)
def test_what_is_out_of_range_is_said(asked: dict[str, float], sentence: str) -> None:
    with pytest.raises(InvalidInputError, match=sentence):
        make_dieline("box", SIZE, DielineOptions(**asked))  # type: ignore[arg-type]  # names of its fields
