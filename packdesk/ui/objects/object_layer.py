"""Objects on the flat view: chosen, moved, drawn larger and turned by mouse and keys.

A layer over the view that only paints; it looks at the view's events first and takes those that are meant for
an object. All others stay the view's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QWidget

from packdesk.domain.objects.arranging import with_groups
from packdesk.domain.objects.gestures import (
    Guides,
    Snapped,
    guides_of,
    moved,
    object_at,
    resized,
    snapped,
    turned,
)
from packdesk.domain.objects.on_blank import panel_place
from packdesk.domain.objects.values import Text
from packdesk.ui.objects.clipboard import has_objects
from packdesk.ui.objects.guides import paint_guides
from packdesk.ui.objects.held import Held
from packdesk.ui.objects.keys import CHANGES, STEPS, Meant, meant_by, stepped
from packdesk.ui.objects.marks import (
    handle_spots,
    in_middle,
    paint_chosen,
    paint_handles,
)
from packdesk.ui.objects.typing_in_place import TypingInPlace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent, QPixmap

    from packdesk.domain.affine import Affine
    from packdesk.domain.objects.drawn import DrawnObject
    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject
    from packdesk.ui.flat.view import FlatView
    from packdesk.ui.objects.held import Waits
    from packdesk.ui.objects.marks import Handle
    from packdesk.ui.theme import Theme

_REACH_PX, _SNAP_PX = 7.0, 6.0


class _Begun(NamedTuple):
    one: PanelObject
    start: QPointF
    handle: Handle


class ObjectLayer(QWidget):
    """Marks the chosen objects over the flat view, and says what becomes of them.

    Args:
        flat: the view.
        drawn: what an object of these draws, for showing one where it is not yet part of the picture.

    Attributes:
        flat: the view.
        held: what the panel's picture does not show yet.
        typing: where lettering is typed on the sheet.

    Signals:
        chosen: the IDs of objects, the one that was chosen last at the end.
        changed: objects as they shall be, a tuple.
        held_at: the object that is just being held, where and as it is.
        stepped: likewise, by a key that others may follow.
        delete_wanted: the chosen objects shall go.
        copy_wanted: the chosen objects shall be there twice.
        clip_wanted: the chosen objects shall be on the clipboard.
        cut_wanted: likewise, and be taken off.
        paste_wanted: what is there shall come from the clipboard.
        group_wanted: the chosen objects shall be one group.
        ungroup_wanted: they shall be none.
        menu_wanted: what can be done with them shall be offered at a place of the screen.
        opened: the chosen object shall be typed in, in the form.
        words_typed: the ID of lettering, and what was typed on the sheet.
    """

    chosen, changed, stepped, menu_wanted = Signal(object), Signal(object), Signal(object), Signal(object)
    delete_wanted, copy_wanted, clip_wanted, cut_wanted = Signal(), Signal(), Signal(), Signal()
    paste_wanted, group_wanted, ungroup_wanted = Signal(), Signal(), Signal()
    opened, held_at = Signal(), Signal(object)
    words_typed = Signal(str, str)

    def __init__(self, flat: FlatView, drawn: Callable[[KeptObjects, str], DrawnObject | None]) -> None:
        super().__init__(flat)
        self.flat, self.held = flat, Held(drawn)
        self._waits: Waits = None
        self._panel = ""
        self._chosen: tuple[str, ...] = ()
        self._objects: KeptObjects | None = None
        self._changeable, self._safe = True, 3.0
        self._accent = "#1d4fc4"
        self._begun: _Begun | None = None
        self._now: PanelObject | None = None
        self._guides = Snapped()
        self._lines: Guides | None = None
        self.typing = TypingInPlace(flat)
        self.typing.typed.connect(self.words_typed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(flat.rect())
        flat.installEventFilter(self)

    def show_objects(
        self, panel_id: str, objects: KeptObjects | None, chosen: tuple[str, ...], waits: Waits = None
    ) -> None:
        """Show these, with some of them chosen; for `waits` see `Held`."""
        if (panel_id, chosen[-1:]) != (self._panel, self._chosen[-1:]):
            self.typing.end()
        self._panel, self._objects, self._chosen = panel_id, objects, chosen
        if self._begun is None:
            self._now = None
        self._waits = waits
        self.held.follow(panel_id, self._recipe, self._key(), waits)
        self.setVisible(objects is not None)
        self.update()

    def set_changeable(self, *, changeable: bool) -> None:
        """Whether objects can be changed now."""
        self._changeable = changeable

    def set_theme(self, theme: Theme) -> None:
        """Mark in the theme's colour."""
        self._accent = theme.accent
        self.update()

    def type_words(self) -> None:
        """Have the chosen lettering typed where it stands; a code in the form."""
        one, place = self._one(), self._place()
        seen = self._changeable and self.flat.isVisible()
        if not isinstance(one, Text) or one.locked or not seen or place is None:
            self.opened.emit()
        else:
            corners = [QPointF(*place.point(*corner)) for corner in one.corners]
            self.typing.begin(one, corners, 1 / self._millimetre(place))

    @property
    def _recipe(self) -> Recipe | None:
        return None if self._objects is None else self._objects.recipe

    def _one(self) -> PanelObject | None:
        """The object that was chosen last, as it is just being held."""
        recipe = self._recipe
        if self._now is not None:
            return self._now
        last = self._chosen[-1] if self._chosen else ""
        return recipe.get(last) if recipe is not None and last in recipe.ids else None

    def _all(self) -> tuple[PanelObject, ...]:
        """All that are chosen and can be moved, as they are just being held; that one at the end."""
        one, recipe = self._one(), self._recipe
        if one is None or recipe is None:
            return ()
        others = [recipe.get(name) for name in self._chosen if name != one.id and name in recipe.ids]
        right = down = 0.0
        if self._begun is not None and self._begun.handle == "move":
            right, down = one.x - self._begun.one.x, one.y - self._begun.one.y
        return (*(moved(other, right, down) for other in others if not other.locked), one)

    def _place(self) -> Affine | None:
        """From millimetres of the panel to pixels of the view."""
        recipe, blank = self._recipe, self.flat.dieline
        if recipe is None or blank is None:
            return None
        panel = next((one for one in blank.panels if one.panel_id == self._panel), None)
        if panel is None:
            return None
        shown = self.flat.to_pixels()
        a, b, c, d, e, f = shown.m11(), shown.m12(), shown.m21(), shown.m22(), shown.dx(), shown.dy()
        placed = panel_place(panel, recipe.panel)
        return placed.then(type(placed)(a, b, c, d, e, f))

    def _picture(self) -> QPixmap | None:
        sheet = self.flat.sheet
        return None if sheet is None else sheet.scene.pictures.get(self._panel)

    def _key(self) -> int:
        """Tells the panel's picture from others; 0 where it has none."""
        picture = self._picture()
        return 0 if picture is None else picture.cacheKey()

    def spot(self, across: float, down: float) -> QPointF:
        """Where a place of the panel is seen, in pixels; raises where no panel is shown."""
        place = self._place()
        assert place is not None
        return QPointF(*place.point(across, down))

    def _on_panel(self, place: Affine, position: QPointF) -> tuple[float, float]:
        return place.inverse().point(position.x(), position.y())

    def _millimetre(self, place: Affine) -> float:
        """Of the panel, for a pixel of the view."""
        (left, top), (right, low) = place.point(0, 0), place.point(1, 0)
        return 1.0 / max(abs(right - left) + abs(low - top), 1e-6)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint frames of what is chosen, itself where it is held, and guides."""
        one, place, recipe = self._one(), self._place(), self._recipe
        if place is None or recipe is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            held = self._all()
            assert self._objects is not None
            self.held.look(recipe, self._key(), self._waits)
            moving = held if self._now is not None else ()
            self.held.paint(painter, self._objects, moving, place, self._picture())
            paint_guides(painter, self._guides, recipe.panel, self._safe, place)
            stay = (recipe.get(name) for name in self._chosen if name in recipe.ids)
            stay = (other for other in stay if other.locked and other != one)
            paint_chosen(painter, self._objects, (*stay, *held), place, self._accent)
            if one is not None and len(held) == 1 and self._changeable and not one.locked:
                paint_handles(painter, handle_spots(one, place), self._accent)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take what is meant for an object; everything else is the view's."""
        del watched
        if event.type() == QEvent.Type.Resize:
            self.typing.end()
            self.setGeometry(self.flat.rect())
        elif self._objects is None:
            return False
        elif isinstance(event, QWheelEvent):
            self.typing.end()
        elif isinstance(event, QKeyEvent):
            return self._take_key(event)
        elif isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        meant = meant_by(event)
        if self._begun is not None or meant is None or not self._can(meant):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or Delete would take the panel's picture off
        elif event.type() == QEvent.Type.KeyPress:
            self._do(meant, event)
        return True

    def _can(self, meant: Meant) -> bool:
        one, recipe = self._one(), self._recipe
        if recipe is None or (meant in CHANGES and not self._changeable):
            return False
        if meant is Meant.PASTE:
            return has_objects()
        if meant is Meant.ALL:
            return bool(recipe.objects)
        return one is not None and not (meant in STEPS and one.locked)

    def _do(self, meant: Meant, event: QKeyEvent) -> None:
        if meant in STEPS:
            self.stepped.emit(tuple(stepped(one, event) for one in self._all() if not one.locked))
            return
        does: dict[Meant, Callable[[], object]] = {
            Meant.PASTE: self.paste_wanted.emit,
            Meant.COPY: self.clip_wanted.emit,
            Meant.CUT: self.cut_wanted.emit,
            Meant.ALL: self._choose_all,
            Meant.NONE: lambda: self.chosen.emit(()),
            Meant.DELETE: self.delete_wanted.emit,
            Meant.DUPLICATE: self.copy_wanted.emit,
            Meant.OPEN: self.type_words,
            Meant.GROUP: self.group_wanted.emit,
            Meant.UNGROUP: self.ungroup_wanted.emit,
        }
        does[meant]()

    def _choose_all(self) -> None:
        recipe = self._recipe
        assert recipe is not None
        self.chosen.emit(tuple(one.id for one in recipe.objects if not (one.hidden or one.locked)))

    def _found(self, event: QMouseEvent, place: Affine) -> PanelObject | None:
        assert self._recipe is not None
        return object_at(self._recipe, *self._on_panel(place, event.position()), 3 * self._millimetre(place))

    def _take_mouse(self, event: QMouseEvent) -> bool:
        place = self._place()
        if place is None:
            return False
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseMove and self._begun is not None:
            self._hold(event, place)
            return True
        if kind == QEvent.Type.MouseButtonRelease and self._begun is not None and left:
            self._let_go()
            return True
        if kind == QEvent.Type.MouseButtonPress and left:
            self.typing.end()
            return self._press(event, place)
        if kind == QEvent.Type.MouseButtonDblClick and left:
            return self._open(event, place)
        right = event.button() == Qt.MouseButton.RightButton
        return kind == QEvent.Type.MouseButtonPress and right and self._offer(event, place)

    def _press(self, event: QMouseEvent, place: Affine) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:  # moves the sheet
            return False
        at, one, recipe = event.position(), self._one(), self._recipe
        assert recipe is not None
        single = one is not None and len(self._chosen) == 1 and not one.locked and self._changeable
        if one is not None and single and not in_middle(one, place, at):
            for handle, spot in handle_spots(one, place).items():
                if (spot - at).manhattanLength() <= 2 * _REACH_PX:
                    self._begun = _Begun(one, at, handle)
                    return True
        found = self._found(event, place)
        if found is None:
            if one is not None:
                self.chosen.emit(())
            return False
        self.flat.setFocus(Qt.FocusReason.MouseFocusReason)
        more = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.chosen.emit(self._with(found, recipe, more=more))
        if self._changeable and found.id in self._chosen:
            self._begun = _Begun(found, at, "move")
        return True

    def _offer(self, event: QMouseEvent, place: Affine) -> bool:
        """A right click on an object is about it; beside objects it is the panel's."""
        found, recipe = self._found(event, place), self._recipe
        if found is None or recipe is None:
            return False
        self.flat.setFocus(Qt.FocusReason.MouseFocusReason)
        if found.id not in self._chosen:
            self.chosen.emit(self._with(found, recipe, more=False))
        self.menu_wanted.emit(event.globalPosition().toPoint())
        return True

    def _with(self, one: PanelObject, recipe: Recipe, *, more: bool) -> tuple[str, ...]:
        """What is chosen after a click on an object: its group with it, and with `more` what was chosen."""
        names = with_groups(recipe, (one.id,))
        if more and one.id in self._chosen:
            return tuple(name for name in self._chosen if name not in names)
        if more or one.id in self._chosen:  # a drag moves all that are chosen
            return (*(name for name in self._chosen if name not in names), *names)
        return names

    def _open(self, event: QMouseEvent, place: Affine) -> bool:
        found = self._found(event, place)
        if found is None:
            return False
        self.chosen.emit((found.id,))
        self.type_words()
        return True

    def _hold(self, event: QMouseEvent, place: Affine) -> None:
        assert self._begun is not None
        one, start, handle = self._begun
        at = event.position()
        if self._now is None and (at - start).manhattanLength() < 4:
            return
        free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        x, y = self._on_panel(place, at)
        self._guides = Snapped()
        if handle == "turn":
            self._now = turned(one, x, y, free=free)
        elif isinstance(handle, str):
            from_x, from_y = self._on_panel(place, start)
            self._now = self._snapped(moved(one, x - from_x, y - from_y), place, free=free)
        else:
            even = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._now = resized(one, handle, x, y, even=even)
        self.held_at.emit(self._now)
        self.update()

    def _snapped(self, one: PanelObject, place: Affine, *, free: bool) -> PanelObject:
        recipe = self._recipe
        if free or recipe is None:
            return one
        if self._lines is None:  # once for a drag: there may be hundreds
            others = [other for other in recipe.objects if other.id not in self._chosen]
            self._lines = guides_of(others, recipe.panel, self._safe)
        self._guides = snapped(one, self._lines, _SNAP_PX * self._millimetre(place))
        return moved(one, self._guides.right, self._guides.down)

    def _let_go(self) -> None:
        made = self._all() if self._now is not None else ()
        self._begun, self._guides, self._lines = None, Snapped(), None
        self.update()
        if made:
            self.changed.emit(made)
