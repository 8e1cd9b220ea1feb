"""Makes the pictures that every peer shows."""

from __future__ import annotations

import sys
from pathlib import Path

from peers.common import make_pictures

if __name__ == "__main__":
    make_pictures(Path(sys.argv[1]))
