"""Every kind of export onto a full disk and into a read-only folder: what is said, and what is left.

Mounts a small tmpfs, so it needs Linux and root. Prints a line for each; exits 1 when an export claims to
have succeeded, shows a traceback, or leaves anything behind.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

KINDS = ("svg", "pdf", "dxf", "png", "zip", "glb", "obj", "packdesk", "folder")
ROOM = "16k"
FAILED = 1


def packdesk(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line on a design of its own."""
    own = {f"PACKDESK_{name}_DIR": str(home / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    return subprocess.run(
        [sys.executable, "-m", "packdesk", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **own, "PACKDESK_PROVIDER": "offline", "PACKDESK_DPI": "100"},
    )


def trial(home: Path, place: Path, kind: str, fault: str) -> bool:
    """One export; True when it failed as it should."""
    before = set(place.iterdir())
    target = place / ("pictures" if kind == "folder" else f"out.{kind}")
    done = packdesk(home, "export", str(target))
    left = set(place.iterdir()) - before
    said = " ".join(done.stderr.split())
    good = done.returncode == FAILED and "Traceback" not in said and not left
    print(
        f"{kind:<9} {fault:<10} {'ok' if good else 'BROKEN':<7} left: {len(left)}  {said[-150:]}", flush=True
    )
    return good


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as name:
        home, place = Path(name) / "home", Path(name) / "disk"
        place.mkdir()
        packdesk(home, "generate-all", 'floral in navy "Sol Field"').check_returncode()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", place], check=True)
        try:
            (place / "full").write_bytes(b"x" * 12_000)  # what is left holds no export
            good = [trial(home, place, kind, "full") for kind in KINDS]
            subprocess.run(["mount", "-o", "remount,ro", place], check=True)
            good += [trial(home, place, kind, "read-only") for kind in KINDS]
        finally:
            subprocess.run(["umount", place], check=True)
    return 0 if all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main())
