"""The designs of this machine: one folder each, so that nothing lists them that could be damaged.

`designs/ID/` holds the design (`design.sqlite3`), what is known of it (`about.json`) and a small picture.
The design of older versions stays where they keep it, beside that folder, and is one of them. IDs are random:
no name ever becomes a path. Everything here blocks.
"""

from __future__ import annotations

import contextlib
import logging
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from packdesk.domain.design_name import UNTITLED, design_name, free_name
from packdesk.domain.state import default_state, utc_text
from packdesk.domain.transitions import IDLE
from packdesk.domain.wire import decode_state, encode_state
from packdesk.errors import InvalidInputError, NotPossibleError, OutputUnwritableError
from packdesk.files import (
    make_private,
    process_lock,
    remove_folder,
    written_beside,
)
from packdesk.sentence import Sentence
from packdesk.store.about import About, content_of, fill_store, read_about, write_about
from packdesk.store.beside import Beside
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from packdesk.domain.state import PackagingState

KEPT_DAYS = 30
FIRST = "first"
FIRST_FILE = "packdesk.sqlite3"
_ID = re.compile(r"[0-9a-f]{16}|first")
_LOCK_S = 5.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ShelvedDesign:
    """One design of this machine.

    Attributes:
        id: names it for good.
        name: for people; no two that are not in the bin have the same.
        file: the store's.
        picture: a small picture of it, if that is there.
        used_at: when somebody opened it last.
        changed_at: when it was changed last, as far as its file tells.
        deleted_at: when it went into the bin; empty when it is not there.
        origin: the store it is a copy of, and empty for a design that began here.
    """

    id: str
    name: str
    file: Path
    picture: Path
    used_at: str
    changed_at: str
    deleted_at: str
    origin: str

    def store(self) -> SqliteStore:
        """Where it is kept; once it is removed for good, nothing makes it anew."""
        if self.id != FIRST:
            return SqliteStore(self.file, within=self.file.parent)
        return SqliteStore(self.file, within=self.file if self.file.exists() else None)

    @property
    def newest(self) -> str:
        """When it was used or changed last."""
        return max(self.used_at, self.changed_at)


class Shelf:
    """Lists the designs, and changes what is known of them; any number of processes may do so.

    Args:
        data: the data folder.

    Attributes:
        kept: what is kept beside the designs.
    """

    def __init__(self, data: Path) -> None:
        self.kept = Beside(data)
        self._data = data
        self._folder = data / "designs"

    def designs(self) -> list[ShelvedDesign]:
        """All that are not in the bin, the newest first."""
        return [design for design in self.everything() if not design.deleted_at]

    def bin(self) -> list[ShelvedDesign]:
        """Those in the bin, the newest first."""
        return [design for design in self.everything() if design.deleted_at]

    def everything(self) -> list[ShelvedDesign]:
        """Both; a folder that cannot be read has none."""
        ids = {FIRST} if (self._data / FIRST_FILE).exists() else set()
        with contextlib.suppress(OSError):
            ids |= {one.name for one in self._folder.iterdir() if _ID.fullmatch(one.name)}
        every = [self._design(one) for one in ids]
        found = [one for one in every if one.id == FIRST or one.file.parent.exists()]  # not gone meanwhile
        return sorted(found, key=lambda design: (design.newest, design.id), reverse=True)

    def named(self, name_or_id: str, *, deleted: bool = False) -> ShelvedDesign:
        """The design of that name, or ID; where the bin has one, too, that if `deleted` ones are meant.

        Raises:
            InvalidInputError: there is none.
        """
        wanted = name_or_id.strip().casefold()
        found = [one for one in self.everything() if wanted in {one.name.casefold(), one.id}]
        for design in sorted(found, key=lambda one: bool(one.deleted_at) is not deleted):
            return design
        raise InvalidInputError(
            Sentence("There is no design “{name}”.", name=name_or_id[:80]),
            "Choose one of those that are there.",
            terminal="“packdesk designs” lists them.",
        )

    def current(self) -> ShelvedDesign:
        """The design used last; a first one where there is none."""
        designs = self.designs()
        used = max(designs, key=lambda design: (design.used_at, design.newest), default=None)
        return used or self._design(FIRST if not self.bin() else self.new().id)

    @contextlib.contextmanager
    def opened(self, name_or_id: str | None = None) -> Iterator[ShelvedDesign]:
        """A design for one window: that one, else the one used last that no other window has, else a new one.

        Raises:
            InvalidInputError: there is no such design.
            NotPossibleError: it is in the bin.
            OutputUnwritableError: there is none that is free, and none can be made.
        """
        with contextlib.ExitStack() as stack:
            with self._changing_if_possible():
                design = self._free(stack) if name_or_id is None else self._named_one(name_or_id, stack)
                with contextlib.suppress(OSError):  # a full disk keeps nobody from looking
                    self._changed(design.id, used_at=utc_text())
            yield design

    def new(self, name: str = UNTITLED) -> ShelvedDesign:
        """Another design, the default one; it is the one used last from now on.

        Raises:
            InvalidInputError: the name is none.
        """
        with self._changing():
            return self._added(name, used_at=utc_text())

    def state_of(self, design: ShelvedDesign) -> PackagingState:
        """What a design is, with no trace of a running generation.

        Raises:
            PackdeskError: it cannot be read.
        """
        with contextlib.closing(design.store()) as store:
            raw = store.load()
        return default_state() if raw is None else decode_state(raw).model_copy(update=IDLE)

    def duplicate(self, design: ShelvedDesign, name: str | None = None) -> ShelvedDesign:
        """Another design like one, with its words and how it is shown, and no trace of a running generation.

        Raises:
            PackdeskError: the design cannot be read.
        """
        state = self.state_of(design)
        raw = encode_state(state) if state != default_state() else None
        with self._changing():
            return self._added(name or design.name, raw, like=design)

    def keep_copy(
        self, state: PackagingState, origin: str, name: str, beside: Mapping[str, bytes] | None = None
    ) -> ShelvedDesign | None:
        """A copy of a design that has to give way where it is kept; None where one is here already.

        Args:
            state: the design.
            origin: the place of the store that had it.
            name: for people.
            beside: what was kept beside it, see `Beside.read`.

        Raises:
            OutputUnwritableError: it cannot be kept.
        """
        raw = encode_state(state.model_copy(update=IDLE))
        content = content_of(state)
        with self._changing():
            if any(self._about(design.id).content == content for design in self.everything()):
                return None
            added = self._added(name, raw, beside=beside, origin=origin, content=content)
        self.kept.carry_reviews(origin, str(added.file), state.created_at)
        return added

    def rename(self, design: ShelvedDesign, name: str) -> ShelvedDesign:
        """Give it another name.

        Raises:
            InvalidInputError: that is none.
        """
        with self._changing():
            return self._changed(design.id, name=self._free_name(name, design.id))

    def delete(self, design: ShelvedDesign) -> None:
        """Put it into the bin for `KEPT_DAYS`.

        Raises:
            NotPossibleError: a window has it open.
        """
        with self._changing():
            if (self._folder / design.id).exists() and self._is_open(design):
                said = Sentence("The design “{name}” is open in a window.", name=design.name)
                raise NotPossibleError(said, "Close that window first.")
            self._changed(design.id, deleted_at=utc_text())

    def restore(self, design: ShelvedDesign) -> ShelvedDesign:
        """Take it out of the bin."""
        with self._changing():
            name = self._free_name(self._about(design.id).name, design.id)
            return self._changed(design.id, deleted_at="", name=name)

    def empty(self, *, only: str = "", older: bool = False) -> list[str]:
        """Remove designs from the bin for good, but for those a window has open; returns their names.

        Args:
            only: the ID of the one that goes; all by itself.
            older: whether only those go that have been there for `KEPT_DAYS`.
        """
        until = utc_text(datetime.now(UTC) - timedelta(days=KEPT_DAYS)) if older else "~"
        gone = []
        with self._changing():
            for design in self.bin():
                wanted = design.deleted_at < until and only in {"", design.id}
                if wanted and not self._is_open(design):
                    self._remove(design)
                    gone.append(design.name)
        return gone

    def at(self, place: str) -> ShelvedDesign | None:
        """The design of a store, if it is one of these."""
        return next((design for design in self.everything() if str(design.file) == place), None)

    def picture_of(self, id_: str) -> Path:
        """Where the small picture of a design stands."""
        return self._folder / id_ / "picture.png"

    def _file_of(self, id_: str) -> Path:
        return self._data / FIRST_FILE if id_ == FIRST else self._folder / id_ / "design.sqlite3"

    def _design(self, id_: str) -> ShelvedDesign:
        about, file = self._about(id_), self._file_of(id_)
        changed = about.created_at
        for one in (file, file.with_name(f"{file.name}-wal")):
            with contextlib.suppress(OSError):
                changed = max(changed, utc_text(datetime.fromtimestamp(one.stat().st_mtime, UTC)))
        return ShelvedDesign(
            id_,
            about.name,
            file,
            self.picture_of(id_),
            about.used_at,
            changed,
            about.deleted_at,
            about.origin,
        )

    def _about(self, id_: str) -> About:
        return read_about(self._folder / id_) or About(name=UNTITLED if id_ == FIRST else _nameless(id_))

    def _changed(self, id_: str, **values: str) -> ShelvedDesign:
        folder = self._folder / id_
        if id_ != FIRST and not folder.exists():
            raise NotPossibleError("The design is gone for good.", "Choose another one.")
        make_private(folder)
        write_about(folder, self._about(id_).model_copy(update=values))
        return self._design(id_)

    def _free_name(self, name: str, own: str = "") -> str:
        return free_name(design_name(name), [one.name for one in self.designs() if one.id != own])

    def _added(
        self,
        name: str,
        raw: bytes | None = None,
        like: ShelvedDesign | None = None,
        beside: Mapping[str, bytes] | None = None,
        **values: str,
    ) -> ShelvedDesign:
        """Another design, there at once and whole: a copy killed half-way must not pass for one."""
        id_ = secrets.token_hex(8)
        about = About(name=self._free_name(name), created_at=utc_text(), **values)
        with written_beside(self._folder / id_) as (folder,):
            make_private(folder)
            if raw is not None:
                fill_store(folder / self._file_of(id_).name, raw)
            if like is not None:
                beside = self.kept.read(str(like.file))
                with contextlib.suppress(OSError):
                    shutil.copyfile(like.picture, folder / like.picture.name)
            self.kept.write(str(self._file_of(id_)), beside or {})
            write_about(folder, about)
        return self._design(id_)

    def _remove(self, design: ShelvedDesign) -> None:
        if design.id == FIRST:
            for ending in ("", "-wal", "-shm"):
                design.file.with_name(f"{design.file.name}{ending}").unlink(missing_ok=True)
        remove_folder(self._folder / design.id)
        self.kept.remove(str(design.file))

    def _named_one(self, name_or_id: str, stack: contextlib.ExitStack) -> ShelvedDesign:
        design = self.named(name_or_id)
        if design.deleted_at:
            raise NotPossibleError(
                Sentence("The design “{name}” is in the bin.", name=design.name),
                "Bring it back first.",
                terminal="“packdesk designs restore” does that.",
            )
        self._hold(design, stack)
        return design

    def _free(self, stack: contextlib.ExitStack) -> ShelvedDesign:
        designs = sorted(self.designs(), key=lambda one: (one.used_at, one.newest), reverse=True)
        first = [] if designs or self.bin() else [self._design(FIRST)]
        for design in designs or first:
            if self._hold(design, stack):
                return design
        with self._told():
            made = self._added(UNTITLED)
        self._hold(made, stack)
        return made

    def _hold(self, design: ShelvedDesign, stack: contextlib.ExitStack) -> bool:
        """Mark a design as open in this process; whether no other has it. While nobody can remove it."""
        from filelock import Timeout  # noqa: PLC0415  (see `process_lock`)

        try:
            if design.id == FIRST:
                make_private(self._folder / design.id)
            lock = process_lock(self._folder / design.id / "open.lock")
            lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:  # a folder that cannot be written: it can be looked at all the same
            _log.warning("The design %s cannot be marked as open: %s", design.id, error)
            return True
        stack.callback(lock.release)
        return True

    def _is_open(self, design: ShelvedDesign) -> bool:
        with contextlib.ExitStack() as stack:
            return not self._hold(design, stack)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """One change at a time, over all processes.

        Raises:
            OutputUnwritableError: the folder cannot be written.
        """
        with self._told():
            make_private(self._folder)
            with process_lock(self._folder / ".lock").acquire(timeout=_LOCK_S):
                yield

    @contextlib.contextmanager
    def _changing_if_possible(self) -> Iterator[None]:
        """As `_changing`; where the folder cannot be written, nobody removes anything either."""
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OutputUnwritableError):
                stack.enter_context(self._changing())
            yield

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:  # a lock that is not given in time is one, too
            raise OutputUnwritableError(
                Sentence("The designs in {folder} cannot be changed.", folder=self._folder),
                "Check that the folder is yours and has free space.",
            ) from error


def _nameless(id_: str) -> str:
    return f"{UNTITLED} ({id_[:4]})"
