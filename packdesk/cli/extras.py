"""What only some commands need is installed only where it is wanted."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from packdesk.errors import NotPossibleError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def extra(name: str, *packages: str, command: str = "") -> Iterator[None]:
    """A block that imports what an extra of packdesk brings.

    Args:
        name: of the extra.
        packages: what it brings, by their names in Python.
        command: that needs it, where it is called otherwise.

    Raises:
        NotPossibleError: one of them is missing.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in packages:
            raise
        raise NotPossibleError(
            Sentence("What “packdesk {name}” needs is not installed.", name=command or name),
            Sentence("Install it with: pip install 'packdesk[{name}]'", name=name),
        ) from error
