"""Review pages for tests: whether they can be made here, and a small one."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw

from packdesk.assets import asset_path
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.look import Look
from packdesk.domain.panels import panel_sizes
from packdesk.domain.review import IssuedReview
from packdesk.export.review.page import Reviewed

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import Dieline
    from packdesk.domain.dimensions import PackageType

needs_viewer = pytest.mark.skipif(
    not (asset_path("review") / "built" / "model-viewer.js").exists(),
    reason="make setup could not bring model-viewer",
)
ISSUED = IssuedReview(
    id="ab" * 16, key="5d" * 32, hash="ef" * 32, name="Tea & <i>more</i>", at="2026-11-28T07:00:00Z"
)
SIZES: dict[PackageType, Dimensions] = {
    "box": Dimensions(width=100, height=150, depth=60),
    "cylinder": Dimensions(width=80, height=150, depth=80),
}


def blank(kind: PackageType) -> Dieline:
    return make_dieline(kind, SIZES[kind], DielineOptions())


def art(kind: PackageType, pixels_per_mm: int = 2) -> dict[str, bytes]:
    """A plain picture for each panel, with a darker quarter at its upper left."""
    made = {}
    for number, (panel_id, size) in enumerate(panel_sizes(kind, SIZES[kind]).items()):
        width, height = round(size.width * pixels_per_mm), round(size.height * pixels_per_mm)
        picture = Image.new("RGB", (width, height), (200, 40 * number, 90))
        ImageDraw.Draw(picture).rectangle((0, 0, width // 2, height // 2), fill=(40, 40, 40 * number))
        file = io.BytesIO()
        picture.save(file, "PNG")
        made[panel_id] = file.getvalue()
    return made


def reviewed(kind: PackageType = "box", **changed: Any) -> Reviewed:
    """What a page shows; anything of it may be another."""
    usual: dict[str, Any] = {
        "name": "Tea & <i>more</i>",
        "dieline": blank(kind),
        "artwork": art(kind),
        "look": Look(),
        "issued": ISSUED,
    }
    return Reviewed(**(usual | changed))


def told(page: bytes) -> dict[str, Any]:
    """What a page's script is told."""
    found = re.search(rb'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found.group(1))
    return data
