"""Objects on the clipboard, for other panels, designs and windows; other programs get the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from packdesk.domain.objects.recipe import Recipe, read_recipe
from packdesk.domain.objects.values import Text
from packdesk.errors import BadRecipeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packdesk.domain.objects.values import PanelObject

KIND = "application/x-packdesk-objects"


def copy_objects(recipe: Recipe, names: Iterable[str]) -> None:
    """Put the objects of these IDs on the clipboard, from the bottom to the top."""
    wanted = set(names)
    some = recipe.with_objects(tuple(one for one in recipe.objects if one.id in wanted))
    data = QMimeData()
    data.setData(KIND, some.model_dump_json().encode())
    data.setText("\n".join(one.words for one in some.objects if isinstance(one, Text)))
    QGuiApplication.clipboard().setMimeData(data)


def has_objects() -> bool:
    """Whether there are objects on the clipboard."""
    return QGuiApplication.clipboard().mimeData().hasFormat(KIND)


def copied_objects() -> tuple[PanelObject, ...]:
    """What is there; nothing where it cannot be read, for any program may have put it there."""
    data = QGuiApplication.clipboard().mimeData().data(KIND).data()
    try:
        return read_recipe(bytes(data)).objects
    except BadRecipeError:
        return ()
