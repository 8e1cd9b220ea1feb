"""The current design turning once around itself, as files, without a window."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packdesk.app.application import make_application
from packdesk.app.core import open_services
from packdesk.app.rendering import RenderOptions, collect_scene
from packdesk.export.turntable import Film, check_film, write_film
from packdesk.viewer.look import Look
from packdesk.viewer.render import turn_pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage

    from packdesk.errors import PackdeskError
    from packdesk.settings import Settings

    Counting = Callable[[int, int], None]


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
    settings: Settings, options: TurntableOptions, counting: Counting
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
    application = make_application()
    with open_services(settings) as services:
        scene, missing = asyncio.run(collect_scene(services, options.look))
    camera = options.picture().camera()
    with closing(turn_pictures(scene, camera, options.width, options.height, options.count)) as pictures:
        counted = _counted(pictures, options.count, counting)
        write_film(options.film(), counted, options.target, force=options.force)
    del application  # it had to live until here
    return missing


def _counted(pictures: Iterator[QImage], total: int, counting: Counting) -> Iterator[QImage]:
    for done, picture in enumerate(pictures, 1):
        counting(done, total)
        yield picture
