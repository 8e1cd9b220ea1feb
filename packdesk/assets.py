"""Where the program's own data files are: fonts, icons, shaders."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def asset_path(*parts: str) -> Path:
    """Return the path of an asset, e.g. `asset_path("fonts", "a.otf")`.

    Raises:
        FileNotFoundError: the asset does not exist, which means the installation is damaged.
    """
    path = _folder().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError("/".join(("assets", *parts)))
    return path


@cache
def _folder() -> Path:
    """An installed or frozen packdesk carries `assets` inside the package; a checkout has it beside it."""
    package = Path(__file__).resolve().parent
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent / "assets"
