"""The licence texts of everything the stand-alone program contains."""

from __future__ import annotations

import sysconfig
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent
_NAMES = ("licen", "copying", "notice", "authors")


def licence_texts(name: str) -> list[tuple[str, str]]:
    """Files and the folders they go to, as PyInstaller wants them, for a package and all it needs.

    A package that brings no text has its METADATA collected, which names the licence.
    """
    texts = [(str(path), "licences") for path in sorted(HERE.glob("licences/*.txt"))]
    texts += [(str(HERE.parent / "LICENSE"), "licences/packdesk")]
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.is_file():  # Debian keeps it elsewhere
        texts.append((str(python), "licences/Python"))
    for found in _needed(name, {}).values():
        texts += [(str(path), f"licences/{found.name}/{_inner(path)}") for path in _texts(found)]
    return texts


def _needed(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    key = canonicalize_name(name)
    if key not in found:
        try:
            found[key] = distribution(name)
        except PackageNotFoundError:  # of another platform
            return found
        for line in found[key].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                _needed(requirement.name, found)
    return found


def _inner(path: Path) -> str:
    """The folder within the package's notes: several texts may have one name."""
    parts = path.parts
    notes = [index for index, part in enumerate(parts) if part.endswith(".dist-info")]
    return "/".join(parts[notes[-1] + 1 : -1]) if notes else ""


def _texts(found: Distribution) -> list[Path]:
    files = [Path(str(found.locate_file(file))) for file in found.files or ()]
    inside = [path for path in files if path.parent.name.endswith(".dist-info") or "licenses" in path.parts]
    texts = [path for path in inside if path.name.lower().startswith(_NAMES) and path.is_file()]
    return texts or [path for path in inside if path.name == "METADATA"]
