"""Objects where they are now, while the panel's picture still has them where they were.

A picture takes a second or more to be made anew. Until then what was changed is painted over the former one:
its old place as it is without it, and it itself at its new place.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPainterPathStroker, QPolygonF, QTransform

from packdesk.domain.objects.gestures import box_of
from packdesk.domain.objects.values import PictureObject
from packdesk.ui.objects.marks import paint_object
from packdesk.ui.theme import BOARD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QImage, QPainter, QPixmap

    from packdesk.domain.affine import Affine
    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject

Waits = tuple["Recipe | None"] | None
"""While something is not written yet, what was written last; else None."""
_EDGE_PX = 1.5
"""Around an object some of its colour is in pixels that it only touches."""
_NOT_SEEN = {"locked": False, "group": "", "name": "", "across": "left", "down": "top"}


class Held:
    """Knows what the panel's picture shows, and paints what differs from it.

    Args:
        drawn: what an object draws.

    Attributes:
        beneath: the panel without its objects, where it is known.
    """

    def __init__(self, drawn: Callable[[KeptObjects, str], DrawnObject | None]) -> None:
        self._drawn = drawn
        self.beneath: QImage | None = None
        self._panel = ""
        self._pictured: Recipe | None = None
        self._sent: Recipe | None = None
        self._key: int | None = None

    def follow(self, panel: str, recipe: Recipe | None, key: int, waits: Waits) -> None:
        """These are the objects now.

        Args:
            panel: on which.
            recipe: they; None for none.
            key: tells the panel's picture from others.
            waits: whether they are not written yet.
        """
        if panel != self._panel:
            self.beneath = None
        if panel != self._panel or recipe is None or self._pictured is None:
            self._panel, self._pictured, self._key = panel, recipe, None
        elif self._key is None and waits:
            self._key = key
        elif not waits and (self._key is None or key != self._key or self._pictured is self._sent):
            self._pictured, self._key = recipe, None
        if waits and self._key is not None:
            self.look(recipe, key, waits)

    def look(self, recipe: Recipe | None, key: int, waits: Waits) -> None:
        """The view shows another picture, perhaps: that of what was written last."""
        if self._key is None or key == self._key:
            return
        if waits:
            self._pictured = self._sent = waits[0]
            self._key = key
        else:
            self._pictured, self._key = recipe, None

    def paint(
        self,
        painter: QPainter,
        objects: KeptObjects,
        held: Iterable[PanelObject],
        place: Affine,
        picture: QPixmap | None,
    ) -> None:
        """Paint what differs, in the view's pixels.

        Args:
            painter: of the view.
            objects: those of the panel.
            held: those that are just being held, as they are.
            place: from millimetres of the panel.
            picture: what the panel shows.
        """
        if self._pictured is None:
            return
        now = {one.id: one for one in objects.recipe.objects} | {one.id: one for one in held}
        was = {one.id: one for one in self._pictured.objects}
        known = {name for name, one in now.items() if not _looks_like(one, was.get(name))}
        drawn = {name: self._drawing(objects, now[name]) for name in known}
        shown = [name for name in known if drawn[name] is not None or self._is_picture(now[name], was)]
        gone = [was[name] for name in was if name in shown or name not in now]
        if self.beneath is not None and gone:
            self._uncover(painter, objects, [one for one in gone if not one.hidden], {*known}, place)
        for name in now:
            if name not in shown or now[name].hidden:
                continue
            if (one := drawn[name]) is not None:
                paint_object(painter, one, place)
            elif picture is not None:
                self._paint_picture(painter, now[name], was[name], place, picture)

    @staticmethod
    def _is_picture(one: PanelObject, was: dict[str, PanelObject]) -> bool:
        return isinstance(one, PictureObject) and one.id in was and not was[one.id].turn

    def _drawing(self, objects: KeptObjects, one: PanelObject) -> DrawnObject | None:
        if isinstance(one, PictureObject):
            return None
        alone = objects.recipe.with_objects((one,))
        drawn = self._drawn(objects.model_copy(update={"recipe": alone}), one.id)
        return drawn if drawn is None or drawn.parts else None

    def _uncover(
        self,
        painter: QPainter,
        objects: KeptObjects,
        gone: Iterable[PanelObject],
        known: set[str],
        place: Affine,
    ) -> None:
        """The artwork and other objects, where these were."""
        assert self.beneath is not None
        gone, area = list(gone), QPainterPath()
        for one in gone:
            corners = QPolygonF([QPointF(*place.point(*corner)) for corner in one.corners])
            around = QPainterPath()
            around.addPolygon(corners)
            around.closeSubpath()
            area = area.united(around)
        edge = QPainterPathStroker()
        edge.setWidth(2 * _EDGE_PX)
        area = area.united(edge.createStroke(area)).intersected(_panel_path(objects.recipe.panel, place))
        beyond = _EDGE_PX / max(math.hypot(place.a, place.b), 1e-6)
        painter.save()
        painter.setClipPath(area, Qt.ClipOperation.IntersectClip)
        painter.fillPath(area, QColor(BOARD))
        painter.save()
        painter.setTransform(QTransform(*place))
        painter.drawImage(QRectF(0, 0, *objects.recipe.panel), self.beneath)
        painter.restore()
        for one in objects.recipe.objects:
            if one.id in known or one.hidden or not any(_meet(one, other, beyond) for other in gone):
                continue
            if (drawn := self._drawing(objects, one)) is not None:
                paint_object(painter, drawn, place)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, one: PanelObject, was: PanelObject, place: Affine, picture: QPixmap
    ) -> None:
        """A logo, as the panel's picture shows it where it was."""
        assert self._pictured is not None
        width, height = self._pictured.panel
        across, down = picture.width() / width, picture.height() / height
        painter.save()
        painter.setTransform(QTransform(*one.place.then(place)))
        painter.setOpacity(0.9)
        taken = QRectF(was.x * across, was.y * down, was.width * across, was.height * down)
        painter.drawPixmap(QRectF(0, 0, one.width, one.height), picture, taken)
        painter.restore()


def _looks_like(one: PanelObject, other: PanelObject | None) -> bool:
    if one is other or one == other:  # nearly all of them, in every frame of a drag
        return True
    return other is not None and one.model_copy(update=_NOT_SEEN) == other.model_copy(update=_NOT_SEEN)


def _meet(one: PanelObject, other: PanelObject, beyond: float) -> bool:
    """Whether their boxes overlap, or are no farther from each other than that, in millimetres."""
    left, top, right, bottom = box_of(one)
    box = box_of(other)
    level = left < box[2] + beyond and box[0] < right + beyond
    return level and top < box[3] + beyond and box[1] < bottom + beyond


def _panel_path(panel: tuple[float, float], place: Affine) -> QPainterPath:
    width, height = panel
    path = QPainterPath()
    corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    path.addPolygon(QPolygonF([QPointF(*place.point(*corner)) for corner in corners]))
    path.closeSubpath()
    return path
