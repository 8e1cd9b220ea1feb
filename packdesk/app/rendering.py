"""The current design as picture files, or turning once around itself, without a window."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from packdesk.app.application import make_application
from packdesk.app.choices import dieline_options
from packdesk.app.core import open_services
from packdesk.domain.appearance import Appearance
from packdesk.domain.dieline.build import shown_dieline
from packdesk.domain.look import Look
from packdesk.domain.saved_view import SavedView, with_view
from packdesk.domain.state import default_state
from packdesk.errors import InvalidInputError
from packdesk.export.flat.progress import silent
from packdesk.export.turntable import Film
from packdesk.jobs.drawing import PictureOrder, Shot, draw, view_files
from packdesk.sentence import Sentence
from packdesk.services.collecting import CollectedArtwork, collect_artwork
from packdesk.services.inside import NOTHING_INSIDE, InsideArtwork
from packdesk.viewer.camera import NAMED_VIEWS, check_angles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from packdesk.domain.look import Finish, Lighting
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.export.flat.progress import Listener
    from packdesk.services.container import Services
    from packdesk.settings import Settings


@dataclass(frozen=True)
class ViewOptions:
    """Where the package is looked at from.

    Attributes:
        name: of `camera.NAMED_VIEWS`, or of a view saved with the design.
        azimuth: degrees around the package instead of the view's.
        elevation: degrees above the floor instead of the view's.
        flat: whether it is seen without perspective.
        folded: 0 for the flat blank to 1 for the closed package, instead of the view's.
    """

    name: str = "home"
    azimuth: float | None = None
    elevation: float | None = None
    flat: bool = False
    folded: float | None = None

    def check(self) -> None:
        """Refuse angles and shares no view can have, before anything is opened for it.

        Raises:
            InvalidInputError: there is such a one.
        """
        check_angles(self.azimuth or 0.0, self.elevation or 0.0)
        if self.folded is not None and not 0 <= self.folded <= 1:
            raise InvalidInputError(
                f"A package cannot be folded to {self.folded:g}.",
                "Use 0 for the flat blank to 1 for the closed package.",
            )

    def view(self, saved: Iterable[SavedView] = ()) -> SavedView:
        """The view that is meant.

        Args:
            saved: what the design has besides `NAMED_VIEWS`.

        Raises:
            InvalidInputError: there is no such view, angle or share of folding.
        """
        found = next((view for view in saved if view.name == self.name), None) or _standard(self.name)
        self.check()
        azimuth = found.azimuth if self.azimuth is None else self.azimuth
        elevation = found.elevation if self.elevation is None else self.elevation
        folded = found.folded if self.folded is None else self.folded
        flat = self.flat or found.flat
        return replace(found, azimuth=azimuth, elevation=elevation, flat=flat, folded=folded)


class LookOptions(NamedTuple):
    """What of a look is wanted otherwise than the design has it; see `Look`."""

    background: str | None = None
    finish: Finish | None = None
    lighting: Lighting | None = None
    exposure: float | None = None

    def over(self, look: Look) -> Look:
        """The look with what is wanted.

        Raises:
            InvalidInputError: there is no such background or exposure.
        """
        return replace(look, **{name: value for name, value in self._asdict().items() if value is not None})


def _standard(name: str) -> SavedView:
    if name not in NAMED_VIEWS:
        names = ", ".join(NAMED_VIEWS)
        raise InvalidInputError(
            Sentence("There is no view “{name}”.", name=name[:60]),
            Sentence("Use {names}, or one of “packdesk views”.", names=names),
        )
    azimuth, elevation = NAMED_VIEWS[name]
    return SavedView(name, azimuth, elevation)


def check_picture(file: Path, size: tuple[int, int], look: LookOptions, *, force: bool) -> None:
    """Refuse what cannot be drawn or written, before anything is opened; raises as `PictureOrder.check`."""
    shot = Shot(_standard("home"), file)
    PictureOrder(default_state(), (shot,), *size, look.over(Look()), force=force).check()


def picture_to_file(
    settings: Settings,
    file: Path,
    options: ViewOptions,
    look: LookOptions,
    size: tuple[int, int],
    *,
    force: bool,
) -> dict[str, PackdeskError]:
    """Draw the current design; returns why panels stayed blank, by panel.

    Needs a display (`display.some_display`); raises as `drawing.draw`.

    Args:
        settings: where the design is kept.
        file: `name.png`, `.jpg` or `.webp`.
        options: where it is looked at from.
        look: how it is photographed, where not as the design is shown.
        size: width and height in pixels.
        force: whether what is there may be replaced.
    """

    def order(state: PackagingState, shown: Appearance) -> PictureOrder:
        shots = (Shot(options.view(shown.views), file),)
        blank = shown.blank or dieline_options(settings)
        return PictureOrder(state, shots, *size, look.over(shown.look), blank=blank, force=force)

    return order_to_files(settings, order)[1]


def views_to_files(
    settings: Settings,
    pattern: Path,
    look: LookOptions,
    size: tuple[int, int],
    *,
    force: bool,
    progress: Listener,
) -> tuple[list[Path], dict[str, PackdeskError]]:
    """Draw every saved view of the current design; returns the files, and why panels stayed blank.

    Args:
        settings: where the design is kept.
        pattern: `box.png` becomes `box Front.png` for the view Front.
        look: how it is photographed, where not as the design is shown.
        size: width and height in pixels.
        force: whether what is there may be replaced.
        progress: told how many pictures of how many are done.
    """

    def order(state: PackagingState, shown: Appearance) -> PictureOrder:
        saved = shown.views
        if not saved:
            raise InvalidInputError(
                "No view is saved with this design.", "Save one in the window: File, Save pictures."
            )
        shots = tuple(Shot(view, file) for view, file in zip(saved, view_files(pattern, saved), strict=True))
        blank = shown.blank or dieline_options(settings)
        return PictureOrder(state, shots, *size, look.over(shown.look), blank=blank, force=force)

    return order_to_files(settings, order, progress)


def order_to_files(
    settings: Settings,
    order: Callable[[PackagingState, Appearance], PictureOrder],
    progress: Listener = silent,
) -> tuple[list[Path], dict[str, PackdeskError]]:
    """Draw the current design as an order says that is made of it and how it is shown."""
    application = make_application()
    with open_services(settings) as services:
        state = asyncio.run(services.designs.get_state())
        shown = services.appearance.read() or Appearance()
        made = replace(order(state, shown), areas=shown.areas)
        made.check()
        artwork, inside = asyncio.run(_artwork(services, made))
    missing = draw(replace(made, inside=inside.pictures), artwork.pictures, progress)
    del application  # it had to live until here
    return [shot.target for shot in made.shots], {**artwork.missing, **missing}


async def _artwork(services: Services, order: PictureOrder) -> tuple[CollectedArtwork, InsideArtwork]:
    """What is on the panels, and what is inside where that is seen."""
    state = order.state
    artwork = await collect_artwork(state, services.pictures)
    if order.film or all(shot.view.folded >= 1 for shot in order.shots):
        return artwork, NOTHING_INSIDE
    dieline = shown_dieline(state.package_type, state.package_dimensions, order.blank)
    return artwork, await services.inside.shown(state, dieline)


def change_views(
    settings: Settings, options: ViewOptions, *, save: str | None = None, remove: str | None = None
) -> tuple[SavedView, ...]:
    """Save a view under a name or remove one, where a name is given; returns those there are then.

    Raises:
        InvalidInputError: there is no view of that name, or there are too many.
        OutputUnwritableError: they cannot be kept.
    """
    with open_services(settings) as services:
        return services.appearance.change(partial(_with_views, options, save, remove)).views


def _with_views(options: ViewOptions, save: str | None, remove: str | None, shown: Appearance) -> Appearance:
    kept = shown.views
    if remove is not None:
        kept = tuple(view for view in kept if view.name != remove)
        if kept == shown.views:
            raise InvalidInputError(
                Sentence("No view “{name}” is saved.", name=remove[:60]), "“packdesk views” lists them."
            )
    if save is not None:
        if not save.strip():
            raise InvalidInputError("A view needs a name.", "Write it behind --save.")
        kept = with_view(kept, replace(options.view(shown.views), name=save))
    return replace(shown, views=kept)


@dataclass(frozen=True)
class TurntableOptions:
    """What is drawn and where it goes.

    Attributes:
        target: `name.webp`, `name.mp4`, or a folder, which has no suffix.
        width: of each picture in pixels.
        height: of each picture in pixels.
        count: number of pictures of one turn.
        seconds: duration of one turn.
        look: how it is photographed, where not as the design is shown.
        elevation: degrees above the floor; None as the home view.
        force: whether what is there may be replaced.
    """

    target: Path
    width: int
    height: int
    count: int
    seconds: float
    look: LookOptions
    elevation: float | None = None
    force: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn or written, before anything is opened for it."""
        self.order(default_state(), Appearance()).check()

    def order(self, state: PackagingState, shown: Appearance) -> PictureOrder:
        """The order for a design."""
        look = self.look.over(shown.look)
        film = Film(self.width, self.height, self.count, self.seconds, look.is_transparent)
        shot = Shot(ViewOptions(elevation=self.elevation).view(), self.target)
        return PictureOrder(state, (shot,), self.width, self.height, look, film, force=self.force)


def turntable_to_file(
    settings: Settings, options: TurntableOptions, counting: Listener
) -> dict[str, PackdeskError]:
    """Draw one turn of the current design; returns why panels stayed blank, by panel.

    Needs a display (`display.some_display`); raises as `drawing.draw`.

    Args:
        settings: where the design is kept.
        options: what is drawn and where it goes.
        counting: told after each picture how many of how many are drawn.
    """
    return order_to_files(settings, options.order, counting)[1]
