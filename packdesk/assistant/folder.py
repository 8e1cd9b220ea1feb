"""The one folder an assistant writes files to and takes pictures from."""

from __future__ import annotations

from pathlib import Path

from packdesk.domain.text import printable
from packdesk.errors import InvalidInputError, NotPossibleError
from packdesk.files import check_free
from packdesk.sentence import Sentence

LONGEST_NAME = 120


class FileFolder:
    """A folder, or none.

    Args:
        place: it; None where no files are wanted.

    Raises:
        InvalidInputError: it is no folder.
    """

    def __init__(self, place: Path | None) -> None:
        if place is not None and not place.is_dir():
            raise InvalidInputError(
                Sentence("{folder} is not a folder.", folder=place), "Name one that is there with --folder."
            )
        self._place = None if place is None else place.resolve()

    def target(self, name: str, *, force: bool) -> Path:
        """Where a file of that name is written.

        Args:
            name: without any folder.
            force: whether what is there may be replaced.

        Raises:
            InvalidInputError: it is not the plain name of a file.
            NotPossibleError: no folder was named.
            OutputUnwritableError: something is there.
        """
        place = self._named()
        if not _plain(name):
            raise InvalidInputError(
                Sentence("“{name}” is not the plain name of a file.", name=name[:60]),
                "Name a file without any folder, such as box.pdf.",
            )
        check_free(place / name, force=force)
        return place / name

    def source(self, name: str) -> Path:
        """A file of the folder.

        Raises:
            InvalidInputError: it lies elsewhere, be it by a link.
            NotPossibleError: no folder was named.
        """
        place = self._named()
        try:
            found = (place / name).resolve()
        except (OSError, ValueError, RuntimeError):  # no path, or links in a circle
            found = Path("/")
        if not found.is_relative_to(place):
            raise InvalidInputError(
                Sentence("“{name}” is not a file of the folder.", name=name[:60]),
                "Only files of the folder packdesk was started with are read.",
            )
        return found

    def _named(self) -> Path:
        if self._place is None:
            raise NotPossibleError(
                "No folder for files was named.", "Have packdesk started as: packdesk mcp --folder FOLDER"
            )
        return self._place


def _plain(name: str) -> bool:
    outside = set('/\\:*?"<>|') & set(name)
    usual = not name.startswith(".") and printable(name) == name and name == name.strip()
    return bool(name) and not outside and usual and len(name) <= LONGEST_NAME
