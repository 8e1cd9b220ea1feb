"""Barcodes as tills read them: how wide the narrowest bar is (GS1 General Specifications, 5.2.6 and 5.12)."""

from __future__ import annotations

from packdesk.sentence import Sentence

NOMINAL_MODULE_MM = 0.33
LEAST_MAGNIFICATION = 0.8
"""Of the nominal size."""
TILL_MODULES = {"EAN-13": 95, "EAN-8": 67, "UPC-A": 95, "UPC-E": 51}
"""Modules from the first bar to the last."""
INSIDE_STORES = "2"
"""Such numbers are a store's own, and samples: no till elsewhere has to read them."""


def too_small_for_tills(panel_id: str, share: float) -> Sentence:
    """Told of a code with that share of its nominal size."""
    return Sentence(
        "The barcode on the {panel} panel has {percent:.0f} % of its nominal size; tills need 80 %.",
        panel=panel_id,
        percent=share * 100,
    )
