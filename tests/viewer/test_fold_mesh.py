"""An open package's pieces have thickness where they are cut, and flaps their neighbour's bleed."""

from __future__ import annotations

import numpy as np
import pytest

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.fold import fold_plates
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.viewer.fold_mesh import fold_mesh
from packdesk.viewer.unfolding import unfolding_of

SIZE = Dimensions(width=60, height=90, depth=60)
THICK = DielineOptions(board=even_board("E flute", 1.6), bleed=3)


@pytest.mark.parametrize("kind", ["box", "cylinder"])
def test_edges_stand_at_cuts_and_nowhere_else(kind: PackageType) -> None:
    dieline = make_dieline(kind, SIZE, THICK)
    plates = fold_plates(dieline)
    vertices, ranges = fold_mesh(dieline, plates)
    assert sum(part.length for piece in ranges.values() for part in piece[:4]) == len(vertices)
    edges = 0.0
    for piece in ranges.values():
        first, length = piece.edge
        rim = vertices[first : first + length]
        assert not rim[:, 7].any(), "normals lie in the sheet's plane"
        corners = rim[:, :3].reshape(-1, 6, 3)
        edges += float(np.linalg.norm(corners[:, 1] - corners[:, 0], axis=1).sum())
        assert set(rim[:, 2]) <= {0.0, 1.6}
    outlines = sum(
        float(np.linalg.norm(np.roll(plate.outline, -1, 0) - plate.outline, axis=1).sum()) for plate in plates
    )
    folds = sum(
        float(np.linalg.norm(np.subtract(plate.hinge.end, plate.hinge.start)))
        for plate in plates
        if plate.hinge
    )
    assert edges == pytest.approx(outlines - 2 * folds)


def test_a_flap_goes_on_with_its_neighbours_bleed() -> None:
    dieline = make_dieline("box", SIZE, THICK)
    vertices, ranges = fold_mesh(dieline, fold_plates(dieline))
    tuck = ranges["top-top-tuck"]
    assert tuck.inked == "top"
    assert not ranges["front"].bleed.length
    strip = vertices[tuck.bleed.first : tuck.bleed.first + tuck.bleed.length]
    assert np.ptp(strip[:, 1]) == pytest.approx(3)
    assert ((strip[:, 3:5] >= 0) & (strip[:, 3:5] <= 1)).all(), "mirrored into the picture"


def test_a_cylinder_with_a_board_is_never_one_piece() -> None:
    nominal, thick = (make_dieline("cylinder", SIZE, one) for one in (DielineOptions(), THICK))
    assert unfolding_of(nominal, 1.0) is None
    closed = unfolding_of(thick, 1.0)
    assert closed is not None
    assert closed.rolled == 1
    assert unfolding_of(make_dieline("box", SIZE, THICK), 1.0) is None
