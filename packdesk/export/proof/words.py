"""The words of a proof sheet in the languages of the window."""

from __future__ import annotations

from typing import Final

_WORDS: Final[dict[str, dict[str, str]]] = {
    "de": {
        "Proof": "Freigabebogen",
        "Version": "Fassung",
        "Made": "Erstellt",
        "Package": "Packung",
        "box": "Schachtel",
        "cylinder": "Zylinder",
        "Style": "Faltart",
        "straight tuck": "Stecklaschen parallel",
        "reverse tuck": "Stecklaschen versetzt",
        "cross": "Kreuz",
        "seal end": "beidseits geklebt",
        "tuck seal": "stecken und kleben",
        "hang tab": "Aufhängelasche",
        "snap lock": "Steckboden",
        "auto lock": "Automatikboden",
        "sleeve": "Banderole",
        "mailer": "Versandkarton",
        "tray lid": "Stülpschachtel",
        "wrap": "Wickel",
        "Crease to crease": "Rille zu Rille",
        "To the middle of the wall": "Bis zur Wandmitte",
        "Inside": "Innen",
        "Outside": "Außen",
        "Lock": "Verschluss",
        "not locked": "ohne",
        "friction lock": "Reibschluss",
        "slit lock": "Schlitzverschluss",
        "Thumb notch": "Griffmulde",
        "Nicks": "Haltepunkte",
        "Finish": "Oberfläche",
        "matte": "matt",
        "gloss": "Glanz",
        "kraft": "Kraftkarton",
        "foil": "Metallfolie",
        "Board": "Karton",
        "Made for": "Ausgelegt für",
        "nominal, no allowances": "nominal, ohne Zugaben",
        "Thickness": "Dicke",
        "Bleed": "Beschnitt",
        "Safe area": "Schutzabstand",
        "Measures as drawn": "Maße wie gezeichnet",
        "Blank": "Zuschnitt",
        "Glue flap": "Klebelasche",
        "Tuck flap": "Einstecklasche",
        "Dust flap": "Staublasche",
        "Seal flap": "Verschlusslasche",
        "Hang tab": "Aufhängelasche",
        "Snap-lock catch": "Steckboden, Aussparung",
        "Snap-lock side": "Steckboden, seitlich",
        "Snap-lock tongue": "Steckboden, Zunge",
        "Auto-lock wide flap": "Automatikboden, breit",
        "Auto-lock hooked flap": "Automatikboden, Haken",
        "Auto-lock glued arm": "Automatikboden, geklebt",
        "Auto-lock corner": "Automatikboden, Ecke",
        "Corner flap": "Ecklasche",
        "Rolled edge": "Umgeschlagene Kante",
        "Inner wall": "Innenwand",
        "Latch": "Riegel",
        "Wall of the tray": "Wand des Unterteils",
        "Tab": "Zahn",
        "Overlap": "Überlappung",
        "Flap": "Lasche",
        "Pictures": "Bilder",
        "no artwork": "kein Motiv",
        "not on this blank": "nicht auf diesem Zuschnitt",
        "cannot be had": "nicht zu haben",
        "Codes": "Codes",
        "none found": "keine gefunden",
        "not read: install packdesk[codes]": "nicht gelesen: packdesk[codes] installieren",
        "Inks and plates": "Farben und Platten",
        "Artwork": "Motive",
        "Spot ink": "Sonderfarbe",
        "RGB, converted by the printer": "RGB, von der Druckerei umgewandelt",
        "For {0}, at most {1} % of ink": "Für {0}, höchstens {1} % Farbe",
        "RGB, for {0}": "RGB, für {0}",
        "Preflight": "Druckprüfung",
        "nothing to mend": "nichts zu beheben",
        "error": "Fehler",
        "warning": "Warnung",
        "and {0} more": "und {0} weitere",
        "Blank at 1 : {0}": "Zuschnitt 1 : {0}",
        "lengths in mm": "Längen in mm",
        "printed side up": "Druckseite oben",
        "inside up, turned over left to right": "Innenseite oben, seitlich gewendet",
        "White": "Weiß",
        "Foil": "Folie",
        "Varnish": "Lack",
        "Emboss": "Prägung",
        "No picture of the package could be drawn here.": "Hier war kein Bild der Packung zu zeichnen.",
        "Approved": "Freigegeben",
        "Approved with changes": "Mit Änderungen freigegeben",
        "Not approved": "Nicht freigegeben",
        "Design": "Gestaltung",
        "Customer": "Kunde",
        "Printer": "Druckerei",
        "Name": "Name",
        "Date": "Datum",
        "Signature": "Unterschrift",
        "Cut": "Schnitt",
        "Crease": "Rillung",
        "Perforation": "Perforation",
        "Glue": "Klebefläche",
        "Dimensions": "Maße",
        "front": "Front",
        "back": "Rückseite",
        "left": "Links",
        "right": "Rechts",
        "top": "Deckel",
        "bottom": "Boden",
        "body": "Mantel",
    }
}


class Words:
    """What a sheet says in one language.

    Args:
        language: `en`, or one there are words for.
    """

    def __init__(self, language: str = "en") -> None:
        self._known = _WORDS.get(language, {})
        self._comma = "," if self._known else "."

    def __call__(self, words: str, *values: object) -> str:
        """A phrase, with values put in."""
        return self._known.get(words, words).format(*values)

    def name(self, words: str) -> str:
        """A phrase that begins with a capital."""
        said = self(words)
        return said[:1].upper() + said[1:]

    def length(self, millimetres: float) -> str:
        """To a hundredth, as numbers are written there."""
        return f"{millimetres:.2f}".rstrip("0").rstrip(".").replace(".", self._comma)

    def lengths(self, *millimetres: float) -> str:
        """Several sides."""
        return f"{' × '.join(map(self.length, millimetres))} mm"
