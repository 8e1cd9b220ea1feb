"""The pictures as the views show them: with finishes on parts of them, and in colours as printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain.sight import Sight

if TYPE_CHECKING:
    from packdesk.domain.area_finish import AreaFinish
    from packdesk.errors import PackdeskError
    from packdesk.export.press.options import PressOptions
    from packdesk.export.press.proofing import Proof
    from packdesk.jobs.bridge import Bridge
    from packdesk.textures.images import DecodedPicture, WidgetImage
    from packdesk.textures.pixmaps import PixmapMap, ShownPicture, WidgetPixmap


class _Wanted(NamedTuple):
    """What a panel's picture is made of."""

    url: str
    areas: tuple[AreaFinish, ...]
    sight: Sight
    press: PressOptions | None


class _Made(NamedTuple):
    """What was made of it, and where parts of it have finishes."""

    shown: ShownPicture
    areas: WidgetImage | None


class SeenPictures(QObject):
    """Stands before the pictures on screen: as they are, unless more is wanted; that is made in a worker.

    A panel shows its plain picture until the other one is there.

    Signals:
        changed: the views have to be drawn anew.
        failed: why colours cannot be shown as printed (a `PackdeskError`); they are shown as on the screen.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, pixmaps: PixmapMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._pixmaps = bridge, pixmaps
        self._areas: tuple[AreaFinish, ...] = ()
        self._sight = Sight.SCREEN
        self._press: PressOptions | None = None
        self._made: dict[str, tuple[_Wanted, _Made]] = {}
        self._proof: tuple[PressOptions, Proof] | None = None
        self._running = False

    @property
    def sight(self) -> Sight:
        """How colours are looked at."""
        return self._sight

    def images(self) -> dict[str, WidgetImage]:
        """All pictures by panel, as the viewer wants them."""
        return self._pixmaps.images() | {name: one.shown.image for name, one in self._ready().items()}

    def pixmaps(self) -> dict[str, WidgetPixmap]:
        """The same for widgets, with a colour where there is a finish."""
        return self._pixmaps.pixmaps() | {name: one.shown.pixmap for name, one in self._ready().items()}

    def recut(self) -> frozenset[str]:
        """As of the pictures on screen."""
        return self._pixmaps.recut()

    def areas(self) -> dict[str, WidgetImage]:
        """Where parts of pictures have finishes, by panel."""
        ready = self._ready().items()
        return {name: one.areas for name, one in ready if one.areas is not None}

    @Slot(object)
    def set_areas(self, areas: tuple[AreaFinish, ...]) -> None:
        """Finishes on parts of panels."""
        if areas != self._areas:
            self._areas = areas
            self._begin()

    def set_sight(self, sight: Sight, press: PressOptions | None) -> None:
        """Look at colours so; as printed, by a press."""
        wanted = (sight, press) if press is not None else (Sight.SCREEN, None)
        if wanted != (self._sight, self._press):
            self._sight, self._press = wanted
            self._begin()

    @Slot()
    def follow(self) -> None:
        """The pictures on screen are others."""
        if self._wanted() or self._made:
            self._begin()

    def _wanted(self) -> dict[str, _Wanted]:
        found = {}
        for panel_id in self._pixmaps.pixmaps():
            entry = self._pixmaps.get(panel_id)
            own = tuple(area for area in self._areas if area.panel_id == panel_id)
            if entry is not None and (own or self._sight is not Sight.SCREEN):
                found[panel_id] = _Wanted(entry.url, own, self._sight, self._press)
        return found

    def _ready(self) -> dict[str, _Made]:
        wanted = self._wanted()
        made = self._made.items()
        return {name: one for name, (of, one) in made if (now := wanted.get(name)) and now.url == of.url}

    def _begin(self) -> None:
        wanted = self._wanted()
        self._made = {name: one for name, one in self._made.items() if name in wanted}
        self.changed.emit()
        if not self._running and wanted:
            self._running = True
            self._bridge.start(self._make(), self._fail)

    async def _make(self) -> None:
        try:
            while (found := self._missing()) is not None:
                panel_id, wanted, entry = found
                proof = await self._proof_of(wanted.press)
                made = await self._bridge.work(partial(_made_of, entry, wanted, proof))
                if self._wanted().get(panel_id) == wanted:
                    self._made[panel_id] = wanted, _shown(entry, *made)
                    self.changed.emit()
        finally:
            self._running = False

    def _missing(self) -> tuple[str, _Wanted, ShownPicture] | None:
        for panel_id, wanted in self._wanted().items():
            entry = self._pixmaps.get(panel_id)
            if entry is not None and self._made.get(panel_id, (None,))[0] != wanted:
                return panel_id, wanted, entry
        return None

    async def _proof_of(self, press: PressOptions | None) -> Proof | None:
        if press is not None and (self._proof is None or self._proof[0] != press):
            self._proof = press, await self._bridge.work(partial(_made_proof, press))
        return None if press is None or self._proof is None else self._proof[1]

    def _fail(self, error: PackdeskError) -> None:
        self._sight, self._press = Sight.SCREEN, None
        self.failed.emit(error)
        self._begin()


def _made_proof(press: PressOptions) -> Proof:
    from packdesk.export.press.profile import read_press_profile  # noqa: PLC0415  (few look at colours so)
    from packdesk.export.press.proofing import Proof  # noqa: PLC0415  (likewise)

    profile = read_press_profile(press.profile)
    return Proof(profile, press.ink_limit, separated=press.separated, black_point=press.black_point)


def _made_of(
    entry: ShownPicture, wanted: _Wanted, proof: Proof | None
) -> tuple[DecodedPicture, WidgetImage, WidgetImage | None]:
    """The picture in all forms, the one for the card, and where parts of it have finishes."""
    from packdesk.export.flat.area_plates import AREA_STYLES  # noqa: PLC0415  (the first frame does without)
    from packdesk.textures.area_masks import area_image, overlaid, pixels_of  # noqa: PLC0415  (likewise)
    from packdesk.textures.images import in_all_forms  # noqa: PLC0415  (likewise)

    pixels = pixels_of(entry.image)
    seen = pixels if proof is None else proof.seen(pixels, wanted.sight)
    if not wanted.areas:
        made = in_all_forms(seen, entry.size)
        return made, made.image, None
    colours = {kind: style.rgb for kind, style in AREA_STYLES.items()}
    flat = in_all_forms(overlaid(wanted.areas, pixels, colours, seen), entry.size)
    solid = entry.image if proof is None else in_all_forms(seen, entry.size).image
    return flat, solid, area_image(wanted.areas, pixels)


def _shown(
    entry: ShownPicture, picture: DecodedPicture, image: WidgetImage, areas: WidgetImage | None
) -> _Made:
    from packdesk.textures.pixmaps import shown_picture  # noqa: PLC0415  (as above)

    return _Made(shown_picture(entry, picture, image), areas)
