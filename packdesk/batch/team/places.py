"""Where a team keeps its files: a folder that is shared, or by fsspec a store such as S3."""

from __future__ import annotations

import contextlib
import hashlib
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from packdesk.batch.files import FolderFiles, in_folder, own_folder, unwritable
from packdesk.errors import InvalidInputError, OutputUnwritableError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packdesk.batch.files import RangeFiles
    from packdesk.batch.team.server import TeamServer

_CHUNK = 4 * 2**20
_AT_ONCE = 128
"""Small files that are asked for side by side."""


def place_of(text: str) -> tuple[str, str]:
    """The place a range lies in, and its name there.

    Args:
        text: a folder, or an address such as `s3://bucket/ranges/tea`.

    Raises:
        InvalidInputError: nothing is left for the name.
    """
    root, _, name = str(_absolute(text)).rstrip("/").rpartition("/")
    if not name or not root or root.endswith((":/", ":")):
        raise InvalidInputError(
            Sentence("“{text}” does not name a folder in a place of the team.", text=text[:200]),
            "Name the place and a folder in it.",
        )
    return root, name


def _absolute(text: str) -> str | Path:
    return text if "://" in text else Path(text).absolute()


def files_in(root: str, name: str, server: TeamServer) -> RangeFiles:
    """The files of a range of a team.

    Args:
        root: a folder, or an address fsspec knows.
        name: of the range.
        server: knows whose turn it is.

    Raises:
        InvalidInputError: there is no such folder, or what such an address needs is not installed.
    """
    if not root.strip():
        raise InvalidInputError("No place of the team is named.", "Name the folder all ranges lie in.")
    if root.startswith("file://"):
        root = url2pathname(urlsplit(root).path)
    if "://" not in root:
        if not Path(root).is_dir():
            raise OutputUnwritableError(
                Sentence("There is no folder {folder}.", folder=root), "Make it first, or name another."
            )
        return TeamFolder(Path(root) / name, server)
    import fsspec  # noqa: PLC0415  (an extra)

    try:
        system, path = fsspec.core.url_to_fs(root)
    except (ImportError, ValueError) as error:
        fault = str(error).rstrip(".")
        raise InvalidInputError(
            Sentence("Places like {root} cannot be reached from here: {fault}.", root=root, fault=fault),
            "Install what it names, or use a folder all machines share.",
        ) from error
    return StoreFiles(system, f"{path.rstrip('/')}/{name}", f"{root.rstrip('/')}/{name}", server)


class TeamFolder(FolderFiles):
    """`RangeFiles` in a folder that machines share; whose turn it is knows the server."""

    def __init__(self, folder: Path, server: TeamServer) -> None:
        super().__init__(folder)
        self._server = server

    def turn(self, name: str) -> contextlib.AbstractContextManager[object]:
        """See `RangeFiles.turn`."""
        return self._server.turn(f"{self.folder.name}/{name}")


class StoreFiles:
    """`RangeFiles` in a store that fsspec knows, which writes each file whole or not at all.

    Args:
        system: of fsspec.
        path: of the range in it.
        place: for people.
        server: knows whose turn it is.
    """

    def __init__(self, system: Any, path: str, place: str, server: TeamServer) -> None:
        self._system = system
        self._path = path
        self._server = server
        self.place = place

    def open(self) -> None:
        """See `RangeFiles.open`."""
        try:
            self._system.makedirs(self._path, exist_ok=True)
        except Exception as error:  # every store has its own
            raise unwritable(self.place) from error

    def read(self, name: str) -> bytes:
        """See `RangeFiles.read`."""
        with self._told():
            return bytes(self._system.cat_file(self._named(name)))

    def read_all(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """See `RangeFiles.read_all`."""
        rest = iter(names)
        while some := [self._named(name) for name in islice(rest, _AT_ONCE)]:
            try:
                found = self._system.cat_ranges(some, None, None, on_error="return")
            except Exception:  # noqa: BLE001  (every store has its own)
                found = [None] * len(some)
            yield from (bytes(one) if isinstance(one, bytes) else None for one in found)

    def write(self, name: str, data: bytes) -> None:
        """See `RangeFiles.write`."""
        with self._told():
            self._system.makedirs(self._named(name).rpartition("/")[0], exist_ok=True)
            self._system.pipe_file(self._named(name), data)

    def put(self, made: Path, name: str) -> None:
        """See `RangeFiles.put`."""
        with self._told():
            self._system.makedirs(self._named(name).rpartition("/")[0], exist_ok=True)
            self._system.put_file(str(made), self._named(name))

    def remove(self, name: str) -> None:
        """See `RangeFiles.remove`."""
        with self._told(), contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._named(name))

    def there(self, name: str) -> bool:
        """See `RangeFiles.there`."""
        with self._told():
            self._system.invalidate_cache()
            return bool(self._system.exists(self._named(name)))

    def listed(self, folder: str) -> list[str]:
        """See `RangeFiles.listed`."""
        with contextlib.suppress(OSError), self._told():
            self._system.invalidate_cache()
            found = self._system.ls(self._named(folder).rstrip("/"), detail=False)
            return sorted(in_folder(folder, one.rstrip("/").rpartition("/")[2]) for one in found)
        return []

    def sha256(self, name: str) -> str:
        """See `RangeFiles.sha256`."""
        digest = hashlib.sha256()
        try:
            with self._system.open(self._named(name), "rb") as opened:
                while chunk := opened.read(_CHUNK):
                    digest.update(chunk)
        except Exception:  # noqa: BLE001  (every store has its own; no hash says that it cannot be read)
            return ""
        return digest.hexdigest()

    def turn(self, name: str) -> contextlib.AbstractContextManager[object]:
        """See `RangeFiles.turn`."""
        return self._server.turn(f"{self._path}/{name}")

    def staging(self) -> contextlib.AbstractContextManager[Path]:
        """See `RangeFiles.staging`."""
        return own_folder()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """See `RangeFiles.alone`; the server keeps others away."""
        yield

    def check_room(self) -> None:
        """See `RangeFiles.check_room`; such a store has no end."""

    def _named(self, name: str) -> str:
        return f"{self._path}/{name}"

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever a store says, as an `OSError`."""
        try:
            yield
        except OSError:
            raise
        except Exception as error:
            raise OSError(f"{type(error).__name__}: {error}"[:300]) from error
