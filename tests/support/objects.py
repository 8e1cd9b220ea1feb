"""Objects of every kind, and values hypothesis makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from packdesk.domain.objects.inks import Ink, ink_of
from packdesk.domain.objects.recipe import Recipe
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.values import Across, Barcode, Down, Form, Placed, Shape, Text

if TYPE_CHECKING:
    from packdesk.domain.objects.values import PanelObject

GOOD_VALUES = {
    Symbology.EAN13: "4006381333931",
    Symbology.EAN8: "96385074",
    Symbology.UPCA: "036000291452",
    Symbology.ITF14: "15400141288763",
    Symbology.CODE128: "LOT 4711-b",
    Symbology.QR: "https://example.com/tea?lot=4711",
    Symbology.DATA_MATRIX: "LOT 4711-b",
}

_places = st.floats(-300, 300).map(lambda value: round(value, 3))
inks = st.one_of(
    st.builds(lambda rgb: Ink(rgb=rgb), st.tuples(*[st.integers(0, 255)] * 3)),
    st.builds(lambda cmyk: Ink(cmyk=cmyk), st.tuples(*[st.integers(0, 100)] * 4)),
)


def _shape(**fields: object) -> Shape:
    return Shape.model_validate(fields)


def shapes(ids: st.SearchStrategy[str]) -> st.SearchStrategy[Shape]:
    """Shapes with ids of that kind."""
    return st.builds(
        _shape,
        id=ids,
        x=_places,
        y=_places,
        width=st.floats(1, 100).map(lambda value: round(value, 3)),
        height=st.floats(1, 100).map(lambda value: round(value, 3)),
        form=st.sampled_from(list(Form)),
        ink=inks,
        across=st.sampled_from(list(Across)),
        down=st.sampled_from(list(Down)),
    )


def recipes(ids: str = "abcdef") -> st.SearchStrategy[Recipe]:
    """Recipes of a few shapes, named by single letters."""
    some = st.lists(shapes(st.sampled_from(ids)), max_size=5, unique_by=lambda one: one.id)
    return some.map(lambda objects: Recipe(panel=(100, 150), objects=tuple(objects)))


def one_of_each() -> tuple[PanelObject, ...]:
    """Lettering, codes and shapes as on a pack, on a panel of 100 by 150 mm."""
    red = ink_of("spot Tea Red: cmyk 0 90 80 10")
    return (
        Shape(id="plate", form=Form.ROUNDED, x=8, y=6, width=84, height=34, ink=ink_of("#f4ead8")),
        Text(id="name", x=10, y=10, width=80, height=14, words="Herbal Tea", size=30, weight=700, ink=red),
        Text(id="list", x=10, y=50, width=40, height=30, words="Peppermint, lemon balm, verbena.", size=7),
        Barcode(id="code", x=10, y=110, value="4006381333931"),
        Shape(id="rule", form=Form.LINE, x=10, y=48, width=80, height=0.01, thickness=0.4),
    )


def placed(one: Placed, **fields: object) -> Placed:
    """The same object with other fields."""
    return one.model_copy(update=fields)
