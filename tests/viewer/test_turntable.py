"""The turntable and the flat projection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from packdesk.domain.dimensions import Dimensions
from packdesk.viewer.camera import FLAT_FIELD_OF_VIEW, Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.navigation import Turntable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

BOX = Dimensions(width=100, height=150, depth=60)


def test_it_turns_and_stops(qtbot: QtBot) -> None:
    table = Turntable()
    degrees: list[float] = []
    table.turned.connect(degrees.append)
    with qtbot.waitSignal(table.changed) as changed:
        table.set_running(True)
    assert changed.args == [True]
    qtbot.waitUntil(lambda: len(degrees) > 3)
    table.set_running(False)
    count = len(degrees)
    assert all(step >= 0 for step in degrees)
    assert sum(degrees) > 0
    table.set_running(False)
    assert len(degrees) == count


def test_the_flat_projection_keeps_parallel_edges_parallel() -> None:
    camera = fit(Camera(field_of_view=FLAT_FIELD_OF_VIEW), "box", BOX, 1.0)
    matrix = camera.projection_matrix(1.0) @ camera.view_matrix()

    def width(y: float) -> float:
        ends = np.array([[-50, y, 0, 1], [50, y, 0, 1]], dtype=float) @ matrix.T
        shown = ends[:, :2] / ends[:, 3:]
        return float(np.linalg.norm(shown[1] - shown[0]))

    assert width(-30) == pytest.approx(width(30), rel=0.01)
    near, far = np.array([[0, -30, 75, 1], [0, 30, 75, 1]]) @ matrix.T
    assert -1 < near[2] / near[3] < far[2] / far[3] < 1
