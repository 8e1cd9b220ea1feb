"""Where the program's own data files are: fonts, icons, shaders."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset_path(*parts: str) -> Path:
    """Return the path of an asset, e.g. `asset_path("fonts", "a.otf")`.

    An installed or frozen packdesk carries `assets` inside the package; a checkout has it beside the package.

    Raises:
        FileNotFoundError: the asset does not exist, which means the installation is damaged.
    """
    for root in (_PACKAGE / "assets", _PACKAGE.parent / "assets"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(("assets", *parts)))
