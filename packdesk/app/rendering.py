"""The current design as a picture file, without a window."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.app.core import open_services
from packdesk.app.window import make_application
from packdesk.domain.panels import PANEL_IDS
from packdesk.errors import PackdeskError
from packdesk.textures.images import decode_picture, save_png
from packdesk.viewer.camera import Camera
from packdesk.viewer.framing import fit
from packdesk.viewer.render import check_picture_size, render_image
from packdesk.viewer.scene import STUDIO_DARK, STUDIO_LIGHT, Scene

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from packdesk.domain.state import PackagingState
    from packdesk.services.bundle import Services
    from packdesk.settings import Settings

_BACKDROPS = {"light": STUDIO_LIGHT, "dark": STUDIO_DARK, "transparent": None}


@dataclass(frozen=True)
class RenderOptions:
    """Picture size in pixels, named view, and `light`, `dark` or `transparent` background."""

    width: int
    height: int
    view: str = "home"
    background: str = "light"

    def __post_init__(self) -> None:
        """Refuse a size no picture can have, before anything is opened for it."""
        check_picture_size(self.width, self.height)


def render_to_file(settings: Settings, file: Path, options: RenderOptions) -> dict[str, PackdeskError]:
    """Draw the current design; returns why panels stayed blank, by panel.

    Needs a display (`display.some_display`).

    Raises:
        DisplayError: there is no usable OpenGL.
        OutputUnwritableError: the file cannot be written.
    """
    application = make_application()
    with open_services(settings) as services:
        state, textures, missing = asyncio.run(_collect(services))
    save_png(_draw(state, textures, options), file)
    del application  # it had to live until here
    return missing


def _draw(state: PackagingState, textures: dict[str, QImage], options: RenderOptions) -> QImage:
    backdrop = _BACKDROPS[options.background]
    scene = Scene(state.package_type, state.package_dimensions, textures, backdrop=backdrop)
    aspect = options.width / options.height
    camera = fit(Camera().looking(options.view), scene.package_type, scene.dimensions, aspect)
    return render_image(
        scene, camera, options.width, options.height, transparent=options.background == "transparent"
    )


async def _collect(services: Services) -> tuple[PackagingState, dict[str, QImage], dict[str, PackdeskError]]:
    state = await services.designs.get_state()
    textures: dict[str, QImage] = {}
    missing: dict[str, PackdeskError] = {}
    for panel_id in PANEL_IDS[state.package_type]:
        texture = state.panel_textures.get(panel_id)
        if texture is None:
            continue
        try:
            png = await services.pictures.read_picture(texture.texture_url)
            textures[panel_id] = decode_picture(png).image
        except PackdeskError as error:
            missing[panel_id] = error
    return state, textures, missing
