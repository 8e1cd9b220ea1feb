"""The pictures on screen: one QPixmap a panel, the same object as long as its URL is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QImage, QPixmap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.textures.images import DecodedPicture


WidgetPixmap = QPixmap
"""A picture on screen, for those who only pass it on."""


class MippedPixmap(QPixmap):
    """A picture for widgets, and smaller copies of it, so that nothing is scaled down while painting.

    Attributes:
        levels: each half as wide and high as the former, rounded down.
    """

    levels: tuple[QPixmap, ...] = ()

    def for_size(self, width: float, height: float) -> QPixmap:
        """The smallest copy that is not smaller than that, in pixels."""
        fitting = [one for one in self.levels if one.width() >= width and one.height() >= height]
        return fitting[-1] if fitting else self


class ShownPicture(NamedTuple):
    """What a panel shows.

    Attributes:
        url: where it came from.
        pixmap: for widgets, and smaller copies.
        thumbnail: for widgets, small.
        image: for the graphics card.
        size: of the whole picture in pixels; the others may be smaller copies.
        recut: whether it is cut anew when its panel gets another size.
        came_in: the name of the colours it came in, if they were not sRGB.
    """

    url: str
    pixmap: MippedPixmap
    thumbnail: QPixmap
    image: QImage
    size: tuple[int, int]
    recut: bool = False
    came_in: str = ""


class PixmapMap:
    """`panel_id -> ShownPicture`. GUI thread only."""

    def __init__(self) -> None:
        self._entries: dict[str, ShownPicture] = {}

    def get(self, panel_id: str) -> ShownPicture | None:
        """What the panel shows, if anything."""
        return self._entries.get(panel_id)

    def put(
        self, panel_id: str, url: str, picture: DecodedPicture, *, recut: bool = False, came_in: str = ""
    ) -> MippedPixmap:
        """Show a picture on a panel. A known URL keeps its object, so no view sees a change."""
        entry = self._entries.get(panel_id)
        if entry is None or entry.url != url:
            pixmap, small = _mipped(picture), QPixmap.fromImage(picture.thumbnail)
            entry = self._entries[panel_id] = ShownPicture(
                url, pixmap, small, picture.image, picture.size, recut, came_in
            )
        return entry.pixmap

    def images(self) -> dict[str, QImage]:
        """All pictures by panel, as the viewer wants them."""
        return {panel_id: entry.image for panel_id, entry in self._entries.items()}

    def pixmaps(self) -> dict[str, QPixmap]:
        """The same for widgets."""
        return {panel_id: entry.pixmap for panel_id, entry in self._entries.items()}

    def recut(self) -> frozenset[str]:
        """The panels whose picture is cut anew for another size, and shown whole until then."""
        return frozenset(panel_id for panel_id, entry in self._entries.items() if entry.recut)

    def keep_only(self, panel_ids: Iterable[str]) -> None:
        """Forget every other panel."""
        kept = set(panel_ids)
        self._entries = {panel_id: entry for panel_id, entry in self._entries.items() if panel_id in kept}


def shown_picture(entry: ShownPicture, picture: DecodedPicture, image: QImage) -> ShownPicture:
    """What a panel shows in widgets in other colours, and on the graphics card instead."""
    small = QPixmap.fromImage(picture.thumbnail)
    return entry._replace(image=image, pixmap=_mipped(picture), thumbnail=small)


def _mipped(picture: DecodedPicture) -> MippedPixmap:
    pixmap = MippedPixmap(QPixmap.fromImage(picture.pixmap))
    pixmap.levels = tuple(QPixmap.fromImage(level) for level in picture.smaller)
    return pixmap
