"""All the user can do by menu, toolbar or key: one list, so that all three and the cheat sheet agree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from packdesk.ui.icons import line_icon
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packdesk.ui.theme import Theme

_PANELS = ("view", "flat", "list")
VIEWS = ("home", "front", "right", "top", "back", "left", "bottom")
_STANDARD = QKeySequence.StandardKey


class ActionSpec(NamedTuple):
    """One action.

    Attributes:
        menu: which menu it is in; '' for none.
        name: how code calls it.
        text: how people do.
        keys: its shortcuts, the first one shown.
        icon: its picture in `assets/icons`, or ''.
        checkable: whether it is on or off.
        local: the parts its keys work in, of `view`, `flat` and `list`, where they do not stop typing;
            everywhere if there are none.
    """

    menu: str
    name: str
    text: str
    keys: tuple[str | QKeySequence.StandardKey, ...] = ()
    icon: str = ""
    checkable: bool = False
    local: tuple[str, ...] = ()


_EXPLAINED = ("import", "copy", "paste", "turn", "clear_panel")


class WindowActions(QObject):
    """The actions of one window, by name.

    Signals:
        unavailable: the keys of an action that cannot be done now were pressed; its name. Of some only.
    """

    unavailable = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.specs = _specs()
        self._actions = {spec.name: self._made(spec) for spec in self.specs}
        self._icons = {spec.name: spec.icon for spec in self.specs if spec.icon}
        self._stand_ins = {name: self._stand_in(name) for name in _EXPLAINED}
        views = QActionGroup(self)
        views.setExclusive(False)
        for name in VIEWS:
            self[name].setData(name)
            views.addAction(self[name])
        self.views = views

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def of_menu(self, menu: str) -> Iterator[tuple[ActionSpec, QAction]]:
        """What belongs to a menu, in its order."""
        for spec in self.specs:
            if spec.menu == menu:
                yield spec, self[spec.name]

    def local(self, part: str) -> list[QAction]:
        """Actions whose keys work in some parts only, and in this one; it has to add them."""
        return self._named(spec.name for spec in self.specs if part in spec.local)

    def everywhere(self) -> list[QAction]:
        """All others; the window has to add them, for a menu that is hidden passes no key on."""
        return self._named(spec.name for spec in self.specs if not spec.local)

    def _named(self, names: Iterable[str]) -> list[QAction]:
        found = list(names)
        return [self[name] for name in found] + [
            self._stand_ins[name] for name in found if name in self._stand_ins
        ]

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        for name, icon in self._icons.items():
            self[name].setIcon(line_icon(icon, theme.text, theme.disabled))

    @Slot(str)
    def name_undo(self, step: str) -> None:
        """Say what would be taken back."""
        self._name("undo", translate("actions", "&Undo"), translate("actions", "&Undo {0}"), step)

    @Slot(str)
    def name_redo(self, step: str) -> None:
        """Say what would be done again."""
        self._name("redo", translate("actions", "&Redo"), translate("actions", "&Redo {0}"), step)

    def _name(self, name: str, plain: str, named: str, step: str) -> None:
        self[name].setText(named.format(step) if step else plain)
        _describe(self[name])

    def _stand_in(self, name: str) -> QAction:
        """Has an action's keys while that is disabled, for Qt then drops them silently."""
        action, made = self[name], QAction(self)
        made.setShortcuts(action.shortcuts())
        made.setShortcutContext(action.shortcutContext())
        made.setEnabled(not action.isEnabled())
        action.enabledChanged.connect(made.setDisabled)
        made.triggered.connect(partial(self.unavailable.emit, name))
        return made

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        keys = [QKeySequence(key) for key in spec.keys]
        action.setShortcuts(keys)
        action.setCheckable(spec.checkable)
        _describe(action)
        if spec.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # buttons may lie over a view
        return action


def _describe(action: QAction) -> None:
    plain = plain_text(action)
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{plain} ({shown})" if shown else plain)


def plain_text(action: QAction) -> str:
    """What an action is called, without the mark of its letter and its dots."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix(" …")


def _specs() -> tuple[ActionSpec, ...]:
    return (*_file(), *_edit(), *_artwork(), *_view(), *_help())


def _file() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("file", "new", translate("actions", "&New design"), (_STANDARD.New,), "new"),
        ActionSpec("file", "new_window", translate("actions", "New &window"), ("Ctrl+Shift+N",)),
        ActionSpec("file", "designs", translate("actions", "&Designs …"), ("Ctrl+Shift+O",)),
        ActionSpec("file", "open", translate("actions", "&Open a file …"), (_STANDARD.Open,), "open"),
        ActionSpec(
            "file", "save_design", translate("actions", "Save design &as …"), (_STANDARD.Save,), "save"
        ),
        ActionSpec("file", "import", translate("actions", "&Import picture …"), ("Ctrl+I",), "import"),
        ActionSpec("file", "link", translate("actions", "Lin&k to a file …"), ("Ctrl+L",), "link"),
        ActionSpec(
            "file",
            "import_sheet",
            translate("actions", "Artwork for the whole packa&ge …"),
            ("Ctrl+Shift+I",),
            "import",
        ),
        ActionSpec("file", "supplied", translate("actions", "S&upplier's dieline …"), (), "vector"),
        ActionSpec(
            "file", "save_view", translate("actions", "Save &pictures …"), ("Ctrl+Shift+S",), "camera"
        ),
        ActionSpec("file", "export", translate("actions", "&Export …"), ("Ctrl+E",), "export"),
        ActionSpec(
            "file", "range", translate("actions", "Range &from a table …"), ("Ctrl+Shift+E",), "panels"
        ),
        ActionSpec("file", "template", translate("actions", "&Template to draw on …")),
        ActionSpec("file", "share", translate("actions", "S&hare on this machine"), checkable=True),
        ActionSpec("file", "settings", translate("actions", "&Settings …"), ("Ctrl+,",), "settings"),
        ActionSpec("file", "quit", translate("actions", "&Quit"), (_STANDARD.Quit,)),
    )


def _edit() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("edit", "undo", translate("actions", "&Undo"), (_STANDARD.Undo,), "undo"),
        ActionSpec("edit", "redo", translate("actions", "&Redo"), (_STANDARD.Redo,), "redo"),
        ActionSpec(
            "edit",
            "copy",
            translate("actions", "&Copy panel's picture"),
            (_STANDARD.Copy,),
            "copy",
            local=_PANELS,
        ),
        ActionSpec(
            "edit",
            "paste",
            translate("actions", "&Paste onto panel"),
            (_STANDARD.Paste,),
            "paste",
            local=_PANELS,
        ),
        ActionSpec("edit", "copy_view", translate("actions", "Copy &view"), ("Ctrl+Shift+C",), "camera"),
    )


def _artwork() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec(
            "artwork", "generate_all", translate("actions", "Generate &all"), ("Ctrl+Shift+G",), "generate"
        ),
        ActionSpec(
            "artwork", "generate_one", translate("actions", "&Generate panel"), ("Ctrl+G",), "generate"
        ),
        ActionSpec(
            "artwork", "another", translate("actions", "A&nother variation"), ("Ctrl+Shift+A",), "retry"
        ),
        ActionSpec(
            "artwork", "change", translate("actions", "Change in w&ords …"), ("Ctrl+Shift+W",), "change"
        ),
        ActionSpec(
            "artwork", "objects", translate("actions", "Ob&jects on the panel"), ("Ctrl+J",), "objects"
        ),
        ActionSpec("artwork", "inside", translate("actions", "&Inside of panels"), ("I",), checkable=True),
        ActionSpec("artwork", "cancel", translate("actions", "&Cancel generating"), ("Esc",), "stop"),
        ActionSpec("artwork", "save_panel", translate("actions", "&Save panel's picture …"), (), "save"),
        ActionSpec("artwork", "turn", translate("actions", "&Turn a quarter"), ("Ctrl+R",), "turn"),
        ActionSpec("artwork", "fit", translate("actions", "Show &whole picture"), (), "contain"),
        ActionSpec("artwork", "fill", translate("actions", "&Fill the panel"), (), "cover"),
        ActionSpec("artwork", "finish", translate("actions", "Finish &by area …"), (), "star"),
        ActionSpec("artwork", "show_file", translate("actions", "S&how linked file"), (), "open"),
        ActionSpec("artwork", "follow_again", translate("actions", "Follow its fil&e again"), (), "link"),
        ActionSpec("artwork", "unlink", translate("actions", "&Unlink"), (), "unlink"),
        ActionSpec("artwork", "same_as_lead", translate("actions", "Sa&me as Front"), (), "copy"),
        ActionSpec(
            "artwork",
            "clear_panel",
            translate("actions", "C&lear panel"),
            (_STANDARD.Delete,),
            "clear",
            local=_PANELS,
        ),
    )


def _view() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("view", "home", translate("actions", "&Three-quarter"), ("0",), "home"),
        ActionSpec("view", "front", translate("actions", "&Front"), ("1",), "front"),
        ActionSpec("view", "right", translate("actions", "&Right"), ("3",), "side"),
        ActionSpec("view", "top", translate("actions", "T&op"), ("7",), "top"),
        ActionSpec("view", "back", translate("actions", "&Back"), ("Ctrl+1",)),
        ActionSpec("view", "left", translate("actions", "&Left"), ("Ctrl+3",)),
        ActionSpec("view", "bottom", translate("actions", "Botto&m"), ("Ctrl+7",)),
        ActionSpec(
            "view", "perspective", translate("actions", "&Perspective"), ("5",), "perspective", checkable=True
        ),
        ActionSpec(
            "view",
            "turntable",
            translate("actions", "T&urntable"),
            ("Space",),
            "turntable",
            checkable=True,
            local=("view",),
        ),
        ActionSpec("view", "fold", translate("actions", "Fold or u&nfold"), ("U",), "fold"),
        ActionSpec("view", "flat", translate("actions", "Flat &view"), ("F4",), "flat", checkable=True),
        ActionSpec("view", "pins", translate("actions", "P&ins of remarks"), (), "pin", checkable=True),
        ActionSpec("view", "beside", translate("actions", "Flat view besid&e"), (), "", checkable=True),
        ActionSpec("view", "proof", translate("actions", "&Colours as printed"), checkable=True),
        ActionSpec("view", "gamut", translate("actions", "Colours out of reac&h"), checkable=True),
        ActionSpec("view", "inks", translate("actions", "In&k and its limit"), checkable=True),
        ActionSpec("view", "full_screen", translate("actions", "Full &screen"), ("F11",), "", checkable=True),
        ActionSpec("view", "dark", translate("actions", "&Dark theme"), (), "moon", checkable=True),
        ActionSpec("view", "reset_layout", translate("actions", "Reset la&yout")),
    )


def _help() -> tuple[ActionSpec, ...]:
    return (
        ActionSpec("help", "palette", translate("actions", "&Find a command …"), ("Ctrl+K", "Ctrl+Shift+P")),
        ActionSpec("help", "cheat_sheet", translate("actions", "&Keyboard and mouse"), ("F1",)),
        ActionSpec("help", "log", translate("actions", "&Log")),
        ActionSpec("help", "about", translate("actions", "&About packdesk")),
    )
