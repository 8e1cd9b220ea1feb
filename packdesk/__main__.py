"""`python -m packdesk` and the `packdesk` command."""

from __future__ import annotations

import multiprocessing


def main() -> None:
    """Run the command line; without a command it opens the window."""
    multiprocessing.freeze_support()  # a painter's process of the frozen program starts here too
    from packdesk.app.leaving import leave  # noqa: PLC0415  (the frozen program starts here)
    from packdesk.cli.main import run  # noqa: PLC0415

    code = run()
    leave(code)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
