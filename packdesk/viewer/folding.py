"""Painter of a package that is not closed: its flat pieces, printed side and inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from OpenGL import GL
from PySide6.QtGui import QMatrix4x4

from packdesk.domain.dieline import picture_points
from packdesk.domain.panels import LEAD_PANEL
from packdesk.viewer import gl
from packdesk.viewer.fold_shadow import FoldShadow
from packdesk.viewer.surface import DISC, NO_LABEL, RECTANGLE, Surface, label_size, outline_style
from packdesk.viewer.unfolding import fan

if TYPE_CHECKING:
    from packdesk.domain.dieline import Dieline
    from packdesk.domain.dieline.fold import FoldPlate
    from packdesk.domain.geometry import FloatArray
    from packdesk.viewer.frame import RenderFrame
    from packdesk.viewer.lights import Lights
    from packdesk.viewer.quality import Quality
    from packdesk.viewer.resources import PackageResources, Panel
    from packdesk.viewer.scene import Scene
    from packdesk.viewer.unfolding import Unfolding

_WIDTHS = {"a_sheet": 2, "a_uv": 2}
_SPAN = 10_000.0  # millimetres the picture coordinates of a flap span


@dataclass(frozen=True)
class _Blank:
    """A blank on the graphics card."""

    dieline: Dieline
    mesh: gl.Mesh
    ranges: dict[str, tuple[int, int]]


class FoldPass:
    """Draws every piece twice: the printed side with its artwork, the inside as plain board."""

    def __init__(self, resources: PackageResources, quality: Quality) -> None:
        self._resources = resources
        self._surface = Surface("fold", _WIDTHS, quality, resources.grain)
        self._shadow = FoldShadow(tuple(_WIDTHS), quality.shadow_pixels)
        self._blank: _Blank | None = None

    def draw(self, scene: Scene, unfolding: Unfolding, frame: RenderFrame, lights: Lights) -> None:
        """Draw the pieces where they are."""
        blank = self._ready(unfolding)
        places = {name: _qmatrix(matrix) for name, matrix in unfolding.matrices.items()}
        panels = {panel.panel_id: panel for panel in self._resources.panels(scene)}
        shown = sorted(unfolding.plates, key=lambda plate: not _has_art(panels, plate.panel_id))
        with self._surface:
            for side, hidden in ((1.0, GL.GL_BACK), (-1.0, GL.GL_FRONT)):
                with gl.state(hidden=hidden):
                    for plate in shown:
                        panel = panels.get(plate.panel_id or "")
                        printed = panel if side > 0 else None
                        art = printed is not None and printed.artwork is not None
                        program = self._surface.bind(scene, frame, lights, artwork=art)
                        program.set("u_plate", places[plate.plate_id])
                        program.set("u_side", side)
                        program.set("u_panel", _extent(panel))
                        self._set_panel(program, scene, printed, frame.pixel_ratio)
                        blank.mesh.draw(*blank.ranges[plate.plate_id])

    def draw_shadow(
        self, scene: Scene, unfolding: Unfolding, frame: RenderFrame, lights: Lights, share: float
    ) -> None:
        """Draw `share` of the shadow of all pieces on the floor."""
        blank = self._ready(unfolding)

        def draw(program: gl.Program) -> None:
            for name, matrix in unfolding.matrices.items():
                program.set("u_plate", _qmatrix(matrix))
                blank.mesh.draw(*blank.ranges[name])

        self._shadow.throw(scene, unfolding, lights, draw)
        self._shadow.lay(scene, frame, lights, share)

    def destroy(self) -> None:
        """Free all; their context must be current."""
        self._surface.destroy()
        self._shadow.destroy()
        if self._blank:
            self._blank.mesh.destroy()

    def _set_panel(self, program: gl.Program, scene: Scene, panel: Panel | None, pixel_ratio: float) -> None:
        program.set("u_raw", (0.0, 0.0))
        program.set("u_gap", (0.0, 0.0))
        program.set("u_radius", 0.0)
        if panel is None:
            program.set("u_outline", (0.0, 0.0))
            program.set("u_outline_shape", RECTANGLE)
            program.set("u_label", NO_LABEL)
            # The border of a name is empty, and no more of it is seen.
            self._resources.pictures.label(LEAD_PANEL[scene.package_type]).bind(0)
            return
        disc = scene.package_type == "cylinder" and panel.panel_id != "body"
        program.set("u_outline_shape", DISC if disc else RECTANGLE)
        program.set("u_outline", outline_style(scene, panel.panel_id, pixel_ratio))
        if panel.artwork:
            panel.artwork.bind(0)
            return
        program.set("u_label", NO_LABEL if panel.awaited else label_size(panel.panel_id, panel.size))
        self._resources.pictures.label(panel.panel_id).bind(0)

    def _ready(self, unfolding: Unfolding) -> _Blank:
        if self._blank is None or self._blank.dieline is not unfolding.dieline:
            if self._blank:
                self._blank.mesh.destroy()
            self._blank = _make_blank(unfolding)
        return self._blank


def _extent(panel: Panel | None) -> tuple[float, float]:
    """What the picture coordinates of a piece span in millimetres."""
    return (float(panel.size.width), float(panel.size.height)) if panel else (_SPAN, _SPAN)


def _has_art(panels: dict[str, Panel], panel_id: str | None) -> bool:
    panel = panels.get(panel_id or "")
    return panel is not None and panel.artwork is not None


def _make_blank(unfolding: Unfolding) -> _Blank:
    ranges: dict[str, tuple[int, int]] = {}
    parts: list[FloatArray] = []
    count = 0
    for plate in unfolding.plates:
        part = _triangles(unfolding.dieline, plate)
        ranges[plate.plate_id] = (count, len(part))
        parts.append(part)
        count += len(part)
    mesh = gl.Mesh(np.concatenate(parts).astype(np.float32), tuple(_WIDTHS.values()))
    return _Blank(unfolding.dieline, mesh, ranges)


def _triangles(dieline: Dieline, plate: FoldPlate) -> FloatArray:
    """(3 n, 4) sheet and picture places of the triangles of a piece."""
    points = fan(plate.outline)
    uvs = (
        picture_points(dieline.panel(plate.panel_id), points) if plate.panel_id else np.full_like(points, 2.0)
    )
    return np.hstack([points, uvs])


def _qmatrix(matrix: FloatArray) -> QMatrix4x4:
    return QMatrix4x4(*(float(number) for number in matrix.flat))
