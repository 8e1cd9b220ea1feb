"""Kinds of codes."""

from __future__ import annotations

from enum import StrEnum


class Symbology(StrEnum):
    """Kinds of codes."""

    EAN13 = "ean-13"
    EAN8 = "ean-8"
    UPCA = "upc-a"
    ITF14 = "itf-14"
    CODE128 = "code-128"
    QR = "qr"
    DATA_MATRIX = "data-matrix"
