"""VTK in its own window; a frame counts from the change until Render and WaitForCompletion are through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import vtk
from vtk.util.numpy_support import numpy_to_vtk

from packdesk.domain.geometry import unit_meshes
from peers.common import BOX, HEIGHT, PANELS, WIDTH, camera, decoded, files, measure, words

if TYPE_CHECKING:
    import argparse
    from pathlib import Path


def picture(pixels: np.ndarray) -> vtk.vtkImageData:
    image = vtk.vtkImageData()
    image.SetDimensions(pixels.shape[1], pixels.shape[0], 1)
    values = np.ascontiguousarray(pixels[::-1]).reshape(-1, 4)
    image.GetPointData().SetScalars(numpy_to_vtk(values, deep=True))
    return image


class Vtk:
    def __init__(self, given: argparse.Namespace) -> None:
        self._given = given
        self._sets = {
            name: {panel: picture(decoded(file)) for panel, file in files(given.pictures, name).items()}
            for name in "ab"
        }

    def show(self) -> None:
        self._window, self._renderer = vtk.vtkRenderWindow(), vtk.vtkRenderer()
        self._window.SetMultiSamples(self._given.samples)
        self._window.SetSize(WIDTH, HEIGHT)
        self._window.SetSwapControl(0)
        self._window.AddRenderer(self._renderer)
        self._renderer.SetBackground(0.8, 0.83, 0.86)
        self._textures, self._actors = {}, []
        for mesh in unit_meshes("box"):
            self._add(mesh)
        self._window.SwapBuffersOn()
        self._resized(BOX.width)
        self.turn(0)

    def turn(self, step: int) -> None:
        seen, target = camera(step), self._renderer.GetActiveCamera()
        target.SetPosition(*seen.eye())
        target.SetFocalPoint(*seen.centre)
        target.SetViewUp(0, 0, 1)
        target.SetViewAngle(seen.field_of_view)
        self._renderer.ResetCameraClippingRange()
        self._present()

    def resize(self, width: float) -> None:
        self._resized(width)
        self._present()

    def replace_textures(self) -> None:
        for panel in PANELS:
            self._textures[panel].SetInputData(self._sets["b"][panel])
        self._present()

    def start_large(self, file: Path) -> None:
        reader = vtk.vtkPNGReader()
        reader.SetFileName(str(file))
        self._textures["front"].SetInputConnection(reader.GetOutputPort())
        self._present()

    def large_shown(self) -> bool:
        return True

    def uploads(self) -> int:
        return 0

    def _present(self) -> None:
        self._window.Render()
        self._window.WaitForCompletion()

    def _resized(self, width: float) -> None:
        for actor in self._actors:
            actor.SetScale(width, BOX.depth, BOX.height)

    def _add(self, mesh: object) -> None:
        points, cells = vtk.vtkPoints(), vtk.vtkCellArray()
        points.SetData(numpy_to_vtk(mesh.positions, deep=True))
        for first in range(0, len(mesh.positions), 3):
            cells.InsertNextCell(3, range(first, first + 3))
        data = vtk.vtkPolyData()
        data.SetPoints(points)
        data.SetPolys(cells)
        data.GetPointData().SetNormals(numpy_to_vtk(mesh.normals, deep=True))
        data.GetPointData().SetTCoords(numpy_to_vtk(mesh.uvs * (1, -1) + (0, 1), deep=True))
        mapper, texture, actor = vtk.vtkPolyDataMapper(), vtk.vtkTexture(), vtk.vtkActor()
        mapper.SetInputData(data)
        texture.SetInputData(self._sets["a"][mesh.panel_id])
        texture.MipmapOn()
        texture.InterpolateOn()
        texture.SetColorModeToDirectScalars()
        actor.SetMapper(mapper)
        actor.SetTexture(texture)
        actor.GetProperty().BackfaceCullingOn()
        actor.ForceOpaqueOn()
        self._renderer.AddActor(actor)
        self._textures[mesh.panel_id] = texture
        self._actors.append(actor)


def main() -> None:
    given = words()
    measure(Vtk(given), given)


if __name__ == "__main__":
    main()
