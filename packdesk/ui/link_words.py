"""What is said of a link, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, Qt

from packdesk.ui.spoken import error_text
from packdesk.ui.translation import translate
from packdesk.ui.wording import moment_text

if TYPE_CHECKING:
    from packdesk.domain.links import LinkView

TROUBLED = frozenset({"missing", "unreadable", "replaced"})
"""States in which a panel does not follow its file, and somebody has to do something."""


def link_words(view: LinkView | None) -> tuple[str, ...]:
    """For a tooltip: the file, when it was saved, and what is wrong, if anything; nothing without a link."""
    if view is None:
        return ()
    saved = QDateTime.fromString(view.link.saved_at, Qt.DateFormat.ISODateWithMs).toLocalTime()
    name = view.link.path.name
    if view.link.page > 1:
        name = translate("links", "{0} (page {1})").format(name, view.link.page)
    if view.link.sheet is not None:
        name = translate("links", "{0}, with the whole package").format(name)
    if saved.isValid():
        file = translate("links", "Linked to {0}, saved {1}").format(name, moment_text(saved))
    else:
        file = translate("links", "Linked to {0}").format(name)
    if view.error is not None:
        return file, error_text(view.error)
    waits = translate("links", "A newer version is shown as soon as it is whole.")
    return file, waits if view.state == "waiting" else ""


def link_note(view: LinkView | None) -> str:
    """What is wrong with a link, in a word or two; nothing where all is well, or no link."""
    stale = view is not None and view.link.sheet is not None
    return {
        "missing": translate("links", "File missing"),
        "unreadable": translate("links", "Not up to date") if stale else translate("links", "Not readable"),
        "replaced": translate("links", "Link rests"),
    }.get(view.state if view is not None else "", "")
