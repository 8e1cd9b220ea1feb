"""The library stays small: cuts nobody uses go, and are made again when a design asks for them."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.errors import LibraryUnwritableError, PackdeskError
from packdesk.textures.inventory import Stocktaker
from packdesk.textures.library import hash_in_url
from packdesk.textures.loose_objects import loose_objects, put_back_loose, remove_loose
from packdesk.textures.removal import forget, put_back_interrupted, remove_cuts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packdesk.services.uses import UseFinder, Uses
    from packdesk.textures.holds import Hold
    from packdesk.textures.inventory import Entry, Inventory
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.notes import Origin

START_AT, STOP_AT = 0.9, 0.75
"""Shares of the budget: room for the cuts of one more size is left, and it is not scanned again for each."""
LEAST_STEP, MOST_STEP = 0.02, 0.1
"""Shares of the budget to write before the folder is looked at anew, for other programs cut, too."""
FORGET_DAYS = 90
"""So old is the note of a cut that is gone, and that no design names, when it goes as well."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Amount:
    """So many pictures.

    Attributes:
        pictures: their number.
        bytes: their size together.
    """

    pictures: int
    bytes: int


@dataclass(frozen=True)
class Tidied:
    """What is in the library, and what went or can go.

    Attributes:
        folder: where it is.
        kept: answers, imports, and cuts that cannot be made again or are another machine's: they stay.
        in_use: cuts that are in use.
        uses: pictures in use by whom: `current`, `kept`, `jobs`, `windows`; one may be in several.
        free: cuts that can go.
        removed: cuts that went.
        notes: old notes of cuts gone long ago, which can go or went.
        objects: files of objects that no note names, likewise.
        budget: in bytes.
    """

    folder: str
    kept: Amount
    in_use: Amount
    uses: dict[str, int]
    free: Amount
    removed: Amount
    notes: int
    objects: Amount
    budget: int


class TidyService:
    """Keeps the cuts within a budget, and removes those nobody uses when asked.

    Args:
        library: the pictures.
        finder: who uses them.
        budget: for all cuts, in bytes.
        shared: whether other machines keep pictures in the same folder.

    Attributes:
        budget: for all cuts, in bytes.
    """

    def __init__(self, library: TextureLibrary, finder: UseFinder, budget: int, *, shared: bool) -> None:
        self._library = library
        self._finder = finder
        self._stock = Stocktaker(library, shared=shared)
        self._one_at_a_time = threading.Lock()
        self.budget = budget
        self._look_at = 0.0  # when the library has written so many bytes of cuts
        self._shown: Hold | None = None

    def use_budget(self, budget: int) -> None:
        """Keep the cuts within so many bytes from the next one on."""
        self.budget, self._look_at = budget, 0.0

    async def tidy(self, *, dry_run: bool = False) -> Tidied:
        """Remove every cut nobody uses; with `dry_run` only say what could go.

        Raises:
            PackdeskError: it cannot be found out what is in use; nothing is removed.
        """
        return await asyncio.to_thread(self._tidy, dry_run=dry_run)

    async def keep_within_budget(self) -> None:
        """Remove the cuts used longest ago if there are too many. Usually compares two numbers.

        What stands in the way is logged: the next cut tries again.
        """
        if self._library.written > self._look_at:
            try:
                await asyncio.to_thread(self._shrink)
            except (PackdeskError, OSError) as error:
                _log.info("The cuts were not brought within their budget: %s", error)

    async def hold(self, urls: Iterable[str]) -> None:
        """A window needs these pictures, in place of those it named before."""
        await asyncio.to_thread(self._hold, {name for url in urls if (name := hash_in_url(url))})

    async def aclose(self) -> None:
        """Nothing is needed any more."""
        self._shown = None
        await asyncio.to_thread(self._library.holds.close)

    def _hold(self, names: set[str]) -> None:
        former, self._shown = self._shown, None
        if names:
            self._shown = self._library.holds.open()
            self._shown.take(*sorted(names))
        if former is not None:
            former.release()

    def _tidy(self, *, dry_run: bool) -> Tidied:
        try:
            with self._one_at_a_time:
                return self._tidied(dry_run=dry_run)
        except OSError as error:
            raise LibraryUnwritableError(
                "It cannot be found out which pictures are in use, so none was removed.",
                "Check that the data folder and the texture folder can be read.",
            ) from error

    def _tidied(self, *, dry_run: bool) -> Tidied:
        if not dry_run:
            put_back_interrupted(self._library)
            put_back_loose(self._library.folder)
        uses, stock = self._finder.find(), self._stock.take_stock()
        names = stock.named_by(uses.all())
        free = [entry for entry in stock.cuts if entry.sha256 not in names]
        old = self._old_notes(stock, names)
        left = [note for name, note in stock.notes.items() if name not in old]
        loose = loose_objects(self._library.folder, left)
        gone: list[Entry] = []
        if not dry_run:
            gone = remove_cuts(self._library, stock, free, lambda: self._finder.find().all())
            forget(self._library, old)
            loose = remove_loose(self._library.folder, loose, self._all_notes)
        went = {entry.sha256 for entry in gone}
        return Tidied(
            folder=str(self._library.folder),
            kept=_amount(stock.kept),
            in_use=_amount([entry for entry in stock.cuts if entry.sha256 in names]),
            uses=_counted(uses, stock),
            free=_amount([entry for entry in free if entry.sha256 not in went]),
            removed=_amount(gone),
            notes=len(old),
            objects=_amount(loose),
            budget=self.budget,
        )

    def _all_notes(self) -> Iterable[Origin]:
        return self._stock.take_stock().notes.values()

    def _old_notes(self, stock: Inventory, names: set[str]) -> list[str]:
        if self._stock.shared:  # another machine may still ask for the cut
            return []
        sources = {note.source for note in stock.notes.values()}
        before = time.time() - FORGET_DAYS * 86_400
        return [
            name
            for name, written in stock.forgotten.items()
            if written < before and name not in names and name not in sources
        ]

    def _shrink(self) -> None:
        with self._one_at_a_time:
            if self._library.written <= self._look_at:  # six pictures were read at once: one look is enough
                return
            written, stock = self._library.written, self._stock.take_stock()
            total = float(_amount(stock.cuts).bytes)
            if total > START_AT * self.budget:
                total -= self._drop_oldest(stock, total - STOP_AT * self.budget)
            room = START_AT * self.budget - total
            step = min(max(room, LEAST_STEP * self.budget), MOST_STEP * self.budget)
            self._look_at = written + step

    def _drop_oldest(self, stock: Inventory, excess: float) -> int:
        going: list[Entry]
        names, going = stock.named_by(self._finder.find().all()), []
        for entry in sorted(stock.cuts, key=lambda cut: cut.used_at):
            if excess <= 0:
                break
            if entry.sha256 not in names:
                going.append(entry)
                excess -= entry.size
        gone = remove_cuts(self._library, stock, going, lambda: self._finder.find().all()) if going else []
        return _amount(gone).bytes


def _amount(entries: Sequence[Entry]) -> Amount:
    return Amount(len(entries), sum(entry.size for entry in entries))


def _counted(uses: Uses, stock: Inventory) -> dict[str, int]:
    here = {entry.sha256 for entry in (*stock.kept, *stock.cuts)}
    groups = {"current": uses.current, "kept": uses.kept, "jobs": uses.jobs, "windows": uses.windows}
    return {name: len(here & stock.named_by(group)) for name, group in groups.items()}
