"""Where the objects of a panel lie on the blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.affine import Affine

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import PlacedPanel


def panel_place(panel: PlacedPanel, laid_out: tuple[float, float]) -> Affine:
    """From millimetres of an upright panel of that width and height to those of the blank."""
    width, height = panel.picture_size
    middle = Affine.shift(-laid_out[0] / 2, -laid_out[1] / 2)
    if laid_out != (width, height):  # a size of the package that is not written to the last digit
        middle = middle.then(Affine.scaling(width / laid_out[0], height / laid_out[1]))
    return middle.then(Affine.turning(panel.rotation // 90)).then(Affine.shift(*panel.centre))
