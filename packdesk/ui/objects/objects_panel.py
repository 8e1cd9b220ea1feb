"""The dock "Objects": what lies over the artwork of the selected panel, and what each of it is like."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from packdesk.domain.objects.arranging import LEAST_SPREAD, Line, Spread, can_group, can_ungroup, units
from packdesk.domain.objects.recipe import raised
from packdesk.ui.icons import line_icon
from packdesk.ui.objects.list_room import ListRoom
from packdesk.ui.objects.object_form import ObjectForm
from packdesk.ui.objects.object_list import ObjectList
from packdesk.ui.objects.taken_off_row import TakenOffRow
from packdesk.ui.parts import GAP, MARGIN, Scrolled, button, column, label, rule, tool
from packdesk.ui.spoken import error_text
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.pack_words import PackWords
    from packdesk.errors import PackdeskError
    from packdesk.ui.theme import Theme
    from packdesk.ui.units import Unit

KINDS = ("text", "picture", "barcode", "shape")


class ObjectsPanel(QWidget):
    """Shows a recipe, and says what is to be done with it.

    Signals:
        add_wanted: a kind of object.
        letter_wanted: the words on the pack shall stand here as objects.
        delete_wanted: the chosen ones shall go.
        copy_wanted: the chosen ones shall be there twice.
        raise_wanted: what is chosen shall lie one higher (1) or lower (-1).
        arrange_wanted: the chosen ones shall be lined up or spread: a `Line` or `Spread`.
        group_wanted: the chosen ones shall be one group.
        ungroup_wanted: they shall be none.
    """

    add_wanted = Signal(str)
    letter_wanted = Signal()
    delete_wanted = Signal()
    copy_wanted = Signal()
    raise_wanted = Signal(int)
    arrange_wanted = Signal(object)
    group_wanted = Signal()
    ungroup_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = label("", "heading")
        self.add = self._adders()
        self.up, self.down = tool(self.tr("Raise")), tool(self.tr("Lower"))
        self.copy, self.delete = tool(self.tr("Duplicate")), tool(self.tr("Delete object"))
        self.group, self.ungroup = self._groupers()
        self.list, self.form = ObjectList(), ObjectForm()
        self.taken_off = TakenOffRow()
        self.arrangers = self._arrangers()
        self.letter = button(self.tr("Letter it with the words on the pack"), kind="icon")
        self.letter.clicked.connect(self.letter_wanted)
        self.hint = label("", "muted", wrap=True)
        self._changeable, self._has_words = True, False
        self._place()
        self.up.clicked.connect(partial(self.raise_wanted.emit, 1))
        self.down.clicked.connect(partial(self.raise_wanted.emit, -1))
        self.copy.clicked.connect(self.copy_wanted)
        self.delete.clicked.connect(self.delete_wanted)
        self.list.delete_wanted.connect(self.delete_wanted)
        self.show_objects("", None, ())

    def show_objects(self, panel_id: str, recipe: Recipe | None, chosen: Sequence[str]) -> None:
        """Show the objects of a panel, with some of them chosen; no recipe where they cannot be read."""
        self._pages.setCurrentIndex(1 if recipe is not None else 0)
        self.hint.setText(
            self.tr("The objects of this panel cannot be read. It stays as it is, as a picture.")
            if panel_id
            else self.tr(
                "Select one panel: lettering, logos, codes and shapes lie over its artwork, and stay."
            )
        )
        self.name.setText(panel_name(panel_id) if panel_id else "")
        self.taken_off.show_panel(panel_id)
        self.list.show_recipe(recipe, chosen)
        self.letter.setVisible(self._has_words and recipe is not None and not recipe.objects)
        last = chosen[-1] if chosen else ""
        there = {} if recipe is None else {one.id: one for one in recipe.objects}
        one = there.get(last)
        self.form.show_objects([there[name] for name in chosen if name in there])
        self._room.show_form(wanted=one is not None)  # the list has all of the room till then
        self.form.setEnabled(self._changeable)
        for part in (self.up, self.down, self.copy, self.delete):
            part.setEnabled(self._changeable and one is not None)
        if recipe is not None and one is not None:
            for steps, part in ((1, self.up), (-1, self.down)):
                moves = raised(chosen, steps)(recipe).ids != recipe.ids
                part.setEnabled(self._changeable and moves)
        ones = [there[name] for name in chosen if name in there]
        self.group.setEnabled(self._changeable and can_group(ones))
        self.ungroup.setEnabled(self._changeable and can_ungroup(ones))
        for how, part in self.arrangers.items():
            least = LEAST_SPREAD if isinstance(how, Spread) else 1
            part.setEnabled(self._changeable and len(units(ones)) >= least)

    def tell_unread(self, error: PackdeskError) -> None:
        """Say, in place of the objects, why they cannot be read, and what that means."""
        self.hint.setText(error_text(error))

    def set_changeable(self, *, changeable: bool) -> None:
        """Whether objects can be changed now; shown with the next objects."""
        self._changeable = changeable
        for part in (*self.add.values(), self.letter, self.taken_off):
            part.setEnabled(changeable)

    def set_words(self, words: PackWords) -> None:
        """What stands on the pack."""
        self._has_words = bool(words.said())
        self.letter.setVisible(self._has_words and self.list.count() == 0)
        self.form.set_words(words)

    def set_unit(self, unit: Unit) -> None:
        """Show and take lengths in a unit."""
        self.form.set_unit(unit)

    def set_theme(self, theme: Theme) -> None:
        """Draw icons in the theme's colours."""
        icons = {"up": self.up, "down": self.down, "copy": self.copy, "clear": self.delete}
        icons |= {"group": self.group, "ungroup": self.ungroup}
        for name, part in icons.items():
            part.setIcon(line_icon(name, theme.text, theme.disabled))
        for how, part in self.arrangers.items():
            kind = "spread" if isinstance(how, Spread) else "align"
            part.setIcon(line_icon(f"{kind}-{how}", theme.text, theme.disabled))
        self.list.set_icons(lambda name: line_icon(name, theme.text, theme.disabled))
        self.form.set_icons(lambda name: line_icon(name, theme.text, theme.disabled))

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As wide as what lies beside it."""
        return QSize(350, 400)

    def _adders(self) -> dict[str, QPushButton]:
        words = {
            "text": self.tr("+ Text"),
            "picture": self.tr("+ Picture …"),
            "barcode": self.tr("+ Code"),
            "shape": self.tr("+ Shape"),
        }
        made = {}
        for kind in KINDS:
            made[kind] = button(words[kind], kind="icon")
            made[kind].clicked.connect(partial(self.add_wanted.emit, kind))
        return made

    def _groupers(self) -> tuple[QToolButton, QToolButton]:
        group = tool(self.tr("Group: chosen and moved together (Ctrl+Alt+G)"))
        ungroup = tool(self.tr("Ungroup: each on its own (Ctrl+Alt+Shift+G)"))
        group.clicked.connect(self.group_wanted)
        ungroup.clicked.connect(self.ungroup_wanted)
        return group, ungroup

    def _arrangers(self) -> dict[Line | Spread, QToolButton]:
        words: dict[Line | Spread, str] = {
            Line.LEFT: self.tr("Align left edges (one: with the panel)"),
            Line.CENTRE: self.tr("Align centres across (one: with the panel)"),
            Line.RIGHT: self.tr("Align right edges (one: with the panel)"),
            Line.TOP: self.tr("Align upper edges (one: with the panel)"),
            Line.MIDDLE: self.tr("Align middles (one: with the panel)"),
            Line.BOTTOM: self.tr("Align lower edges (one: with the panel)"),
            Spread.ACROSS: self.tr("Equal gaps across (three or more)"),
            Spread.DOWN: self.tr("Equal gaps downwards (three or more)"),
        }
        made = {}
        for how, told in words.items():
            made[how] = tool(told)
            made[how].clicked.connect(partial(self.arrange_wanted.emit, how))
        return made

    def _place(self) -> None:
        empty, shown = QWidget(), QWidget()
        waiting = QVBoxLayout(empty)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        waiting.addStretch(1)
        waiting.addWidget(self.hint)
        waiting.addStretch(1)
        filled = column(shown)
        head, adding = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(2)
        adding.setSpacing(GAP // 2)
        head.addWidget(self.name, 1)
        for part in (self.group, self.ungroup, self.up, self.down, self.copy, self.delete):
            head.addWidget(part)
        for kind in KINDS:
            adding.addWidget(self.add[kind], 1)
        filled.addLayout(head)
        filled.addLayout(adding)
        arranging = QHBoxLayout()
        arranging.setSpacing(2)
        for part in self.arrangers.values():
            arranging.addWidget(part)
        arranging.addStretch(1)
        filled.addWidget(self.letter)
        filled.addWidget(self.list, 1)
        filled.addLayout(arranging)
        filled.addWidget(rule())
        filled.addWidget(self.form)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(empty)
        self._pages.addWidget(shown)
        layout = column(self)
        layout.setContentsMargins(0, 0, 0, 0)
        pages.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        layout.addWidget(self.taken_off)
        area = Scrolled(pages)
        layout.addWidget(area, 1)
        self._room = ListRoom(self.list, self.form, filled, area)
        self.list.opened.connect(self._room.settle)
