"""How far colours that come in are from LittleCMS's own result: the worst of 6 patches of each kind of file.

    python benchmarks/colours.py

CIE 1976. The files are those of `tests/textures/test_colour_kinds.py`, which keeps all below 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "textures"))

from test_colour_kinds import KINDS, worst


def main() -> None:
    print("| kind | worst of 6 patches |\n|---|---|")
    for kind in KINDS:
        print(f"| {kind} | {worst(kind):.1f} |", flush=True)


if __name__ == "__main__":
    main()
