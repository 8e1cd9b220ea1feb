"""Files of the kinds that are decoded apart, changed at random: how many are taken, refused, ended.

    python benchmarks/mutated_files.py [COUNT]

Each file is decoded as at the door, but the process is forked to save time.
A fault of the decoder ends that process only; one that reached this one would end the run.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from unittest import mock

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from typing import TYPE_CHECKING

from support.foreign_files import avif, heic, pdf, psd, svg, tiff

from packdesk.errors import BadPictureError
from packdesk.textures.check import clean_artwork, clean_sheet
from packdesk.textures.foreign import pdf as _pdf
from packdesk.textures.foreign import svg as _svg
from packdesk.textures.foreign.decoding import page_apart
from packdesk.textures.kinds import PDF, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 600
LOADED = _pdf, _svg
DRAWN = (
    "<defs><linearGradient id='g'><stop offset='0' stop-color='red'/><stop offset='1'/></linearGradient>"
    "<clipPath id='c'><circle cx='50' cy='50' r='40'/></clipPath>"
    "<filter id='f'><feGaussianBlur stdDeviation='3'/></filter></defs>"
    "<g clip-path='url(#c)' filter='url(#f)'><rect width='99' height='99' fill='url(#g)'/>"
    "<path d='M5 5C20 80 90 10 95 95Z' fill='#0a0' stroke='blue' stroke-width='3'/></g>"
)
WORDS = "BT /F 20 Tf 5 50 Td (Oats) Tj ET 0 0.9 0.8 0 k 20 20 90 60 re f "
WORDS += "q 60 0 0 60 40 30 cm 0 1 0 rg 0 0 1 1 re f Q"


def packed_tiff() -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((64, 40), 50).convert("CMYK").save(buffer, "TIFF", compression="tiff_lzw")
    return buffer.getvalue()


KINDS = {
    "TIFF": tiff,
    "TIFF, LZW": packed_tiff,
    "AVIF": avif,
    "PSD": psd,
    "PDF": lambda: pdf(WORDS, more="/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"),
    "SVG": lambda: svg(DRAWN, "viewBox='0 0 100 100'"),
    "HEIC": heic,
}


def changed(data: bytes, random: np.random.Generator) -> bytes:
    """Some bytes others, and perhaps some gone or twice; the first four tell what it is and stay."""
    array = bytearray(data)
    for _ in range(int(random.integers(1, 12))):
        at = int(random.integers(4, len(array)))
        kind = random.integers(0, 4)
        if kind == 0:
            del array[at : at + int(random.integers(1, 40))]
        elif kind == 1:
            array[at:at] = array[at : at + int(random.integers(1, 40))]
        else:
            array[at] = int(random.integers(0, 256))
        if len(array) < 20:
            break
    return bytes(array)


def sheet_of(data: bytes) -> None:
    """As artwork of a whole blank, which comes alone as a page, too."""
    clean_sheet(data)
    if kind_of(data) == PDF:
        page_apart(data)


def run(kind: str, count: int, take: Callable[[bytes], object]) -> tuple[Counter[str], float]:
    random, told, longest = np.random.default_rng(len(kind)), Counter[str](), 0.0
    whole = KINDS[kind]()
    for _ in range(count):
        begun = time.perf_counter()
        try:
            take(changed(whole, random))
            told["taken"] += 1
        except BadPictureError as error:
            told["ended" if "too much" in error.sentence else "refused"] += 1
        longest = max(longest, time.perf_counter() - begun)
    return told, longest


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    forking = multiprocessing.get_context("fork")
    print("| kind | taken | refused | ended | longest | peak memory |\n|---|---|---|---|---|---|")
    with mock.patch("multiprocessing.get_context", return_value=forking):
        taken = [(kind, kind, clean_artwork) for kind in KINDS]
        taken += [(f"{kind}, whole blank", kind, sheet_of) for kind in ("PDF", "SVG", "TIFF")]
        for name, kind, take in taken:
            told, longest = run(kind, count, take)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            numbers = " | ".join(str(told[word]) for word in ("taken", "refused", "ended"))
            print(f"| {name} | {numbers} | {longest:.1f} s | {peak:.0f} MB |", flush=True)


if __name__ == "__main__":
    main()
