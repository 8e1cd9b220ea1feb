"""What is known of a picture, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime

from packdesk.domain.text import cut
from packdesk.ui.translation import translate
from packdesk.ui.units import sides_text
from packdesk.ui.wording import moment_text, panel_name

if TYPE_CHECKING:
    from packdesk.textures.picture_index import IndexedPicture
    from packdesk.ui.units import Unit

_TITLE_LENGTH, _WORDS_LENGTH, _NAME_LENGTH = 120, 300, 40


def picture_title(picture: IndexedPicture) -> str:
    """Its words, or that nobody noted any."""
    return cut(picture.words, _TITLE_LENGTH) or translate("generations", "From an earlier version")


def picture_facts(picture: IndexedPicture) -> str:
    """For which panel it was made; empty when that is not known."""
    return panel_name(cut(picture.panel, _NAME_LENGTH))


def picture_time(picture: IndexedPicture) -> str:
    """When it was made, to the minute, as that is written here."""
    return moment_text(QDateTime.fromSecsSinceEpoch(int(picture.at)))


def described(picture: IndexedPicture, unit: Unit) -> str:
    """Everything that is known, in lines."""
    lines = [
        cut(picture.words, _WORDS_LENGTH),
        picture_time(picture),
        _by(picture),
        _for(picture, unit),
        _cost(picture),
    ]
    return "\n".join(line for line in lines if line)


def _by(picture: IndexedPicture) -> str:
    kinds = {
        "import": translate("generations", "Imported"),
        "opened": translate("generations", "Came with a design"),
        "reference": translate("generations", "Shown as a reference"),
    }
    if picture.kind != "answer":
        return kinds.get(picture.kind, "")
    by = [cut(word, _NAME_LENGTH) for word in (picture.provider, picture.model) if word]
    if picture.seed is not None:
        by.append(translate("generations", "variation {0}").format(picture.seed))
    return ", ".join(by)


def _for(picture: IndexedPicture, unit: Unit) -> str:
    known = [panel_name(cut(picture.panel, _NAME_LENGTH))] if picture.panel else []
    if picture.width is not None and picture.height is not None:
        known.append(sides_text((picture.width, picture.height), unit))
    return ", ".join(known)


def _cost(picture: IndexedPicture) -> str:
    return {
        "low": translate("generations", "Cost class low"),
        "medium": translate("generations", "Cost class medium"),
        "high": translate("generations", "Cost class high"),
    }.get(picture.cost, "")
