"""Changes of panels from this window, made once no size waits to be written: they work on what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from packdesk.domain.change import difference
from packdesk.domain.text import cut_names
from packdesk.errors import BadPictureError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence
    from typing import Any

    from packdesk.domain.change import ChangeKind
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.jobs.bridge import Bridge
    from packdesk.jobs.part_asking import PartAsker
    from packdesk.jobs.size_saver import SizeSaver
    from packdesk.services.container import Services

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """What changes are made with.

    Attributes:
        bridge: to the loop thread.
        saver: of sizes.
        parts: asks which page of a document is meant.
        stored: tells the state the store had last.
        refusal: tells why nothing can be changed now, None where it can.
    """

    bridge: Bridge
    saver: SizeSaver
    parts: PartAsker
    stored: Callable[[], PackagingState]
    refusal: Callable[[], PackdeskError | None]


class ChangesHere(QObject):
    """Makes changes of panels, one step of undo each.

    Signals:
        begun: a change begins.
        changed_here: the `DesignChange` it was.
        failed: a `PackdeskError`.
    """

    begun = Signal()
    changed_here = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = desk.bridge

    def _run(self, steps: Coroutine[Any, Any, None]) -> None:
        self._bridge.start(steps, self.failed.emit)

    def _check_changeable(self) -> None:
        if (refusal := self._desk.refusal()) is not None:
            raise refusal

    async def _before(self) -> PackagingState:
        """The design a change begins from."""
        self._check_changeable()
        await self._desk.saver.settled()
        self.begun.emit()
        return self._desk.stored()

    async def _change(
        self,
        kind: ChangeKind,
        panel_ids: Iterable[str],
        change: Callable[[Services], Coroutine[Any, Any, PackagingState]],
    ) -> None:
        """Have the services change panels."""
        before = await self._before()
        self._tell_change(kind, before, await self._bridge.ask(change), panel_ids)

    def _tell_change(
        self, kind: ChangeKind, before: PackagingState, after: PackagingState, panel_ids: Iterable[str]
    ) -> None:
        made = difference(kind, before, after, tuple(panel_ids))
        if made is not None:
            self.changed_here.emit(made)


def not_taken(names: Sequence[str], total: int, reasons: Sequence[PackdeskError]) -> PackdeskError:
    """Says which of several files were not put on a panel, and why the first was not."""
    if total == 1 and reasons:
        return reasons[0]
    sentence = Sentence(
        "{count} of {total} files were not put on a panel: {names}.",
        count=len(names),
        total=total,
        names=cut_names(names, "… ({0})"),
    )
    if reasons:
        return BadPictureError(sentence, reasons[0].full_text())
    return BadPictureError(sentence, "Pictures, PDF and SVG are taken, one file for each panel.")
