"""Draws the pictures of docs/gallery.md with the real viewer. Run as a script, on any display."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from pictures import IMAGES, write_picture
from PySide6.QtGui import QImage

from packdesk.app.application import make_application
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.look import Finish
from packdesk.domain.panels import panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.generation.offline.provider import OfflineProvider
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.render import opened_renderer
from packdesk.viewer.scene import STUDIO_DARK, STUDIO_LIGHT, Backdrop, Scene

SIZE = (1200, 900)


@dataclass(frozen=True)
class Shot:
    """One picture of the gallery."""

    name: str
    prompt: str
    package_type: PackageType
    dimensions: Dimensions
    finish: Finish
    backdrop: Backdrop | None = STUDIO_LIGHT
    camera: Camera = Camera()  # noqa: RUF009  (a frozen value)


def box(width: float, height: float, depth: float) -> Dimensions:
    """Sizes in millimetres."""
    return Dimensions(width=width, height=height, depth=depth)


FLORAL = "Vintage floral pattern in navy and blush with gold, “Sol Field”, “Evening Tea”"
HERBS = "Botanical herbs, fresh green and cream, “Fern House”, “Garden Tea”"
SHOTS = (
    Shot("floral", FLORAL, "box", box(100, 150, 60), Finish.MATTE),
    Shot("glossy", FLORAL, "box", box(100, 150, 60), Finish.GLOSS),
    Shot(
        "kraft",
        HERBS,
        "box",
        box(120, 120, 90),
        Finish.KRAFT,
    ),
    Shot(
        "gloss",
        "Minimal black and gold lines, “Noir Atelier”, “Eau de parfum”",
        "box",
        box(85, 160, 55),
        Finish.GLOSS,
        STUDIO_DARK,
    ),
    Shot(
        "foil",
        "Geometric art deco in teal and gold, “Lumen”, “Dark Chocolate”",
        "box",
        box(110, 140, 50),
        Finish.FOIL,
    ),
    Shot(
        "cylinder",
        HERBS,
        "cylinder",
        box(80, 150, 80),
        Finish.MATTE,
        camera=Camera(azimuth=-80.0, elevation=20.0),
    ),
    Shot(
        "transparent",
        "Terrazzo chips in cream and terracotta, “North Fold”",
        "box",
        box(100, 150, 60),
        Finish.GLOSS,
        None,
    ),
)


async def paint(shot: Shot) -> dict[str, QImage]:
    """Artwork for every panel, painted on this computer."""
    provider = OfflineProvider()
    pictures = {}
    for panel_id, size in panel_sizes(shot.package_type, shot.dimensions).items():
        request = PanelRequest(
            prompt=shot.prompt,
            panel_id=panel_id,
            size=size,
            package_type=shot.package_type,
            package_dimensions=shot.dimensions,
        )
        pictures[panel_id] = QImage.fromData((await provider.generate(request)).png)
    return pictures


def shoot(shot: Shot) -> QImage:
    """Paint a package and photograph it."""
    scene = Scene(
        shot.package_type,
        shot.dimensions,
        asyncio.run(paint(shot)),
        backdrop=shot.backdrop,
        finish=shot.finish,
    )
    camera = fit(shot.camera, shot.package_type, shot.dimensions, SIZE[0] / SIZE[1])
    with opened_renderer(scene, *SIZE) as renderer:
        return renderer.draw(camera)


def main() -> None:
    """Draw all of them."""
    app = make_application()
    for shot in SHOTS:
        write_picture(shoot(shot), IMAGES / f"gallery-{shot.name}.webp")
    del app  # it had to live until here


if __name__ == "__main__":
    main()
