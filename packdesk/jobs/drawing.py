"""Pictures and films of a design in files: the window and the command line draw them by the same code.

All of it blocks, and needs a Qt application and OpenGL; beside a window, `drawing_process` runs it.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from packdesk.domain.dieline.build import shown_dieline
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.look import Look
from packdesk.errors import PackdeskError
from packdesk.export.flat.progress import silent
from packdesk.export.picture import check_picture_kind, write_picture
from packdesk.export.turntable import Film, check_film, write_film
from packdesk.files import check_free
from packdesk.textures.area_masks import area_images
from packdesk.textures.images import DRAWN_PIXELS, decode_texture
from packdesk.viewer.render import check_picture_size, opened_renderer, turn_pictures
from packdesk.viewer.scene import Scene, backdrop_of
from packdesk.viewer.shots import camera_of
from packdesk.viewer.unfolding import unfolding_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from packdesk.domain.area_finish import AreaFinish
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.saved_view import SavedView
    from packdesk.domain.state import PackagingState
    from packdesk.export.flat.progress import Listener
    from packdesk.textures.mips import MippedImage
    from packdesk.viewer.drawing_room import DrawingRoom

    Decoder = Callable[[bytes, int], MippedImage]

T = TypeVar("T")
_DECODERS = 2  # each takes as much memory as a picture


@dataclass(frozen=True)
class Shot:
    """One picture.

    Attributes:
        view: where the package is looked at from.
        target: `name.png`, `.jpg` or `.webp`; of a film `name.webp`, `name.mp4` or a folder.
    """

    view: SavedView
    target: Path


@dataclass(frozen=True)
class PictureOrder:
    """What is drawn, and into which files.

    Attributes:
        state: the design as it is shown.
        shots: the pictures; of a film one, with which its turn begins.
        width: of each picture in pixels.
        height: of each picture in pixels.
        look: how it is photographed; its background says whether it is transparent.
        film: None for still pictures.
        blank: what shapes the blank of an open package.
        force: whether what is there may be replaced.
        areas: finishes on parts of panels.
        inside: checked PNG by panel, on the panels' inside, which is seen where the package is open.
    """

    state: PackagingState
    shots: tuple[Shot, ...]
    width: int
    height: int
    look: Look = field(default_factory=Look)
    film: Film | None = None
    blank: DielineOptions = field(default_factory=DielineOptions)
    force: bool = False
    areas: tuple[AreaFinish, ...] = ()
    inside: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def most_pixels(self) -> int:
        """Of a panel's picture, as far as any is seen: twice as fine as the drawing where it fills that."""
        closest = max(1.0, *(shot.view.closer for shot in self.shots))
        return min(DRAWN_PIXELS, round(4 * self.width * self.height * closest**2))

    def check(self) -> None:
        """Refuse what cannot be drawn or written, before the work begins.

        Raises:
            InvalidInputError: a size, or a kind of file that cannot hold this.
            OutputUnwritableError: something stands there already, or a program is missing.
        """
        check_picture_size(self.width, self.height)
        for shot in self.shots:
            if self.film:
                check_film(self.film, shot.target, force=self.force)
            else:
                check_picture_kind(shot.target, transparent=self.look.is_transparent)
                check_free(shot.target, force=self.force)


_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def view_files(pattern: Path, views: Sequence[SavedView]) -> list[Path]:
    """A file for each view: `box.png` becomes `box Front.png` for the view Front; no two are the same."""
    files: list[Path] = []
    for view in views:
        name = _NOT_IN_NAMES.sub("-", view.name).strip(" .")
        base = f"{pattern.stem} {name}".strip()
        taken = {file.name.casefold() for file in files}
        number = next(n for n in count(1) if _numbered(base, n, pattern.suffix).casefold() not in taken)
        files.append(pattern.with_name(_numbered(base, number, pattern.suffix)))
    return files


def _numbered(base: str, number: int, ending: str) -> str:
    return f"{base}{ending}" if number == 1 else f"{base} {number}{ending}"


def draw(
    order: PictureOrder,
    artwork: Mapping[str, bytes],
    progress: Listener = silent,
    decode: Decoder = decode_texture,
    room: DrawingRoom | None = None,
) -> dict[str, PackdeskError]:
    """Draw and write everything; returns why panels stayed blank, by panel.

    Args:
        order: what is drawn.
        artwork: checked PNG by panel.
        progress: told how many pictures of how many are done.
        decode: makes textures of PNG; who draws many packages keeps those they share.
        room: of a process that draws many packages, for pictures.

    Raises:
        InvalidInputError: as `PictureOrder.check`.
        DisplayError: there is no usable OpenGL, or not enough memory.
        OutputUnwritableError: a file cannot be written.
    """
    order.check()
    scene, missing = scene_of(order.state, artwork, order.look, order.most_pixels, decode)
    state = order.state
    dieline = shown_dieline(state.package_type, state.package_dimensions, order.blank)
    scene = replace(
        scene,
        dimensions=dieline.manufacturing,
        unfolding=unfolding_of(dieline, 1.0),
        areas=area_images(order.areas, scene.textures),
        inside=_decoded(order.inside, order.most_pixels, decode)[0],
    )
    if order.film:
        _draw_film(order, order.film, scene, progress)
    else:
        _draw_pictures(order, scene, dieline, progress, room)
    return missing


def scene_of(
    state: PackagingState,
    artwork: Mapping[str, bytes],
    look: Look,
    most_pixels: int = DRAWN_PIXELS,
    decode: Decoder = decode_texture,
) -> tuple[Scene, dict[str, PackdeskError]]:
    """A closed package to be drawn, and why panels stay blank, by panel.

    Args:
        state: the design.
        artwork: checked PNG by panel.
        look: how it is photographed.
        most_pixels: of a panel's picture.
        decode: as of `draw`.
    """
    textures, missing = _decoded(artwork, most_pixels, decode)
    scene = Scene(
        state.package_type,
        state.package_dimensions,
        textures,
        backdrop=backdrop_of(look),
        finish=look.finish,
        lighting=look.lighting,
        exposure=look.exposure,
    )
    return scene, missing


def _decoded(
    artwork: Mapping[str, bytes], most_pixels: int, decode: Decoder
) -> tuple[dict[str, MippedImage], dict[str, PackdeskError]]:
    textures: dict[str, MippedImage] = {}
    missing: dict[str, PackdeskError] = {}
    with ThreadPoolExecutor(_DECODERS) as decoders:
        decoded = {name: decoders.submit(decode, png, most_pixels) for name, png in artwork.items()}
        for panel_id, answer in decoded.items():
            try:
                textures[panel_id] = answer.result()
            except PackdeskError as error:
                missing[panel_id] = error
    return textures, missing


def _draw_pictures(
    order: PictureOrder, scene: Scene, dieline: Dieline, progress: Listener, room: DrawingRoom | None
) -> None:
    aspect = order.width / order.height
    progress(0, len(order.shots))
    with opened_renderer(scene, order.width, order.height, room=room) as renderer:
        for done, shot in enumerate(order.shots, 1):
            shown = replace(scene, unfolding=unfolding_of(dieline, shot.view.folded))
            image = renderer.draw(camera_of(shot.view, shown, aspect), shown.unfolding)
            write_picture(image, shot.target)
            progress(done, len(order.shots))


def _draw_film(order: PictureOrder, film: Film, scene: Scene, progress: Listener) -> None:
    def counted(pictures: Iterator[T]) -> Iterator[T]:
        for done, picture in enumerate(pictures, 1):
            progress(done, film.count)
            yield picture

    (shot,) = order.shots
    camera = camera_of(replace(shot.view, aside=(0.0, 0.0, 0.0)), scene, film.width / film.height)
    with closing(turn_pictures(scene, camera, film.width, film.height, film.count)) as pictures:
        write_film(film, counted(pictures), shot.target, force=order.force)
