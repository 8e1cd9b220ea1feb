"""The layout of the newer web application: one document, box and cylinder kept apart in it.

`current_package_type` names the one that is shown; `box_state` and `cylinder_state` each hold `dimensions`
and `panel_textures`. It is read, never written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packdesk.domain.dimensions import PACKAGE_TYPES

if TYPE_CHECKING:
    from packdesk.domain.dimensions import PackageType

KEPT_APART = "This is the layout of the newer web application: box and cylinder kept apart."


def is_kept_apart(document: dict[str, Any]) -> bool:
    """Whether a document has that layout."""
    return "current_package_type" in document and "package_type" not in document


def put_together(document: dict[str, Any], package_type: PackageType | None = None) -> dict[str, Any]:
    """The document of one package in the layout of `packaging:current`, still unchecked.

    Args:
        document: the whole document.
        package_type: which package; without one, the one that is shown there.
    """
    shown = document.get("current_package_type")
    kind = package_type or (shown if shown in PACKAGE_TYPES else PACKAGE_TYPES[0])
    part = document.get(f"{kind}_state")
    part = part if isinstance(part, dict) else {}
    return {
        "package_type": kind,
        "package_dimensions": part.get("dimensions"),
        "panel_textures": part.get("panel_textures"),
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at"),
    }
