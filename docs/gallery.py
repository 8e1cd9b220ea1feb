"""Draws the pictures of docs/gallery.md with the real viewer. Run as a script, on any display."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pictures import IMAGES, write_picture
from PySide6.QtGui import QImage

from packdesk.app.application import make_application
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.look import Finish
from packdesk.domain.objects.inks import ink_of
from packdesk.domain.objects.kept import KeptObjects
from packdesk.domain.objects.lettering import lettering_key
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.values import Align, Barcode, PanelObject, Text
from packdesk.domain.panels import FlatSize, panel_sizes
from packdesk.domain.request import PanelRequest, Room
from packdesk.generation.offline.provider import OfflineProvider
from packdesk.textures.objects.bars import fitted
from packdesk.textures.objects.drawing import drawn_objects
from packdesk.textures.objects.flattening import flattened
from packdesk.textures.objects.shaping import shaped
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.render import opened_renderer
from packdesk.viewer.scene import STUDIO_DARK, STUDIO_LIGHT, Backdrop, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    objects: Mapping[str, tuple[PanelObject, ...]] = field(default_factory=dict)


def box(width: float, height: float, depth: float) -> Dimensions:
    """Sizes in millimetres."""
    return Dimensions(width=width, height=height, depth=depth)


FLORAL = "Vintage floral pattern in navy and blush with gold, “Sol Field”, “Evening Tea”"
HERBS = "Botanical herbs, fresh green and cream, “Fern House”, “Garden Tea”"
INK = ink_of("#4a2418")
INGREDIENTS = (
    "Wheat flour, almonds (24 %), butter, cane sugar, whole egg, orange peel, sea salt, bourbon vanilla. "
    "May contain traces of other nuts. Keep cool and dry."
)


def line(name: str, words: str, y: float, size: float, weight: int) -> Text:
    """A line in the middle of a front of 100 mm."""
    place = {"x": 14.0, "y": y, "width": 72.0, "height": size * 0.45}
    return Text(id=name, words=words, size=size, weight=weight, ink=INK, align=Align.CENTRE, **place)


LETTERED: dict[str, tuple[PanelObject, ...]] = {
    "front": (
        line("name", "North Fold", 42, 36, 700),
        line("what", "Almond Biscuits", 60, 18, 300),
        line("net", "180 g", 70, 12, 500),
    ),
    "right": (
        Text(id="head", x=9, y=26, width=42, height=6, words="Ingredients", size=11, weight=700, ink=INK),
        Text(id="list", x=9, y=33, width=42, height=36, words=INGREDIENTS, size=9, ink=INK),
        Barcode(id="code", x=11, y=98, value="4006381333931", ink=INK),
    ),
}
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
        "Terrazzo chips in cream and terracotta",
        "box",
        box(100, 150, 60),
        Finish.GLOSS,
        None,
        objects=LETTERED,
    ),
)


def room_for(ones: tuple[PanelObject, ...]) -> tuple[Room, ...]:
    """What the painter leaves empty."""
    read = (fitted(one) if isinstance(one, Barcode) else one for one in ones)
    return tuple((round(one.x), round(one.y), round(one.width), round(one.height)) for one in read)


def lettered(artwork: bytes, ones: tuple[PanelObject, ...], size: FlatSize) -> bytes:
    """The artwork with objects over it, as the window lays them."""
    if not ones:
        return artwork
    recipe = Recipe.empty(size).with_objects(
        tuple(fitted(one) if isinstance(one, Barcode) else one for one in ones)
    )
    kept = KeptObjects.of(recipe, {lettering_key(text): shaped(text) for text in recipe.texts})
    return flattened(artwork, drawn_objects(kept, lambda _: None), size, lambda _: b"").png


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
            room=room_for(shot.objects.get(panel_id, ())),
        )
        painted = (await provider.generate(request)).png
        pictures[panel_id] = QImage.fromData(lettered(painted, shot.objects.get(panel_id, ()), size))
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
    """Draw all of them, or those that are named."""
    app = make_application()
    names = set(sys.argv[1:])
    for shot in (shot for shot in SHOTS if not names or shot.name in names):
        write_picture(shoot(shot), IMAGES / f"gallery-{shot.name}.webp")
    del app  # it had to live until here


if __name__ == "__main__":
    main()
