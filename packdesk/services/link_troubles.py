"""Why something does not follow its file, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.errors import LinkedFileError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.links import Link
    from packdesk.errors import PackdeskError

_DRIVE = "Connect its drive or network folder, find the file again, or unlink it."


def gone(file: Path) -> LinkedFileError:
    """Why there is no such file. Blocks."""
    if _there(file):
        return LinkedFileError(Sentence("{file} is no file any more. The last picture stays.", file=file))
    if not _there(file.parent):
        return LinkedFileError(
            Sentence("The folder of the linked file {file} is missing. The last picture stays.", file=file),
            _DRIVE,
        )
    return LinkedFileError(Sentence("The linked file {file} is missing. The last picture stays.", file=file))


def silent(file: Path) -> LinkedFileError:
    """Its drive does not answer."""
    return LinkedFileError(
        Sentence("The drive of the linked file {file} does not answer. The last picture stays.", file=file),
        _DRIVE,
    )


def unreadable(file: Path, reason: PackdeskError) -> LinkedFileError:
    """It is no usable picture."""
    return LinkedFileError(
        Sentence(
            "The linked file {file} cannot be shown. The last picture stays. {reason}",
            file=file,
            reason=reason.sentence,
        ),
        "Save it again as a picture packdesk reads, or unlink it.",
    )


def replaced(link: Link) -> LinkedFileError:
    """Somebody put another picture there."""
    return LinkedFileError(
        Sentence(
            "Another picture was put on the panel “{panel}”: it follows {file} no longer.",
            panel=link.target.name,
            file=link.path.name,
        ),
        "Follow the file again, or unlink it.",
    )


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
