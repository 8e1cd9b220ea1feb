"""The properties of the objects that are chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from packdesk.domain.objects.gestures import can_resize
from packdesk.domain.objects.numbers import check_value, offered_number, waits_for_number
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.typed import changed, properties_of
from packdesk.domain.objects.values import MOST_MM, Barcode, Form, Text
from packdesk.domain.pack_words import NO_WORDS
from packdesk.domain.ranges.filling import unfilled_fields, with_words
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError
from packdesk.ui.length_field import LengthField
from packdesk.ui.objects.fields import (
    CheckField,
    ChoiceField,
    InkField,
    LineField,
    Millimetres,
    NumberField,
    TextField,
    use_unit,
)
from packdesk.ui.objects.refusal import Refusal
from packdesk.ui.objects.words import choices, property_words
from packdesk.ui.parts import GAP, column, label
from packdesk.ui.spoken import error_text
from packdesk.ui.units import MM
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QIcon

    from packdesk.domain.objects.values import PanelObject
    from packdesk.domain.pack_words import PackWords
    from packdesk.ui.units import Unit

_ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "text": (
        ("words",),
        ("family",),
        ("size", "weight"),
        ("ink",),
        ("align", "line_spacing"),
        ("letter_spacing", "italic"),
        ("wraps", "vertical"),
    ),
    "barcode": (
        ("symbology",),
        ("value",),
        ("magnification",),
        ("reduction",),
        ("ink",),
        ("plate",),
        ("digits",),
    ),
    "shape": (("form",), ("ink",), ("border",), ("thickness", "radius")),
    "picture": (),
}
_SHARED = (("ink",),)
"""What objects of several kinds have besides their place, as far as all of them have it."""
_PLACE = (
    ("x", "y"),
    ("width", "height"),
    ("turn", "opacity"),
    ("across", "down"),
    ("locked", "hidden"),
    ("runs_on",),
)
_MADE: dict[str, Callable[[], Any]] = {
    "words": TextField,
    "family": partial(ChoiceField, [], free=True),
    "size": partial(NumberField, 1, 2000, " pt", 0.5),
    "line_spacing": partial(NumberField, 50, 500, " %", 5, 100),
    "letter_spacing": partial(NumberField, -200, 2000, " ‰", 5),
    "value": LineField,
    "magnification": partial(NumberField, 80, 200, " %", 5),
    "reduction": partial(NumberField, 0, 200, " µm", 5),
    "thickness": partial(Millimetres, 0, 100),
    "radius": partial(Millimetres, 0, 1000),
    "x": partial(Millimetres, -MOST_MM, MOST_MM),
    "y": partial(Millimetres, -MOST_MM, MOST_MM),
    "width": partial(Millimetres, 0.01, MOST_MM),
    "height": partial(Millimetres, 0.01, MOST_MM),
    "turn": partial(NumberField, -360, 360, "°", 1),
    "opacity": partial(NumberField, 0, 100, " %", 5, 100),
}
_HELD = ("x", "y", "width", "height", "turn")
_LEAST_WIDTH = 64
"""Pixels: Qt would leave room for the largest number there could be."""
_LONGEST = 120
_COUPLED = ("symbology", "value")
_FILLED = {"words", "value"}
"""What may hold fields of a range, each alone in its row."""
_INKS = ("ink", "border", "plate")
_CHECKED = ("italic", "wraps", "vertical", "digits", "locked", "hidden", "runs_on")


class ObjectForm(QWidget):
    """Shows objects, and says what they become.

    Signals:
        changed: those that are other than they were, as they shall be: a tuple.
        pick_wanted: the name of a colour that shall be taken from the artwork.
    """

    changed = Signal(object)
    pick_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._ones: tuple[PanelObject, ...] = ()
        self._unit = MM
        self._families: list[str] = []
        self._icon_of: Callable[[str], QIcon] | None = None
        self.fields: dict[str, Any] = {}
        self.refusals: dict[str, Refusal] = {}
        self._column = column(self)
        self._grid: QWidget | None = None
        self._grid_of: dict[str, QGridLayout] = {}
        self._words = NO_WORDS
        self._radius_label: QWidget | None = None
        self.several = label("", "muted", wrap=True)
        self.several.hide()
        self._column.addWidget(self.several)
        self.missing = label("", "muted", wrap=True)
        self.missing.hide()
        self._column.addWidget(self.missing)
        self.filled = label("", "muted", wrap=True)
        self.filled.hide()
        self._column.addWidget(self.filled)
        self._column.addStretch(1)

    def show_objects(self, ones: Sequence[PanelObject]) -> None:
        """Show objects, the one chosen last at the end; those of other panels only where none is own."""
        former, self._ones = self._ones, tuple(one for one in ones if not one.of) or tuple(ones[-1:])
        if _kinds(former) != _kinds(self._ones):
            self._lay()
        if self._ones:
            for name, field in self.fields.items():
                self._show_in(name, field, former)
            if self._grid is not None:
                self._grid.setEnabled(not self._ones[-1].of)  # it is changed on its own panel
            if "radius" in self.fields:
                for part in filter(None, (self.fields["radius"], self._radius_label)):
                    part.setVisible(all(getattr(one, "form", None) is Form.ROUNDED for one in self._ones))
            for name in ("width", "height"):  # those of a code follow from what it holds
                self.fields[name].setEnabled(all(can_resize(one) for one in self._ones))
        self.several.setVisible(len(self._ones) > 1)
        told = self.tr("{count} objects are chosen: what is set here is set for all of them.")
        self.several.setText(told.format(count=len(self._ones)))
        self._tell_filled()
        self._tell_missing()

    @Slot(object)
    def show_held(self, held: PanelObject) -> None:
        """Show where the one that is chosen is just being held."""
        if self._one is not None and self._one.id == held.id:
            for name in _HELD:
                self.fields[name].show_value(getattr(held, name))

    def _show_in(self, name: str, field: Any, former: tuple[PanelObject, ...]) -> None:
        values = [getattr(one, name) for one in self._ones]
        if name in self.refusals:  # what was refused stands there until it is mended
            before = [(one.id, getattr(one, name)) for one in former]
            same = before == [(one.id, value) for one, value in zip(self._ones, values, strict=True)]
            if same and not isinstance(field, ChoiceField):
                return
            self._tell(name, "")
        field.show_value(values[-1])
        if any(value != values[-1] for value in values):
            field.show_mixed()

    @property
    def _one(self) -> PanelObject | None:
        """The object that is chosen, if it is one."""
        return self._ones[0] if len(self._ones) == 1 else None

    def offer_families(self, families: Sequence[str]) -> None:
        """Offer these typefaces."""
        self._families = list(families)
        if "family" in self.fields:
            self.fields["family"].offer([(family, family) for family in self._families])
        self._tell_missing()

    def fields_height(self) -> int:
        """Of its fields, in pixels, without what is said between them."""
        return 0 if self._grid is None else self._grid.sizeHint().height()

    def set_icons(self, icon_of: Callable[[str], QIcon]) -> None:
        """Draw icons in a theme's colours."""
        self._icon_of = icon_of
        for field in self.fields.values():
            self._draw_icon(field)

    def set_words(self, words: PackWords) -> None:
        """What stands on the pack: fields such as `{brand}` are shown with it."""
        self._words = words
        self._tell_filled()

    def _tell_filled(self) -> None:
        one = self._one
        self.filled.setVisible(one is not None and bool(unfilled_fields(one)))
        if isinstance(one, Barcode) and waits_for_number(one.symbology, one.value):
            self.filled.setText(
                self.tr("A range puts in the number of each row. Till then these are bars no scanner reads.")
            )
        elif isinstance(one, Text | Barcode):
            words = one.words if isinstance(one, Text) else one.value
            text = cut(" · ".join(with_words(words, self._words).split("\n")), _LONGEST)
            self.filled.setText(self.tr("In a range, with the words on this pack: {text}").format(text=text))

    def _tell_missing(self) -> None:
        """What is drawn stays, as outlines; whoever is about to type has to know that it would change."""
        one, here = self._one, {family.casefold() for family in self._families}
        shows = isinstance(one, Text) and bool(here) and one.family.casefold() not in here
        self.missing.setVisible(shows)
        if shows and isinstance(one, Text):
            told = self.tr(
                "{family} is not on this computer. Drawn letters stay; new ones are set in another typeface."
            )
            self.missing.setText(told.format(family=one.family))

    def take_colour(self, name: str, colour: str) -> None:
        """A colour that was taken from the artwork, as it would be typed."""
        self._on_typed(name, colour)

    def _draw_icon(self, field: QWidget) -> None:
        if isinstance(field, InkField) and self._icon_of is not None:
            field.pipette.setIcon(self._icon_of("pipette"))

    def set_unit(self, unit: Unit) -> None:
        """Show and take lengths in a unit."""
        self._unit = unit
        for field in self.fields.values():
            use_unit(field, unit)

    def type_words(self) -> None:
        """Have the words or the content typed: an object was chosen by a double click or made anew."""
        field = self.fields.get("words") or self.fields.get("value")
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()

    def commit(self) -> None:
        """Take what is just being typed."""
        if isinstance(words := self.fields.get("words"), TextField):
            words.commit()

    def _lay(self) -> None:
        self._column.addWidget(self.filled)  # it outlives the fields it stands between
        if self._grid is not None:
            self._grid.deleteLater()
        self.fields, self.refusals, self._grid = {}, {}, None
        if not (kinds := _kinds(self._ones)):
            return
        self._grid = QWidget()
        parts = column(self._grid)
        known = frozenset.intersection(*(frozenset(properties_of(kind)) for kind in kinds))
        own = _ROWS[next(iter(kinds))] if len(kinds) == 1 else _SHARED
        for rows in (own, _PLACE):  # each as wide as its own words: those of places are short
            if not any(known.intersection(names) for names in rows):
                continue
            grid = QGridLayout()
            grid.setSpacing(GAP)
            parts.addLayout(grid)
            for row, names in enumerate(rows):
                for at, name in enumerate(name for name in names if name in known):
                    self._add(grid, 3 * row, 2 * at, name, alone=len(names) == 1)
            grid.setColumnStretch(1, 1)
            grid.setColumnStretch(3, 1)
        for name in self.fields.keys() & _FILLED:
            grid = self._grid_of[name]
            row = grid.getItemPosition(grid.indexOf(self.fields[name]))[0]  # type: ignore[index]
            grid.addWidget(self.filled, row + 2, 0, 1, 4)
        guard_wheel(self._grid)
        self._column.insertWidget(2, self._grid)  # below what is said of the typeface

    def _add(self, grid: QGridLayout, row: int, at: int, name: str, *, alone: bool) -> None:
        field = self._made(name)
        self.fields[name], self._grid_of[name] = field, grid
        field.setAccessibleName(property_words(name))
        field.setMinimumWidth(_LEAST_WIDTH)
        use_unit(field, self._unit)
        field.typed.connect(partial(self._on_typed, name))
        if isinstance(field, LengthField):
            field.refused.connect(partial(self._tell, name))
        if isinstance(field, InkField):
            field.pick_wanted.connect(partial(self.pick_wanted.emit, name))
            self._draw_icon(field)
        span = 3 if alone else 1
        if name in _CHECKED:
            grid.addWidget(field, row, at, 1, span + 1)
            return
        told = label(property_words(name), "muted")
        grid.addWidget(told, row, at)
        if name == "radius":
            self._radius_label = told
        grid.addWidget(field, row, at + 1, 1, span)

    def _made(self, name: str) -> Any:
        if name in _CHECKED:
            return CheckField(property_words(name))
        if name in _INKS:
            return InkField()
        field = _MADE[name]() if name in _MADE else ChoiceField(choices(name))
        if name == "family":
            field.offer([(family, family) for family in self._families])
        return field

    @Slot(str, str)
    def _on_typed(self, name: str, text: str) -> None:
        if not self._ones:
            return
        one, typed, made = self._ones[-1], self._waiting(name) | {name: text}, []
        try:
            for one in self._ones:
                made.append(changed(one, typed))
                if isinstance(code := made[-1], Barcode):
                    check_value(code.symbology, code.value)
        except InvalidInputError as error:
            kind = Symbology(typed.get("symbology", one.symbology)) if isinstance(one, Barcode) else None
            offered = offered_number(kind, text) if kind is not None and name == "value" else text
            self._tell(name, error_text(error), "" if offered == text else offered)
            return
        for mended in typed:
            self._tell(mended, "")
        if new := tuple(one for one, former in zip(made, self._ones, strict=True) if one != former):
            self.changed.emit(new)

    def _waiting(self, name: str) -> dict[str, str]:
        """What was refused for a value that did not fit to it, such as a kind of code for its number."""
        waits = [other for other in _COUPLED if name in _COUPLED and other in self.refusals]
        return {other: str(self.fields[other].standing()) for other in waits}

    def _tell(self, name: str, problem: str, offered: str = "") -> None:
        if not problem:
            if (settled := self.refusals.pop(name, None)) is not None:
                settled.tell("")
                settled.deleteLater()
            return
        if name not in self.refusals and self._grid is not None:
            made = self.refusals[name] = Refusal(self.fields[name])
            made.taken.connect(partial(self._take, name))
            grid = self._grid_of[name]
            at = grid.indexOf(self.fields[name])
            row, column_ = grid.getItemPosition(at)[:2]  # type: ignore[index]
            grid.addWidget(made, row + (1 if column_ < 2 else 2), 0, 1, 4)
        self.refusals[name].tell(problem, offered)

    def _take(self, name: str, offered: str) -> None:
        self.fields[name].setText(offered)
        self._on_typed(name, offered)


def _kinds(ones: Sequence[PanelObject]) -> frozenset[str]:
    return frozenset(one.kind for one in ones)
