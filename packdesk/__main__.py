"""`python -m packdesk` and the `packdesk` command."""

from __future__ import annotations


def main() -> None:
    """Run the command line; without a command it opens the window."""
    from packdesk.cli.main import run  # noqa: PLC0415  (the frozen program starts here)

    raise SystemExit(run())


if __name__ == "__main__":
    main()
