"""Commands for objects on panels: objects list, add, set, order, remove, put-back, families."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from packdesk.cli.artwork import PanelArgument  # noqa: TC001  (typer reads it)
from packdesk.cli.output import JsonOption, print_json, say, tell
from packdesk.cli.running import run_service
from packdesk.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.domain.objects.kept import KeptObjects
    from packdesk.domain.objects.recipe import Recipe
    from packdesk.domain.objects.values import PanelObject
    from packdesk.services.container import Services

objects = typer.Typer(
    help="Lettering, logos, codes and shapes on panels: list, add, words, set, order, remove, put-back.",
    rich_markup_mode=None,
)
SAFE_MM = 3.0
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Of the object, as the list has it")]
Typed = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME=VALUE…", help="Properties: x=12.5, words=Tea, ink=#1a66b3 …", show_default=False
    ),
]


@objects.command("list")
def list_objects(panel: PanelArgument, as_json: JsonOption = False) -> None:
    """List the objects of a panel, from the bottom to the top."""
    lost = 0

    async def look(services: Services) -> Recipe:
        nonlocal lost
        found = await services.objects.off.pending(await services.designs.get_state())
        lost = len(found[panel].objects) if panel in found else 0
        return await _recipe(services, panel)

    recipe = run_service(look)
    if lost:
        put_back = f"Put them back with: packdesk objects put-back {panel}"
        tell(f"Another program took the objects off this panel. {put_back}")
    if as_json:
        print_json(recipe.model_dump(mode="json"))
        return
    if not (recipe.objects or lost):
        tell("There are no objects on this panel.")
    from packdesk.domain.text import printable  # noqa: PLC0415  (only what is run is loaded)
    from packdesk.textures.objects.drawing import label_of  # noqa: PLC0415  (likewise)

    for one in recipe.objects:
        said = {"hidden": one.hidden, "locked": one.locked and not one.of, f"of {one.of}": one.of}
        said |= {f"in {printable(one.group)}": one.group}
        marks = "".join(f" {word}" for word, holds in said.items() if holds)
        place = f"{one.x:g}, {one.y:g} mm  {one.width:g} × {one.height:g} mm"
        say(f"{one.id:<12} {one.kind:<8} {place}{marks}  {label_of(one)[:60]}")


@objects.command("add")
def add(
    panel: PanelArgument,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="text, picture, barcode or shape")],
    typed: Typed = None,
    file: Annotated[Path | None, typer.Option(help="Of a picture: PNG, JPEG, PDF, SVG …")] = None,
    as_json: JsonOption = False,
) -> None:
    """Put a new object on a panel, on top of the others; prints its ID."""
    from packdesk.domain.objects.recipe import free_id, put  # noqa: PLC0415  (only what is run is loaded)
    from packdesk.domain.objects.typed import new_object  # noqa: PLC0415  (likewise)
    from packdesk.domain.objects.values import name_of_file  # noqa: PLC0415  (likewise)

    values, made = _values(typed), ""
    if kind == "picture" and file is None and "picture" not in values:
        raise InvalidInputError("A picture is a file.", "Name it: --file logo.svg.")

    async def work(services: Services) -> KeptObjects:
        if file is not None:
            values["picture"] = await services.objects.keep_picture(panel, file)
            values.setdefault("name", name_of_file(file.name))
        if kind == "text" and "height" not in values:
            values["height"] = await _needed_height(services, new_object(kind, "new", values))

        def edit(recipe: Recipe) -> Recipe:
            nonlocal made
            made = free_id(recipe, kind)
            return put(new_object(kind, made, values))(recipe)

        state = await services.objects.change(panel, edit)
        return await services.objects.objects(state, panel)

    kept = run_service(work)
    _tell_of(kept, made)
    if as_json:
        print_json(kept.recipe.get(made).model_dump(mode="json"))
    else:
        say(made)


async def _needed_height(services: Services, text: PanelObject) -> str:
    """Of a text's box, in millimetres, so that its lines have room."""
    from packdesk.domain.objects.growing import needed_height  # noqa: PLC0415  (as above)
    from packdesk.domain.objects.lettering import lettering_key  # noqa: PLC0415  (as above)
    from packdesk.domain.objects.values import Text  # noqa: PLC0415  (likewise)

    if not isinstance(text, Text) or text.vertical:
        return f"{text.height:g}"
    lettering = (await services.objects.set_lettering([text]))[lettering_key(text)]
    return f"{max(text.height, needed_height(lettering)):g}"


def _tell_of(kept: KeptObjects, object_id: str) -> None:
    """What preflight would say of a new object."""
    from packdesk.domain.preflight.object_rules import ObjectFacts, object_findings  # noqa: PLC0415  (as above)

    alone = kept.model_copy(update={"recipe": kept.recipe.with_objects((kept.recipe.get(object_id),))})
    for finding in object_findings({"": ObjectFacts(alone)}, SAFE_MM):
        tell(f"packdesk: {finding.sentence} {finding.remedy}")


@objects.command("words")
def letter(
    panel: PanelArgument,
    code: Annotated[bool, typer.Option("--code", help="The number of the EAN-13 as a barcode, too.")] = False,
) -> None:
    """Put the words on the pack on a panel as objects; artwork made from now on leaves them to these."""

    async def work(services: Services) -> Recipe:
        words = await services.generation.kept_words()
        await services.objects.letter(panel, words, code=code)
        return await _recipe(services, panel)

    say(f"{len(run_service(work).objects)} objects")


@objects.command("set")
def set_object(panel: PanelArgument, object_id: IdArgument, typed: Typed = None) -> None:
    """Set properties of an object."""
    from packdesk.domain.objects.recipe import put  # noqa: PLC0415  (as above)
    from packdesk.domain.objects.typed import changed  # noqa: PLC0415  (likewise)

    if not (values := _values(typed)):
        raise InvalidInputError("No property is given.", "Write name=value, such as x=12.5.")
    _change(panel, lambda recipe: put(changed(recipe.get(object_id), values))(recipe))


@objects.command("order")
def order(
    panel: PanelArgument,
    object_id: IdArgument,
    place: Annotated[int, typer.Argument(metavar="PLACE", help="1 for the bottom; beyond an end that end")],
) -> None:
    """Put an object at another place of the order."""
    from packdesk.domain.objects.recipe import moved_to  # noqa: PLC0415  (as above)

    _change(panel, moved_to(object_id, place - 1))


@objects.command("remove")
def remove_objects(
    panel: PanelArgument,
    object_ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Of the objects")],
) -> None:
    """Take objects off a panel."""
    from packdesk.domain.objects.recipe import remove  # noqa: PLC0415  (as above)

    def edit(recipe: Recipe) -> Recipe:
        for object_id in object_ids:
            recipe.get(object_id)  # says so where there is none
        return remove(*object_ids)(recipe)

    _change(panel, edit)


@objects.command("put-back")
def put_back(panel: PanelArgument) -> None:
    """Lay objects another program took off a panel over what it shows now."""

    async def work(services: Services) -> Recipe:
        return await services.objects.put_back(panel)

    say(f"{len(run_service(work).objects)} objects")


@objects.command("families")
def families() -> None:
    """List the typefaces lettering can be set in."""
    for family in run_service(lambda services: services.objects.families()):
        say(family)


def _change(panel: str, edit: Callable[[Recipe], Recipe]) -> None:
    from packdesk.domain.objects.running import check_guests  # noqa: PLC0415  (as above)

    def own_only(recipe: Recipe) -> Recipe:
        made = edit(recipe)
        check_guests(recipe, made)
        return made

    async def work(services: Services) -> Recipe:
        await services.objects.change(panel, own_only)
        return await _recipe(services, panel)

    say(f"{len(run_service(work).objects)} objects")


async def _recipe(services: Services, panel: str) -> Recipe:
    state = await services.designs.get_state()
    return (await services.objects.objects(state, panel)).recipe


def _values(typed: list[str] | None) -> dict[str, str]:
    values = {}
    for one in typed or ():
        name, equals, value = one.partition("=")
        if not equals:
            raise InvalidInputError(
                f"“{one[:40]}” is no property with a value.", "Write name=value, such as x=12.5."
            )
        values[name.strip()] = value
    return values
