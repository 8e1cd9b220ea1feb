"""Materials of a package, as numbers for the shader."""

from __future__ import annotations

from dataclasses import dataclass

from packdesk.domain.look import Finish


@dataclass(frozen=True)
class Material:
    """How a finish answers light.

    Attributes:
        defines: what is switched on in the shader: `COATED` with clear varnish, `STAINED` for ink that lets
            the board show through, `METALLIC` for artwork printed on a metal film.
        board: colour of unprinted board, `#rrggbb`.
        letter: colour of a panel's faint name.
        core: colour of a cut edge.
        roughness: of the outermost surface, 0 for a mirror.
        tooth: strength of the paper's fine grain.
        fibre: strength of visible fibres.
        crease: light that the folded edges of a box catch.
        room: share of the studio's walls that is mirrored besides its softboxes.
    """

    defines: tuple[str, ...]
    board: str
    letter: str
    core: str
    roughness: float
    tooth: float
    fibre: float
    crease: float
    room: float


MATERIALS = {
    Finish.MATTE: Material((), "#f0ede8", "#b5b2ae", "#e6e0d4", 0.44, 0.09, 0.012, 0.06, 0.0),
    Finish.GLOSS: Material(("COATED",), "#f2f0ed", "#b7b5b2", "#e6e0d4", 0.20, 0.0, 0.0, 0.20, 0.2),
    Finish.KRAFT: Material(("STAINED",), "#bf9a70", "#7d5f42", "#a98459", 0.75, 0.16, 0.34, 0.05, 0.0),
    Finish.FOIL: Material(("METALLIC",), "#dfe1e4", "#8c9097", "#e6e0d4", 0.16, 0.0, 0.0, 0.25, 1.15),
}
