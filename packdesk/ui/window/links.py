"""Links to files: made, shown and ended from menus, and what is said when one does not follow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from packdesk.domain.assigning import assign
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.text import cut_names
from packdesk.textures.incoming import IncomingPicture
from packdesk.textures.linked_file import part_of
from packdesk.ui.dropping import ask_for_picture, ask_for_pictures, use_folder
from packdesk.ui.link_words import TROUBLED, link_words
from packdesk.ui.parts import tip
from packdesk.ui.spoken import error_text
from packdesk.ui.window.saved import show_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.links import Link, LinkTarget, LinkView
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.link_controller import LinkController
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.view.message_bar import MessageBar

LINKS = "links"
"""What messages about links are about."""
_OF_LINKED = ("show_file", "unlink", "follow_again")
_SHOWN_NAMES = 3


class LinkCommands(QObject):
    """Carries out the actions about links, and tells of those that do not follow their files.

    Args:
        links: makes and follows them.
        actions: of the window.
        messages: where troubles are told.
        above: the widget that file dialogs open above.

    Signals:
        told: a sentence for the status bar.
        sheet_wanted: the `IncomingPicture` of artwork of the whole blank that shall be put there again.
    """

    told = Signal(str)
    sheet_wanted = Signal(object)

    def __init__(
        self, links: LinkController, actions: WindowActions, messages: MessageBar, above: QWidget
    ) -> None:
        super().__init__(above)
        self._links, self._actions, self._messages, self._above = links, actions, messages, above
        self._chosen: tuple[str, ...] = ()
        self._package_type: PackageType = "box"
        self._changeable = False
        self._troubles: dict[LinkTarget, LinkView] = {}
        actions["link"].triggered.connect(self.link)
        actions["show_file"].triggered.connect(self._show_file)
        actions["unlink"].triggered.connect(self._unlink)
        actions["follow_again"].triggered.connect(self._follow_again)

    def show_selected(self, chosen: Sequence[str], state: PackagingState, *, changeable: bool) -> None:
        """Work on these panels; `changeable` while their artwork may be changed."""
        self._chosen, self._package_type, self._changeable = tuple(chosen), state.package_type, changeable
        self._enable()

    @Slot()
    def show_views(self) -> None:
        """The links, or how they fare, are otherwise."""
        self._enable()
        troubles = {view.link.target: view for view in self._links.all if view.state in TROUBLED}
        if troubles != self._troubles:
            self._troubles = troubles
            self._tell_troubles()

    @Slot()
    def link(self) -> None:
        """Let the user choose files that panels follow, from the selected one on."""
        if len(self._chosen) != 1:
            return
        files = ask_for_pictures(self._above, self.tr("Link to files"))
        if files:
            self.link_files(files)

    def link_files(self, files: Sequence[Path]) -> None:
        """Have panels follow files: by their names, then in order from the selected panel on."""
        chosen = assign([file.name for file in files], PANEL_IDS[self._package_type], self._chosen[0])
        self._links.link({panel_id: files[number] for panel_id, number in chosen.items()})

    def _enable(self) -> None:
        views = self._linked()
        self._actions["link"].setEnabled(len(self._chosen) == 1 and self._changeable)
        possible = {
            "show_file": len(views) == 1,
            "unlink": bool(views),
            "follow_again": self._changeable and any(view.state == "replaced" for view in views),
        }
        for name in _OF_LINKED:
            self._actions[name].setVisible(possible[name])
            self._actions[name].setEnabled(possible[name])
        words = tip(*(word for view in views for word in link_words(view)))
        for name in ("show_file", "unlink"):
            self._actions[name].setToolTip(words or self._actions[name].text())

    def _linked(self) -> list[LinkView]:
        """The links of the chosen panels, each once."""
        found = {view.link.target: view for name in self._chosen if (view := self._links.views.get(name))}
        return list(found.values())

    @Slot()
    def _show_file(self) -> None:
        for view in self._linked():
            show_folder(view.link.path)

    @Slot()
    def _unlink(self) -> None:
        self._end([view.link.target for view in self._linked()])

    def _end(self, targets: Sequence[LinkTarget]) -> None:
        if targets:
            self._links.unlink(targets)
            self.told.emit(self.tr("Unlinked. The pictures stay."))

    @Slot()
    def _follow_again(self) -> None:
        self._again([view.link.target for view in self._linked() if view.state == "replaced"])

    def _again(self, targets: Sequence[LinkTarget]) -> None:
        self._links.follow_again(targets)

    def _put_again(self, link: Link) -> None:
        """Where a sheet lies has to be agreed to."""
        self.sheet_wanted.emit(IncomingPicture.of_file(link.path, part_of(link)))

    def _find(self, target: LinkTarget) -> None:
        view = self._troubles.get(target)
        if view is None:
            return
        use_folder(str(view.link.path.parent))
        title = self.tr("Find {0}").format(view.link.path.name)
        if (file := ask_for_picture(self._above, title)) is not None:
            self._links.find(target, file)
        else:
            self._tell_troubles()  # the button has closed the message

    def _tell_troubles(self) -> None:
        """One message for all links that have the same trouble as the first."""
        if not self._troubles:
            self._messages.end(LINKS)
            return
        first = next(iter(self._troubles.values()))
        alike = [target for target, view in self._troubles.items() if view.state == first.state]
        text = error_text(first.error) if first.error is not None else link_words(first)[0]
        if len(alike) > 1:
            names = [self._troubles[target].link.path.name for target in alike]
            text = self._words_for_several(first, names[:_SHOWN_NAMES], len(names))
        actions = self._ways(first, alike)
        self._messages.show_text(text, kind="error", actions=actions, cause=LINKS)

    def _words_for_several(self, first: LinkView, names: Sequence[str], count: int) -> str:
        texts = {
            "missing": self.tr("{0} linked files are missing: {1}. The last pictures stay."),
            "replaced": self.tr("Other pictures were put on {0} linked panels: they follow no longer: {1}."),
        }
        other = self.tr("{0} linked files cannot be shown: {1}. The last pictures stay.")
        more = "" if len(names) == count else " …"
        return texts.get(first.state, other).format(count, f"{cut_names(names, '… ({0})')}{more}")

    def _ways(self, first: LinkView, alike: Sequence[LinkTarget]) -> list[tuple[str, Callable[[], None]]]:
        unlink = (self.tr("Unlink"), partial(self._end, alike))
        if first.link.sheet is not None and first.state in {"replaced", "unreadable"}:
            return [(self.tr("Put it there again …"), partial(self._put_again, first.link)), unlink]
        if first.state == "replaced":
            return [(self.tr("Follow the file again"), partial(self._again, alike)), unlink]
        return [(self.tr("Find …"), partial(self._find, alike[0])), unlink]
