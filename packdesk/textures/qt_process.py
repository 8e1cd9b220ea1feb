"""A process of its own that has Qt's fonts, beside a window or a command: what it needs at its start."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from packdesk.child import settle_in

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

_NOISE = "OpenType support missing for"


def begin(politeness: int = 0) -> QGuiApplication:
    """Make the application of a worker process, which ends with its parent, however that ends.

    Args:
        politeness: added to the process's nice value.
    """
    from PySide6.QtCore import qInstallMessageHandler  # noqa: PLC0415  (only there)
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415  (likewise)

    qInstallMessageHandler(_say)
    settle_in(politeness)
    return QGuiApplication(["packdesk", "-platform", "offscreen"])


def _say(_kind: object, _where: object, told: str) -> None:
    """Qt's messages on stderr, without one about typefaces it chooses others for anyway."""
    if not told.startswith(_NOISE):
        sys.stderr.write(f"{told}\n")
