"""What of a blank is changed because board is thick: a handful of lengths that every style is laid out with.

A folded wall reaches from its crease `loss` inwards and `gain` outwards, together its caliper. What lies
behind another wall has its crease a caliper further in; a layer under a lid has its crease a caliper lower.
Without a board they are all nothing, and the blank is nominal: every crease where a package without thickness
has it, and only the ends of flaps stay clear.

The same few figures are found in public drawings: the panel over the glue flap and the lid shorter by the
thickness (inkpacking, FEFCO 0713 in EngView's help), the free panel by about 0.8 mm (layeredpaperart's
reverse tuck). Nothing here is shorter than a knife's distance, so that two rules fit beside each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from packdesk.domain.dieline.values import DielineOptions

LEAST_KNIFE_MM = 1.0
"""Two knives of a die are never closer: a rule is about 0.7 mm thick."""
_LEAST_CLEARANCE = 0.5
_GLUE_MM, _GLUE_BOARD_MM, _MOST_GLUE_MM = (15.0, 30.0), (0.6, 3.0), 35.0


class Allowances(NamedTuple):
    """Lengths in millimetres.

    Attributes:
        layer: from a panel's crease to that of what lies right behind or below it: the caliper.
        inset: by which the free panel is shorter than its opposite, and a lid narrower on either side.
        gap: how far the ends of a flap stay away from its neighbours.
        thick: whether they are a board's.
    """

    layer: float
    inset: float
    gap: float
    thick: bool

    @property
    def knife(self) -> float:
        """The least length of a straight piece of the cut."""
        return LEAST_KNIFE_MM if self.thick else 0.0

    def behind(self, layers: int) -> float:
        """How far a flap's end stays away from a wall that so many layers lie behind, itself included."""
        return max(layers * self.layer, self.gap)


def usual_glue(caliper: float) -> float:
    """How wide a glue flap is to be on board of that thickness; millimetres.

    15 mm on carton, up to 0.6 mm (24 pt), and 30 mm at 3 mm, by the line through both, at most 35 mm; in
    whole millimetres. Makers of corrugated boxes take 1 1/4 to 1 1/2 inches (askralph-aiccbox.org, *Glue Flap
    Sizes and Types*, 2016).
    """
    (carton, flute), (thin, thick) = _GLUE_MM, _GLUE_BOARD_MM
    share = max((caliper - thin) / (thick - thin), 0.0)
    return float(round(min(carton + share * (flute - carton), _MOST_GLUE_MM)))


def clearance(caliper: float) -> float:
    """How far the ends of a flap stay away from its neighbours, in millimetres: the board, at least a cut."""
    return max(caliper, _LEAST_CLEARANCE)


def allowances_of(options: DielineOptions) -> Allowances:
    """What a blank is laid out with."""
    if options.board is None:
        return Allowances(0.0, 0.0, clearance(options.caliper), thick=False)
    apart = max(options.caliper, LEAST_KNIFE_MM)
    return Allowances(options.caliper, apart, apart, thick=True)
