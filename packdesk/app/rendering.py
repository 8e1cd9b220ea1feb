"""The current design as a picture file, or turning once around itself, without a window."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from packdesk.app.application import make_application
from packdesk.app.choices import dieline_options
from packdesk.app.core import open_services
from packdesk.domain.dieline.build import shown_dieline
from packdesk.errors import InvalidInputError, PackdeskError
from packdesk.export.turntable import Film, check_film, write_film
from packdesk.services.collecting import collect_artwork
from packdesk.textures.encoding import save_png
from packdesk.textures.images import DRAWN_PIXELS, decode_picture
from packdesk.viewer.camera import FIELD_OF_VIEW, FLAT_FIELD_OF_VIEW, Camera, check_angles
from packdesk.viewer.framing import fit, fit_extent
from packdesk.viewer.look import Look
from packdesk.viewer.render import check_picture_size, render_image, turn_pictures
from packdesk.viewer.scene import Scene
from packdesk.viewer.unfolding import Unfolding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage

    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.services.container import Services
    from packdesk.settings import Settings


@dataclass(frozen=True)
class RenderOptions:
    """How the package is drawn.

    Attributes:
        width: of the picture in pixels.
        height: of the picture in pixels.
        view: a name of `camera.NAMED_VIEWS`.
        look: how it is photographed.
        azimuth: degrees around the package instead of the view's.
        elevation: degrees above the floor instead of the view's.
        flat: whether it is seen without perspective.
        folded: 0 for the flat blank to 1 for the closed package.
    """

    width: int
    height: int
    view: str = "home"
    look: Look = field(default_factory=Look)
    azimuth: float | None = None
    elevation: float | None = None
    flat: bool = False
    folded: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a size or a place no picture can have, before anything is opened for it."""
        check_picture_size(self.width, self.height)
        check_angles(self.camera().azimuth, self.camera().elevation)
        if not 0 <= self.folded <= 1:
            raise InvalidInputError(
                f"A package cannot be folded to {self.folded:g}.",
                "Use 0 for the flat blank to 1 for the closed package.",
            )

    def camera(self) -> Camera:
        """Where the package is looked at from; still to be fitted to it."""
        named = Camera().looking(self.view)
        return replace(
            named,
            azimuth=named.azimuth if self.azimuth is None else self.azimuth,
            elevation=named.elevation if self.elevation is None else self.elevation,
            field_of_view=FLAT_FIELD_OF_VIEW if self.flat else FIELD_OF_VIEW,
        )


def render_to_file(settings: Settings, file: Path, options: RenderOptions) -> dict[str, PackdeskError]:
    """Draw the current design; returns why panels stayed blank, by panel.

    Needs a display (`display.some_display`).

    Raises:
        DisplayError: there is no usable OpenGL.
        OutputUnwritableError: the file cannot be written.
    """
    application = make_application()
    with open_services(settings) as services:
        scene, missing = asyncio.run(collect_scene(services, options.look))
    save_png(_draw(scene, options, dieline_options(settings)), file)
    del application  # it had to live until here
    return missing


def _draw(scene: Scene, options: RenderOptions, blank: DielineOptions) -> QImage:
    aspect = options.width / options.height
    if options.folded < 1:
        unfolding = Unfolding(shown_dieline(scene.package_type, scene.dimensions, blank), options.folded)
        camera = fit_extent(options.camera(), unfolding.extent, aspect)
        scene = replace(scene, unfolding=unfolding)
    else:
        camera = fit(options.camera(), scene.package_type, scene.dimensions, aspect)
    return render_image(scene, camera, options.width, options.height)


async def collect_scene(services: Services, look: Look) -> tuple[Scene, dict[str, PackdeskError]]:
    """The current design to be drawn, and why panels stay blank, by panel.

    Args:
        services: where the design and its pictures are.
        look: how it is photographed.
    """
    state = await services.designs.get_state()
    artwork = await collect_artwork(state, services.pictures)
    textures: dict[str, QImage] = {}
    missing = dict(artwork.missing)
    for panel_id, png in artwork.pictures.items():
        try:
            textures[panel_id] = decode_picture(png, DRAWN_PIXELS).image
        except PackdeskError as error:
            missing[panel_id] = error
    scene = Scene(
        state.package_type,
        state.package_dimensions,
        textures,
        backdrop=look.backdrop(),
        finish=look.finish,
        lighting=look.lighting,
        exposure=look.exposure,
    )
    return scene, missing


@dataclass(frozen=True)
class TurntableOptions:
    """What is drawn and where it goes.

    Attributes:
        target: `name.webp`, `name.mp4`, or a folder, which has no suffix.
        width: of each picture in pixels.
        height: of each picture in pixels.
        count: number of pictures of one turn.
        seconds: duration of one turn.
        look: how it is photographed.
        elevation: degrees above the floor; None as the home view.
        force: whether what is there may be replaced.
    """

    target: Path
    width: int
    height: int
    count: int
    seconds: float
    look: Look = field(default_factory=Look)
    elevation: float | None = None
    force: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn or written, before anything is opened for it."""
        self.picture()
        check_film(self.film(), self.target, force=self.force)

    def picture(self) -> RenderOptions:
        """How its first picture is drawn."""
        return RenderOptions(self.width, self.height, look=self.look, elevation=self.elevation)

    def film(self) -> Film:
        """How it is written."""
        transparent = self.look.backdrop() is None
        return Film(self.width, self.height, self.count, self.seconds, transparent)


def turntable_to_file(
    settings: Settings, options: TurntableOptions, counting: Callable[[int, int], None]
) -> dict[str, PackdeskError]:
    """Draw one turn of the current design; returns why panels stayed blank, by panel.

    Needs a display (`display.some_display`).

    Args:
        settings: where the design is kept.
        options: what is drawn and where it goes.
        counting: told after each picture how many of how many are drawn.

    Raises:
        DisplayError: there is no usable OpenGL.
        OutputUnwritableError: it cannot be written.
    """

    def counted(pictures: Iterator[QImage]) -> Iterator[QImage]:
        for done, picture in enumerate(pictures, 1):
            counting(done, options.count)
            yield picture

    application = make_application()
    with open_services(settings) as services:
        scene, missing = asyncio.run(collect_scene(services, options.look))
    camera = options.picture().camera()
    with closing(turn_pictures(scene, camera, options.width, options.height, options.count)) as pictures:
        write_film(options.film(), counted(pictures), options.target, force=options.force)
    del application  # it had to live until here
    return missing
