"""`python -m packdesk` and the `packdesk` command."""

from packdesk.programs import trust_no_folder


def main() -> None:
    """Run the command line; without a command it opens the window."""
    trust_no_folder()  # first of all: `python -m packdesk` puts the folder one stands in before every library
    import sys  # noqa: PLC0415  (see above)

    from packdesk import starting  # noqa: PLC0415  (see above)

    frozen = getattr(sys, "frozen", False)
    if not frozen:
        starting.end_at_once()
    import gc  # noqa: PLC0415  (see above)
    import multiprocessing  # noqa: PLC0415  (see above)

    if frozen:  # then a painter's process starts here too, and goes no further
        multiprocessing.freeze_support()
        starting.end_at_once()
    gc.disable()  # nothing of a thousand modules is garbage; `cli.commands` enables it again
    from packdesk.app.leaving import leave  # noqa: PLC0415  (the frozen program starts here)
    from packdesk.cli.main import run  # noqa: PLC0415

    code = run()
    starting.finish()
    leave(code)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
