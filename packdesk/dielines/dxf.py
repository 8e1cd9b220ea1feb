"""Lines of the model space of a DXF drawing, by ezdxf. In the reading process only."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, Any

from ezdxf import path, recover
from ezdxf.document import Drawing
from ezdxf.entities.insert import Insert
from ezdxf.lldxf.tagger import binary_tags_loader
from ezdxf.protocols import SupportsVirtualEntities, virtual_entities
from ezdxf.tools.codepage import codepage_to_encoding

from packdesk.dielines.found import FLAT_MM, MOST_POINTS, Found
from packdesk.textures.foreign import limits
from packdesk.textures.foreign.worker import FaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BINARY = b"AutoCAD Binary DXF"
_UNITS = {1: ("in", 25.4), 2: ("ft", 304.8), 4: ("mm", 1.0), 5: ("cm", 10.0), 6: ("m", 1000.0)}
"""By $INSUNITS: the name, and millimetres in one. Whatever else is told is taken as millimetres."""
_LINES = {"LINE", "LWPOLYLINE", "POLYLINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE", "HELIX"}
_MOST_ENTITIES = 200_000
_OF_THE_BLOCK = "0"


def lines_of(data: bytes) -> Found:
    """All lines, arcs and curves that are shown, those in blocks too.

    Raises:
        FaultError: it is damaged, or has too many lines.
        DXFError: it is damaged.
    """
    limits.limit()
    document = _document(data)
    unit, scale = _UNITS.get(document.units, ("", 1.0))
    found = Found(unit)
    for entity, layer in _entities(document):
        shape = _shape(entity)
        if shape is None or not len(shape):
            continue
        flat = shape.flattening(FLAT_MM / scale, segments=_pieces(entity))
        points = []
        for point in flat:
            points.append((point.x * scale, -point.y * scale))
            if len(points) > MOST_POINTS:
                raise FaultError("many")
        found.add(points, layer)
    return found


def prepare() -> None:
    """Load what is loaded late."""
    for name in {*codepage_to_encoding.values(), "ascii", "cp1252", "utf-8"}:
        codecs.lookup(name)  # codecs are files


def _document(data: bytes) -> Any:
    if data.startswith(BINARY):
        return Drawing.load(binary_tags_loader(data, errors="replace"))
    return recover.read(io.BytesIO(data))[0]


def _entities(document: Any) -> Iterator[tuple[Any, str]]:
    """What is shown of the model space, each with its layer."""
    hidden = {layer.dxf.name.lower() for layer in document.layers if layer.is_off() or layer.is_frozen()}
    left = _MOST_ENTITIES
    for entity, layer in _apart(document.modelspace(), _OF_THE_BLOCK):
        left -= 1
        if left < 0:
            raise FaultError("many")
        shown = not entity.dxf.get("invisible", 0) and layer.lower() not in hidden
        if shown and entity.dxftype() in _LINES:
            yield entity, layer


def _apart(entities: Iterable[Any], outer: str) -> Iterator[tuple[Any, str]]:
    """Blocks taken apart: what lies on layer 0 in one lies on the layer its INSERT is on."""
    for entity in entities:
        layer = str(entity.dxf.layer)
        layer = outer if layer == _OF_THE_BLOCK else layer
        if isinstance(entity, Insert) and entity.mcount > 1:
            yield from _apart(entity.multi_insert(), layer)
        elif isinstance(entity, Insert | SupportsVirtualEntities):
            yield from _apart(virtual_entities(entity), layer)
        else:
            yield entity, layer


def _shape(entity: Any) -> Any:
    """Its path; None for what only looks like a line, such as a mesh."""
    try:
        return path.make_path(entity)
    except TypeError:
        return None


def _pieces(entity: Any) -> int:
    """Straight pieces of a curve at least: of a quarter circle, where it is one."""
    return 24 if entity.dxftype() in {"ARC", "CIRCLE", "ELLIPSE", "LWPOLYLINE"} else 16
