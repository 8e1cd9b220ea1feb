"""Every picture of a library that was made or imported, ready to be listed and searched.

Nothing stands here that the files beside the pictures do not say (`notes`), so it may be lost at any time.
Cuts are not listed: they show a part of a picture that is.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from packdesk.domain.moments import moment
from packdesk.domain.state import utc_text
from packdesk.textures.disposable import DisposableDatabase
from packdesk.textures.objects.bare import bare_board

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from packdesk.textures.inventory import Entry, Inventory
    from packdesk.textures.library import TextureLibrary
    from packdesk.textures.notes import Making

_Size = tuple[float | None, float | None]
_NO_SIZE: _Size = (None, None)
_VERSION = 2
_SCHEMA = """
CREATE TABLE pictures (
    sha256 TEXT PRIMARY KEY, stamp TEXT NOT NULL, folded TEXT NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL,
    words TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL, seed INTEGER, panel TEXT NOT NULL,
    width REAL, height REAL, cost TEXT NOT NULL, drawn_from TEXT NOT NULL, favourite INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX newest ON pictures (at DESC, sha256);
"""


@dataclass(frozen=True, slots=True)
class IndexedPicture:
    """What is known of a picture; what is not is empty or None.

    Attributes:
        sha256: its name in the library.
        at: when it was made or imported, in seconds since 1970.
        kind: as in `Making`; empty where nobody noted it.
        words: the prompt, or the name of what was imported.
        provider: who made it.
        model: its model.
        seed: the variation.
        panel: the panel it was made for.
        width: of that panel, in millimetres.
        height: of that panel, in millimetres.
        cost: its cost class.
        drawn_from: as in `Making`; such a picture is listed only where that one has gone.
        favourite: whether it is marked.
    """

    sha256: str
    at: float
    kind: str = ""
    words: str = ""
    provider: str = ""
    model: str = ""
    seed: int | None = None
    panel: str = ""
    width: float | None = None
    height: float | None = None
    cost: str = ""
    drawn_from: str = ""
    favourite: bool = field(kw_only=True)


_NAMES = tuple(one.name for one in fields(IndexedPicture))
_COLUMNS = ", ".join(_NAMES)
_LISTED = "drawn_from NOT IN (SELECT sha256 FROM pictures)"
_INSERT = (
    f"INSERT OR REPLACE INTO pictures (stamp, folded, {_COLUMNS}) "  # noqa: S608  (names of our own)
    f"VALUES ({', '.join('?' * (len(_NAMES) + 2))})"
)


class PictureIndex:
    """The list in a file of its own.

    Args:
        file: of the index; may be new.
        library: whose pictures are listed.
    """

    def __init__(self, file: Path, library: TextureLibrary) -> None:
        self._library = library
        self._database = DisposableDatabase(file, _SCHEMA, _VERSION)

    def take_damaged(self) -> bool:
        """Whether the index was found damaged since this was asked last; it has been made anew then."""
        damaged, self._database.damaged = self._database.damaged, False
        return damaged

    def close(self) -> None:
        """Let go of what is held in memory."""
        self._database.close()

    def search(self, text: str = "", *, favourites: bool = False) -> list[IndexedPicture]:
        """Pictures with all words of a text somewhere in what is known of them, the newest first."""
        words = text.casefold().split()
        conditions = [_LISTED, *["instr(folded, ?)"] * len(words), *["favourite"] * favourites]
        where = " AND ".join(conditions)
        query = f"SELECT {_COLUMNS} FROM pictures WHERE {where} ORDER BY at DESC, sha256"  # noqa: S608  (likewise)
        return self._database.run(lambda connection: list(map(_picture, connection.execute(query, words))))

    def named(self, beginning: str, most: int) -> list[IndexedPicture]:
        """Pictures whose names begin so, at most so many."""
        query = f"SELECT {_COLUMNS} FROM pictures WHERE {_LISTED} AND substr(sha256, 1, ?) = ? LIMIT ?"  # noqa: S608
        values = (len(beginning), beginning, most)
        return self._database.run(lambda connection: list(map(_picture, connection.execute(query, values))))

    def count(self) -> int:
        """How many pictures there are."""
        query = f"SELECT count(*) FROM pictures WHERE {_LISTED}"  # noqa: S608  (a text of our own)
        return self._database.run(lambda connection: int(connection.execute(query).fetchone()[0]))

    def follow(self, stock: Inventory) -> bool:
        """Bring the index to what lies in the library; whether anything was otherwise."""
        return self._database.run(lambda connection: self._follow(connection, stock))

    def _follow(self, connection: sqlite3.Connection, stock: Inventory) -> bool:
        known = dict(connection.execute("SELECT sha256, stamp FROM pictures"))
        plain = {picture.sha256: picture for picture in _plain(stock)}
        stamps = {sha256: _stamp(picture, stock) for sha256, picture in plain.items()}
        gone = known.keys() - stamps.keys()
        changed = [sha256 for sha256, stamp in stamps.items() if known.get(sha256) != stamp]
        connection.executemany("DELETE FROM pictures WHERE sha256 = ?", [(sha256,) for sha256 in gone])
        connection.executemany(_INSERT, (self._row(plain[name], stamps[name], stock) for name in changed))
        return bool(gone or changed)

    def _row(self, plain: IndexedPicture, stamp: str, stock: Inventory) -> tuple[Any, ...]:
        making = self._library.making(plain.sha256) if plain.sha256 in stock.made else None
        picture = plain if making is None else _told(plain, making)
        named = (picture.words, picture.provider, picture.model, picture.panel)
        return (stamp, "\n".join(named).casefold(), *astuple(picture))


def archived(stock: Inventory) -> Iterator[Entry]:
    """Pictures that were made or imported, and cuts of which nothing else is left."""
    here = {entry.sha256 for entry in (*stock.kept, *stock.cuts)}
    for entry in (*stock.kept, *stock.cuts):
        note = stock.notes.get(entry.sha256)
        if entry.sha256 == bare_board().sha256 or (note is not None and note.objects is not None):
            continue  # nothing, and a panel with its lettering: neither is artwork
        alone = note is None or note.kept or note.source == entry.sha256 or note.source not in here
        if alone or entry.sha256 in stock.made:
            yield entry


def _plain(stock: Inventory) -> Iterator[IndexedPicture]:
    """What is known without a note of the picture's own: of older versions there is none."""
    first_cuts = _first_cuts(stock)
    for entry in archived(stock):
        at, size = entry.used_at, _NO_SIZE
        if entry.sha256 in first_cuts:
            cut_at, size = first_cuts[entry.sha256]
            at = min(at, cut_at)  # reading changed the file's own time
        yield IndexedPicture(
            entry.sha256, round(at), width=size[0], height=size[1], favourite=entry.sha256 in stock.stars
        )


def _first_cuts(stock: Inventory) -> dict[str, tuple[float, _Size]]:
    """When each picture was cut first, and for a panel of what size."""
    found: dict[str, tuple[float, _Size]] = {}
    for sha256, note in stock.notes.items():
        at = stock.cut_at.get(sha256, 0.0)
        if note.source not in found or at < found[note.source][0]:
            found[note.source] = at, note.panel or _NO_SIZE
    return found


def _stamp(plain: IndexedPicture, stock: Inventory) -> str:
    return f"{stock.made.get(plain.sha256)} {plain.at} {plain.width} {plain.height} {plain.favourite}"


def _told(plain: IndexedPicture, making: Making) -> IndexedPicture:
    made_at = moment(making.at)
    width, height = making.size or (plain.width, plain.height)
    return replace(
        plain,
        at=plain.at if made_at is None else made_at.timestamp(),
        kind=making.kind,
        words=making.words,
        provider=making.provider,
        model=making.model,
        seed=making.seed,
        panel=making.panel,
        width=width,
        height=height,
        cost=making.cost,
        drawn_from=making.drawn_from or "",
    )


def _picture(row: tuple[Any, ...]) -> IndexedPicture:
    *told, favourite = row
    values: dict[str, Any] = dict(zip(_NAMES, told, strict=False))
    return IndexedPicture(**values, favourite=bool(favourite))


def time_text(at: float) -> str:
    """A moment of the index as on the wire."""
    return utc_text(datetime.fromtimestamp(at, UTC))
