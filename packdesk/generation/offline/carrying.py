"""Which of the user's words a painted panel can depend on: it is painted once for all that share them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.pack_words import FIELDS

if TYPE_CHECKING:
    from packdesk.domain.request import PanelRequest

LONG = 3.2
"""A panel this many times longer than wide carries a band instead of a plate."""
_BAND, _BASE = frozenset({"brand", "product"}), frozenset({"brand", "barcode"})


def is_long(request: PanelRequest) -> bool:
    """Whether a band runs along the panel."""
    width, height = request.size.width, request.size.height
    return max(width, height) > min(width, height) * LONG


def words_on(request: PanelRequest) -> frozenset[str]:
    """The fields of `PackWords` that a panel may show, whatever its plate has room for.

    One on which the user's own lettering will lie shows none.
    """
    if request.room:
        return frozenset()
    everything, lid = frozenset(FIELDS), _title(request)
    if request.package_type == "cylinder":
        return {"top": lid, "bottom": _BASE}.get(request.panel_id, everything)
    long = is_long(request)
    return {
        "front": everything - {"barcode"},
        "back": _BAND if long else everything,
        "top": _BAND if long else lid,
        "bottom": _BASE,
    }.get(request.panel_id, _BAND)


def _title(request: PanelRequest) -> frozenset[str]:
    """The lid has the brand; the product where there is no brand that can be set."""
    brand = request.words.brand if request.words else ""
    sure = any(word.isascii() and word.isalnum() for word in brand.split())
    return frozenset({"brand"}) if sure else _BAND
