"""An evictable cache of pictures behind foreign URLs, least recently used first out."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from typing import TYPE_CHECKING

from packdesk.files import read_file, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


class DiskCache:
    """Files named `<sha256 of the URL>.<sha256 of the content>.png` within a budget of bytes.

    Entries may vanish at any time; a damaged one is dropped. A cache that cannot be written is said once in
    the log and then does without: it never stops the work it is there to speed up.
    """

    def __init__(self, folder: Path, budget_bytes: int) -> None:
        self.folder = folder
        self.budget_bytes = budget_bytes
        self._complained = False

    def get(self, url: str) -> bytes | None:
        """Return the cached picture and mark it as used, or None."""
        for path in self._entries_of(url):
            try:
                data = read_file(path)
            except OSError:
                continue
            if path.suffixes[-2:][0] == f".{hashlib.sha256(data).hexdigest()}":
                with contextlib.suppress(OSError):  # only the order of eviction suffers
                    os.utime(path)
                return data
            self._drop(path)
        return None

    def put(self, url: str, png: bytes) -> None:
        """Keep a picture; older ones go when the budget is passed."""
        path = self.folder / f"{_key(url)}.{hashlib.sha256(png).hexdigest()}.png"
        outdated = [entry for entry in self._entries_of(url) if entry != path]
        try:
            write_atomically(path, png, private=True)
        except OSError as error:
            if not self._complained:
                _log.warning("The texture cache %s cannot be written: %s", self.folder, error)
            self._complained = True
            return
        for entry in outdated:
            self._drop(entry)
        self._evict(spared=path)

    def used_bytes(self) -> int:
        """The size of all entries."""
        return sum(size for _, size, _ in self._by_age())

    def _entries_of(self, url: str) -> list[Path]:
        return sorted(self.folder.glob(f"{_key(url)}.*.png"))

    def _by_age(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self.folder.glob("*.png"):
            with contextlib.suppress(OSError):  # another process evicted it
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        return sorted(found)

    def _evict(self, spared: Path) -> None:
        entries = self._by_age()
        excess = sum(size for _, size, _ in entries) - self.budget_bytes
        for _, size, path in entries:
            if excess <= 0:
                return
            if path != spared:
                self._drop(path)
                excess -= size

    @staticmethod
    def _drop(path: Path) -> None:
        with contextlib.suppress(OSError):  # gone already, or not ours to remove
            path.unlink()


def _key(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
