"""Sizes set in a session, and edits for the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.dimensions import DEFAULT_DIMENSIONS
from packdesk.domain.size_edit import SizeEdit

if TYPE_CHECKING:
    from packdesk.domain.dimensions import PackageType
    from packdesk.jobs.session import Session


def set_size(session: Session, width: float, height: float, depth: float) -> None:
    """Size the package that is shown."""
    session.set_size(SizeEdit.of(session.state.package_type, width, height, depth))


def set_type(session: Session, kind: PackageType) -> None:
    """Switch to the type at its default size, as its button does."""
    session.set_size(SizeEdit(kind, DEFAULT_DIMENSIONS[kind], switches=True))


def sized(kind: str, width: float, height: float, depth: float) -> SizeEdit:
    """The edit that sets type and sizes."""
    return SizeEdit.of(kind, width, height, depth, switches=True)
