"""Objects as values: inks, numbers, recipes, two versions put together, panels of another size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.objects import inks, one_of_each, recipes

from packdesk.domain.objects.anchoring import laid_on
from packdesk.domain.objects.drawn import shape_parts
from packdesk.domain.objects.growing import grown, needed_height
from packdesk.domain.objects.inks import Ink, ink_of, ink_text
from packdesk.domain.objects.kept import KeptObjects, read_objects
from packdesk.domain.objects.lettering import Lettering, lettering_key
from packdesk.domain.objects.merging import merge
from packdesk.domain.objects.numbers import check_digit, check_value, offered_number
from packdesk.domain.objects.outline import bounds, is_outline
from packdesk.domain.objects.recipe import Recipe, free_id, moved_to, put, raised, read_recipe, remove
from packdesk.domain.objects.symbology import Symbology
from packdesk.domain.objects.typed import changed, new_object, properties_of, typed_value
from packdesk.domain.objects.values import Across, Barcode, Down, Form, Shape, Text
from packdesk.domain.panels import FlatSize
from packdesk.domain.ranges.filling import filled
from packdesk.errors import BadRecipeError, InvalidInputError

SIZE = FlatSize(width=100, height=150)


@given(inks)
def test_an_ink_is_read_as_it_is_written(ink: Ink) -> None:
    assert ink_of(ink_text(ink)) == ink


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("#1a6", Ink(rgb=(0x11, 0xAA, 0x66))),
        (" RGB(26, 102, 179) ", Ink(rgb=(26, 102, 179))),
        ("cmyk 0 90.5% 80 10", Ink(cmyk=(0, 90.5, 80, 10))),
        ("spot  Warm   Red: cmyk(0,90,80,0)", Ink(cmyk=(0, 90, 80, 0), spot="Warm Red")),
    ],
)
def test_inks_are_taken_as_people_type_them(typed: str, meant: Ink) -> None:
    assert ink_of(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "red",
        "#12345",
        "rgb 1 2 256",
        "cmyk 0 0 0 101",
        "spot CutContour: cmyk 0 0 0 1",
        "spot X: #000",
        "cmyk",
    ],
)
def test_what_is_no_ink_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInputError):
        ink_of(typed)


@given(st.sampled_from([Symbology.EAN13, Symbology.EAN8, Symbology.UPCA, Symbology.ITF14]), st.data())
def test_the_right_number_is_offered(kind: Symbology, data: st.DataObject) -> None:
    count = {Symbology.EAN13: 12, Symbology.EAN8: 7, Symbology.UPCA: 11, Symbology.ITF14: 13}[kind]
    digits = data.draw(st.text("0123456789", min_size=count, max_size=count))
    right = digits + check_digit(digits)
    assert check_value(kind, digits) == check_value(kind, right) == offered_number(kind, digits) == right
    wrong = digits + str((int(right[-1]) + 1) % 10)
    with pytest.raises(InvalidInputError, match=right):
        check_value(kind, wrong)
    assert offered_number(kind, wrong) == right


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Symbology.EAN13, "400638133"),
        (Symbology.EAN13, "４００６３８１３３３９３１"),  # noqa: RUF001  (wide digits are none)
        (Symbology.CODE128, "Größe"),
        (Symbology.QR, "  "),
        (Symbology.DATA_MATRIX, "x" * 1201),
    ],
)
def test_what_a_code_cannot_hold_is_refused(kind: Symbology, typed: str) -> None:
    with pytest.raises(InvalidInputError):
        check_value(kind, typed)


def test_a_code_may_wait_for_the_number_of_each_row() -> None:
    for typed in ("{code}", " {EAN} ", "{number}", "{gtin-13}"):
        assert check_value(Symbology.ITF14, typed) == "{code}"
    for typed in ("{brand}", "40{code}", "{nonsense}", ""):
        with pytest.raises(InvalidInputError):
            check_value(Symbology.EAN13, typed)
    kinds = (Symbology.EAN13, Symbology.UPCA, Symbology.EAN8, Symbology.ITF14, Symbology.QR)
    codes = [Barcode(id=f"c{at}", symbology=kind, value="{code}") for at, kind in enumerate(kinds)]
    recipe = Recipe(panel=(100, 150), objects=tuple(codes))

    def said(number: str | None) -> list[str]:
        fields = {} if number is None else {"code": number}
        return [getattr(one, "value", "") for one in filled(recipe, fields).objects]

    number = "0000096385074"
    assert said(number) == [number, number[1:], number[5:], "0" + number, number]
    assert said("96385074") == [number, number[1:], number[5:], "0" + number, "96385074"]
    assert said("14006381333938")[3] == "14006381333938"
    assert said("0036000291452")[2] == "036000291452", "as it is written, and no EAN-8 has that"
    assert said("4006381333931")[1] == "4006381333931", "no UPC-A has that, and it says so"
    assert [one.hidden for one in filled(recipe, {"code": ""}).objects] == [True] * 4 + [False]
    for none in said(None):
        with pytest.raises(InvalidInputError, match="holds something"):
            check_value(Symbology.EAN13, none)


@given(recipes(), recipes(), recipes())
def test_two_versions_lose_nothing(base: Recipe, mine: Recipe, theirs: Recipe) -> None:
    merged = merge(base, mine, theirs)
    both = {one.id: one for one in (*theirs.objects, *mine.objects)}
    was = {one.id: one for one in base.objects}
    for name, one in both.items():
        untouched_by_other = name in was and was[name] in both.values()
        removed = name in was and (name not in mine.ids or name not in theirs.ids)
        assert name in merged.ids or (removed and untouched_by_other), one
    assert set(merged.ids) <= set(both)


@given(recipes("abc"), recipes("xyz"), recipes("uvw"))
def test_what_each_added_is_there_and_what_nobody_changed_as_well(old: Recipe, a: Recipe, b: Recipe) -> None:
    mine, theirs = put(*a.objects)(old), put(*b.objects)(old)
    assert set(merge(old, mine, theirs).objects) == {*old.objects, *a.objects, *b.objects}
    assert merge(old, mine, old) == mine
    assert merge(old, old, theirs) == theirs


def test_two_who_change_different_things_of_one_object_both_have_them() -> None:
    base = Recipe(panel=(100, 150), objects=one_of_each())
    name = base.get("name")
    mine = put(name.model_copy(update={"x": 50.0}))(base)
    theirs = moved_to("name", 0)(put(name.model_copy(update={"words": "Mint Tea"}))(base))
    merged = merge(base, mine, theirs)
    assert merged.get("name") == name.model_copy(update={"x": 50.0, "words": "Mint Tea"})
    assert merged.ids == theirs.ids
    gone = remove("name")(base)
    assert merge(base, gone, base) == gone
    assert merge(base, gone, mine).get("name").x == 50


def test_order_ids_and_removing() -> None:
    recipe = Recipe(panel=(100, 150), objects=one_of_each())
    assert moved_to("rule", 0)(recipe).ids[0] == "rule"
    assert moved_to("plate", 99)(recipe).ids[-1] == "plate"
    assert recipe.ids == ("plate", "name", "list", "code", "rule")
    assert raised(["name"], 1)(recipe).ids == ("plate", "list", "name", "code", "rule")
    assert raised(["plate", "name", "code"], -1)(recipe).ids == ("plate", "name", "code", "list", "rule")
    assert raised(["name", "code", "rule"], 1)(recipe).ids == ("plate", "list", "name", "code", "rule")
    assert raised(recipe.ids, 1)(recipe) == raised(["rule"], 1)(recipe) == recipe
    assert remove("name", "nobody")(recipe).ids == ("plate", "list", "code", "rule")
    assert free_id(recipe, "text") == "text-3"
    with pytest.raises(InvalidInputError):
        recipe.get("nobody")


@given(recipes(), st.floats(20, 400), st.floats(20, 400))
def test_a_size_that_comes_back_brings_every_object_back(recipe: Recipe, width: float, height: float) -> None:
    there = laid_on(recipe, FlatSize(width=width, height=height))
    for was, one in zip(recipe.objects, there.objects, strict=True):
        assert (one.width, one.height) == (was.width, was.height)
        holds = {Across.LEFT: 0.0, Across.CENTRE: 0.5, Across.RIGHT: 1.0}[one.across]
        assert one.x - holds * width == pytest.approx(was.x - holds * 100, abs=1e-5)
        rests = {Down.TOP: 0.0, Down.MIDDLE: 0.5, Down.BOTTOM: 1.0}[one.down]
        assert one.y - rests * height == pytest.approx(was.y - rests * 150, abs=1e-5)
    assert laid_on(there, SIZE) == recipe


@given(recipes())
def test_objects_are_read_as_they_were_kept(recipe: Recipe) -> None:
    text = Text(id="text", words="Tea")
    kept = KeptObjects.of(put(text)(recipe), {lettering_key(text): Lettering(outline="M0 0L1 0L1 1Z")})
    assert read_objects(kept.packed()) == kept


@pytest.mark.parametrize(
    "damaged", [b"", b"PK", b"{}", b'{"version": 1}', b'{"version": 1, "panel": [1, 0]}', b"[" * 99_999]
)
def test_damaged_objects_are_told(damaged: bytes) -> None:
    for read in (read_objects, read_recipe):
        with pytest.raises(BadRecipeError):
            read(damaged)


def test_objects_of_a_newer_version_are_told_to_be_such() -> None:
    with pytest.raises(BadRecipeError, match="newer version"):
        read_recipe(b'{"version": 2, "panel": [100, 150], "objects": [], "more": 1}')


def test_an_id_stands_once_and_an_outline_is_one() -> None:
    shape = Shape(id="a")
    twice = Recipe.model_construct(version=1, panel=(1, 1), objects=(shape, shape)).model_dump_json()
    with pytest.raises(BadRecipeError):
        read_recipe(twice)
    with pytest.raises(ValueError, match="no outline"):
        Lettering(outline='M0 0L1 1Z"/><script')


@pytest.mark.parametrize("form", list(Form))
def test_shapes_fill_their_boxes(form: Form) -> None:
    shape = Shape(id="a", form=form, width=30, height=20, radius=4, thickness=1, border=Ink(rgb=(9, 9, 9)))
    for part in shape_parts(shape):
        assert is_outline(part.outline)
    left, top, right, bottom = bounds(shape_parts(shape)[0].outline) or (0, 0, 0, 0)
    beyond = 0.5 if form is Form.LINE else 0
    assert (left, top, right, bottom) == pytest.approx((0, 0, 30, 20), abs=beyond + 1e-9)


def test_the_name_of_lettering_follows_from_its_shape_only() -> None:
    text = Text(id="a", words="Tea")
    assert lettering_key(text) == lettering_key(text.model_copy(update={"x": 5.0, "id": "b", "turn": 9.0}))
    assert lettering_key(text) != lettering_key(text.model_copy(update={"width": 9.0}))
    unbroken = text.model_copy(update={"wraps": False})
    assert lettering_key(unbroken) == lettering_key(unbroken.model_copy(update={"width": 9.0}))


def test_objects_are_made_of_what_was_typed() -> None:
    text = new_object("text", "a", {"words": "Tea\\nMint", "size": "30", "ink": "#f00", "wraps": "no"})
    assert text == Text(id="a", words="Tea\nMint", size=30, ink=Ink(rgb=(255, 0, 0)), wraps=False)
    plate = changed(Shape(id="p"), {"ink": "none", "border": "cmyk 0 0 0 50", "form": "ellipse"})
    assert plate == Shape(id="p", ink=None, border=Ink(cmyk=(0, 0, 0, 50)), form=Form.ELLIPSE)
    for one in one_of_each():
        told = {name: typed_value(getattr(one, name)) for name in properties_of(one.kind)}
        assert changed(one, told) == one


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("stamp", {}),
        ("text", {"size": "huge"}),
        ("text", {"id": "b"}),
        ("text", {"ink": "red"}),
        ("shape", {"x": "nan"}),
        ("barcode", {}),
        ("picture", {"picture": "../../etc/passwd"}),
    ],
)
def test_what_cannot_be_an_object_is_refused(kind: str, typed: dict[str, str]) -> None:
    with pytest.raises(InvalidInputError):
        new_object(kind, "a", typed)


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("text", {"align": "middle"}, "left, centre, right, justify"),
        ("text", {"opacity": "3"}, "0 to 1"),
        ("text", {"italic": "perhaps"}, "yes or no"),
        ("text", {"x": "wide"}, "Type"),
        ("barcode", {"symbology": "data-matrix", "value": "x" * 4000}, "Shorten it"),
    ],
)
def test_what_is_refused_says_what_it_may_be(kind: str, typed: dict[str, str], told: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        new_object(kind, "one", typed)
    assert told in refused.value.remedy


@given(st.floats(0, 359), st.floats(1, 60))
def test_a_box_becomes_as_tall_as_its_lines_where_they_begin(turn: float, height: float) -> None:
    text = Text(id="name", words="Tea", x=20, y=30, width=50, height=12, turn=round(turn, 1))
    former = Recipe(panel=(100, 150), objects=(text,))
    recipe = put(text.model_copy(update={"words": "Tea\nof the first pick"}))(former)
    lettering = {lettering_key(recipe.texts[0]): Lettering(height=height)}
    (made,) = grown(former, recipe, lettering).texts
    assert made.height == max(12, needed_height(next(iter(lettering.values()))))
    assert made.corners[0] == pytest.approx(text.corners[0], abs=0.01)


def test_a_box_stays_as_somebody_made_it() -> None:
    text = Text(id="name", words="Tea", width=50, height=12)
    former = Recipe(panel=(100, 150), objects=(text,))
    tall = Lettering(height=40)
    for update in ({"height": 5.0}, {"x": 3.0}, {"ink": ink_of("#ff0000")}):
        recipe = put(text.model_copy(update=update))(former)
        assert grown(former, recipe, {lettering_key(text): tall}) == recipe
    upright = put(text.model_copy(update={"words": "Tea of", "vertical": True}))(former)
    assert grown(former, upright, {lettering_key(upright.texts[0]): tall}) == upright
    new = put(text.model_copy(update={"id": "new"}))(former)
    assert grown(former, new, {lettering_key(text): tall}) == new
