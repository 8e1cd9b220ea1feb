"""A look through the current design before it is printed, without Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from packdesk.app.boards import with_board
from packdesk.app.choices import dieline_options
from packdesk.domain.dieline.fold import stays_in_pieces
from packdesk.domain.dieline.structures import has_torn_lid, has_tucks, notched_ends
from packdesk.domain.dieline.values import DielineStyle, Lock, Sized
from packdesk.domain.preflight import preflight
from packdesk.errors import InvalidInputError
from packdesk.export.press.options import ink_of, press_facts
from packdesk.sentence import Sentence
from packdesk.services.looking_through import LookThrough

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import PackageType
    from packdesk.domain.preflight import Finding
    from packdesk.domain.state import PackagingState
    from packdesk.export.options import ExportFormat, ExportOptions
    from packdesk.export.press.options import PressOptions
    from packdesk.services.container import Services
    from packdesk.settings import Settings

_NOTHING = (None, False, 0, Lock.NONE, Sized.CREASE)
_ON_BLANKS = ("tuck", "lock", "glue_flap", "glue_side", "notch", "flap_art", "bleed")
_FOR_BOXES = ("style", "perforated", "tuck", "lock", "glue_side", "notch", "flap_art")


async def examine(
    settings: Settings,
    services: Services,
    said: Mapping[str, Any],
    press: PressOptions | None = None,
    *,
    lettering: bool = False,
    live_text: bool = False,
) -> tuple[Finding, ...]:
    """What a printer would send back, at the resolution the settings want; raises as `blank_of`.

    Args:
        settings: where the design is kept.
        services: over it.
        said: of the blank, as of `blank_of`.
        press: that it is printed on, if that is known.
        lettering: whether words near a cut are looked for.
        live_text: whether words of objects shall be text in a PDF.
    """
    state = await services.designs.get_state()
    options = blank_of(settings, services, state, said)
    facts = await LookThrough(lettering=lettering).facts(state, services, ink_of(press), live=live_text)
    return preflight(state, facts, options, settings.dpi, press_facts(press))


def blank_of(
    settings: Settings, services: Services, state: PackagingState, said: Mapping[str, Any]
) -> DielineOptions:
    """What shapes a design's blank: as it was shown, else as a shop has set it; over it what is said.

    Raises:
        InvalidInputError: there are options that only the other type of package has; or no such board.
    """
    for_boxes = [option_of(name) for name in _FOR_BOXES if name in said]
    if for_boxes and state.package_type != "box":
        raise InvalidInputError(
            Sentence(
                "A cylinder has no {option}: its blank is always a wrap.", option=" or ".join(for_boxes)
            ),
            "Leave it out.",
        )
    if "telescope" in said and said["telescope"] and state.package_type == "box":
        raise InvalidInputError(
            "A box has no telescoping lid.",
            "Leave --telescope out; --style tray-lid has a lid that goes over a tray.",
        )
    appearance = services.appearance.read()
    shown = (appearance and appearance.blank) or dieline_options(settings)
    options = replace(shown, **with_board(shown, said))
    _check_effects(state.package_type, options, said)
    return options


def check_seen(
    kind: ExportFormat, options: ExportOptions, package_type: PackageType, said: Mapping[str, Any]
) -> None:
    """Refuse what shapes a blank where only the outside of the closed package is written.

    Raises:
        InvalidInputError: something of `said` is not seen.
    """
    if not kind.is_model or options.model.flaps:
        return
    told = [option_of(name) for name in _ON_BLANKS if said.get(name) not in _NOTHING]
    if told and not stays_in_pieces(package_type, options.dieline):
        raise InvalidInputError(
            Sentence("{option} changes nothing in such a file.", option=" or ".join(told)),
            "A model has flaps with --flaps; else leave it out.",
        )


def option_of(name: str) -> str:
    """A setting of the blank as it is written on a command line."""
    return f"--{name.replace('_', '-')}"


def _check_effects(package_type: PackageType, options: DielineOptions, said: Mapping[str, Any]) -> None:
    """Refuse what changes nothing on this blank."""
    box = package_type == "box"
    tucks, whole = box and has_tucks(options.style), box and not has_torn_lid(options.style)
    idle: tuple[tuple[tuple[str, ...], bool, str], ...] = (
        (("tuck", "lock"), box and not tucks, "Choose a style with tuck flaps."),
        (
            ("notch",),
            box and not notched_ends(options.style),
            "Choose a style that has one.",
        ),
        (("perforated",), whole, "Choose a style whose lid is part of the box."),
        (("glue_flap",), box and options.style is DielineStyle.MAILER, "A mailer is not glued."),
        (("nick_width",), not options.nicks, "Say with --nicks how many there are."),
        (("caliper",), "board" in said and options.board is not None, "A board has its own thickness."),
        (("sized",), options.board is None, "A nominal blank knows creases only: choose a --board."),
    )
    for names, without, remedy in idle:
        told = [option_of(name) for name in names if said.get(name) not in _NOTHING]
        if told and without:
            raise InvalidInputError(
                Sentence("{option} changes nothing on this blank.", option=" or ".join(told)), remedy
            )
