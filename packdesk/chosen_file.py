"""Reading a file that somebody chose: a regular one, and no more of it than can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.errors import PackdeskError


def read_chosen(file: Path, most: int, refused: type[PackdeskError], remedy: Sentence) -> bytes:
    """What stands in it, as far as it may be used, and a byte more where there is more. Blocks.

    Args:
        file: what was chosen.
        most: bytes that may be used.
        refused: the error where it cannot be read.
        remedy: what to choose instead of what is no file.

    Raises:
        PackdeskError: of the kind `refused`.
    """
    if not file.name:  # an empty name is the folder one stands in
        raise refused(Sentence("The name of the file is missing."), remedy)
    try:
        if not file.exists():
            raise refused(
                Sentence("{file} is not there.", file=file), Sentence("Check its name and permissions.")
            )
        if file.is_dir():
            raise refused(Sentence("{file} is a folder.", file=file), remedy)
        if not file.is_file():  # a device or a pipe may never end
            raise refused(Sentence("{file} is not a file.", file=file), remedy)
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except (OSError, ValueError) as error:
        raise refused(
            Sentence("The file {file} cannot be read.", file=file),
            Sentence("Check its name and permissions."),
        ) from error
