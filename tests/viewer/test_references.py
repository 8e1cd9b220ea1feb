"""Pictures as they were once approved. `--regenerate-renders` writes them anew; look before keeping them.

Mesa's software renderer draws nearly the same everywhere, so they are compared on it alone. Elsewhere it is
enough that something sensible was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.look import Finish, Lighting
from packdesk.domain.panels import PANEL_IDS
from packdesk.viewer.scene import STUDIO_DARK, Scene, plain_backdrop
from packdesk.viewer.setup import describe_opengl

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Pixels = npt.NDArray[np.int16]

REFERENCES = Path(__file__).parent / "references"
MEAN = 1.0
"""Largest mean difference of a channel in 8-bit steps."""
STRONG, SHARE = 32, 0.005
"""A pixel is strongly different from this step on, and at most this share of them may be."""

BOX = Scene("box", Dimensions(width=110, height=150, depth=70))
TUBE = Scene("cylinder", Dimensions(width=80, height=150, depth=80))


@dataclass(frozen=True)
class Case:
    scene: Scene
    view: str = "home"
    transparent: bool = False
    artwork: bool = True


CASES = {
    "matte": Case(BOX),
    "board": Case(replace(BOX, selected="front", hovered="right"), artwork=False),
    "gloss": Case(replace(BOX, finish=Finish.GLOSS, backdrop=STUDIO_DARK)),
    "kraft": Case(replace(BOX, finish=Finish.KRAFT, lighting=Lighting.SIDE)),
    "foil": Case(replace(BOX, finish=Finish.FOIL, lighting=Lighting.EVEN)),
    "flat": Case(replace(BOX, lighting=Lighting.FLAT, backdrop=plain_backdrop("#3a6ea5"))),
    "below": Case(replace(BOX, exposure=0.5), "bottom"),
    "transparent": Case(BOX, transparent=True),
    "cylinder": Case(TUBE),
    "cylinder-gloss": Case(replace(TUBE, finish=Finish.GLOSS), transparent=True),
    "cylinder-top": Case(TUBE, "top"),
}


def artwork(panel_id: str) -> QImage:
    """Stripes, a gradient and a mark in one corner: neither turning nor stretching it goes unnoticed."""
    image = QImage(256, 256, QImage.Format.Format_RGBA8888)
    hue = 40 * sum(panel_id.encode()) % 360
    gradient = QLinearGradient(QPointF(0, 0), QPointF(256, 256))
    gradient.setColorAt(0, QColor.fromHsv(hue, 150, 240))
    gradient.setColorAt(1, QColor.fromHsv((hue + 40) % 360, 220, 90))
    painter = QPainter(image)
    painter.fillRect(image.rect(), gradient)
    for x in range(24, 256, 48):
        painter.fillRect(x, 96, 20, 120, QColor("#f4efe4"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#181818"))
    painter.drawRect(20, 20, 70, 44)
    painter.end()
    return image


def pixels(image: QImage) -> Pixels:
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    shape = (image.height(), image.width(), 4)
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape).astype(np.int16)


def keep_difference(folder: Path, name: str, got: QImage, difference: Pixels) -> str:
    """Write what was drawn and where it differs; returns where."""
    got.save(str(folder / f"{name}-drawn.png"))
    shown = np.ascontiguousarray(np.minimum(difference.max(axis=2) * 4, 255).astype(np.uint8))
    height, width = shown.shape
    QImage(shown.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).save(
        str(folder / f"{name}-difference.png")
    )
    return f"compare {folder / name}-drawn.png and -difference.png with {REFERENCES / name}.png"


@pytest.mark.parametrize("name", CASES)
def test_pictures_are_as_they_were_approved(
    name: str, picture: Callable[..., QImage], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    case = CASES[name]
    scene = case.scene
    if case.artwork:
        scene = replace(scene, textures={panel: artwork(panel) for panel in PANEL_IDS[scene.package_type]})
    drawn = picture(scene, case.view, transparent=case.transparent)
    if request.config.getoption("--regenerate-renders"):
        assert drawn.save(str(REFERENCES / f"{name}.png"))
    if "llvmpipe" not in describe_opengl():
        middle = pixels(drawn)[80:160, 120:200]
        assert len(np.unique(middle[..., :3].reshape(-1, 3), axis=0)) > 50
        assert (middle[..., 3] == 255).all()
        return
    approved = pixels(QImage(str(REFERENCES / f"{name}.png")))
    assert approved.shape == (240, 320, 4), "there is no reference: --regenerate-renders makes it"
    difference = np.abs(pixels(drawn) - approved)
    strong = float((difference.max(axis=2) > STRONG).mean())
    if difference.mean() > MEAN or strong > SHARE:
        where = keep_difference(tmp_path, name, drawn, difference)
        pytest.fail(f"mean difference {difference.mean():.2f}, {strong:.2%} differ strongly; {where}")


def test_references_and_cases_are_the_same() -> None:
    assert {path.stem for path in REFERENCES.glob("*.png")} == set(CASES)
