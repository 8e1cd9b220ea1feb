"""Which page of a document is meant, and which of its layers: asked for, with a picture of what is chosen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from packdesk.jobs.bridge import Answer
from packdesk.textures.incoming import FIRST_PAGE

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.errors import PackdeskError
    from packdesk.jobs.bridge import Bridge, Task
    from packdesk.textures.foreign.apart import Ending
    from packdesk.textures.foreign.parts import Parts
    from packdesk.textures.incoming import IncomingPicture, Part

_WITH_PARTS = frozenset({".pdf", ".ai"})


class PartAsking(QObject):
    """One question.

    Args:
        bridge: to the loop thread.
        name: of the document.
        parts: what can be chosen of it.
        data: the document.
        sheet: whether it is artwork of the whole blank.

    Attributes:
        name: of the document.
        parts: what can be chosen of it.

    Signals:
        drawn: the `Part` that was drawn last, and the `WidgetImage` of it, or why there is none.
    """

    drawn = Signal(object, object)

    def __init__(self, bridge: Bridge, name: str, parts: Parts, data: bytes, *, sheet: bool) -> None:
        super().__init__(bridge)
        self.name, self.parts = name, parts
        self._bridge, self._data, self._sheet = bridge, data, sheet
        self._answer: Answer[Part | None] = Answer()
        self._answered = False
        self._drawing: Task | None = None
        self._ending: Ending | None = None

    def draw(self, part: Part) -> None:
        """Have that part drawn, and nothing else any more."""
        self._leave()
        if not self._answered:
            self._drawing = self._bridge.start(self._draw(part), partial(self._tell, part))

    def answer(self, part: Part | None) -> None:
        """This is meant; None for nothing. What is being drawn is wanted no longer."""
        if not self._answered:
            self._answered = True
            self._leave()
            self._data = b""
            self._answer.give(part)
            self.deleteLater()

    async def answered(self) -> Part | None:
        """What is meant, for a task of the bridge."""
        return await self._answer

    def _leave(self) -> None:
        if self._ending is not None:
            self._ending.end()
        if self._drawing is not None:
            self._drawing.close()

    async def _draw(self, part: Part) -> None:
        from packdesk.textures.foreign.apart import Ending  # noqa: PLC0415  (the first frame needs no decoder)
        from packdesk.textures.foreign.preview import page_preview  # noqa: PLC0415  (likewise)

        self._ending = Ending()
        image = await self._bridge.work(page_preview, self._data, part, self._ending, sheet=self._sheet)
        self.drawn.emit(part, image)

    def _tell(self, part: Part, error: PackdeskError) -> None:
        self.drawn.emit(part, error)


class PartAsker(QObject):
    """Asks of documents that have several pages or layers.

    Args:
        bridge: to the loop thread.

    Signals:
        asked: a `PartAsking`.
    """

    asked = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge

    async def chosen(self, picture: IncomingPicture, *, sheet: bool = False) -> IncomingPicture | None:
        """Have the user choose a part of a document that is put somewhere; None where they choose none.

        Args:
            picture: the document, or any other picture.
            sheet: whether it is artwork of the whole blank: our guides are no layers of it.
        """
        said = picture.part != FIRST_PAGE
        if said or picture.file is None or picture.file.suffix.lower() not in _WITH_PARTS:
            return picture
        found = await self._bridge.work(_parts_of, picture.file)
        if found is None:
            return picture
        parts, data = found
        if sheet:
            parts = parts.without_guides()
        if not parts.any_choice:
            return picture
        asking = PartAsking(self._bridge, picture.name, parts, data, sheet=sheet)
        self.asked.emit(asking)
        part = await asking.answered()
        return None if part is None else replace(picture, part=part)


def _parts_of(file: Path) -> tuple[Parts, bytes] | None:
    """What can be chosen of a file, and its bytes; None where it is no document after all, or too large."""
    from packdesk.textures.check import picture_data  # noqa: PLC0415  (the first frame needs no decoder)
    from packdesk.textures.foreign.parts import parts_of  # noqa: PLC0415  (likewise)
    from packdesk.textures.kinds import PDF, kind_of  # noqa: PLC0415  (likewise)

    data = picture_data(file)
    return (parts_of(data), data) if kind_of(data) == PDF else None
