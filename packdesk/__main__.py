"""`python -m packdesk` and the `packdesk` command."""

from packdesk.programs import trust_no_folder


def main() -> None:
    """Run the command line; without a command it opens the window."""
    trust_no_folder()  # first of all: `python -m packdesk` puts the folder one stands in before every library
    import gc  # noqa: PLC0415  (see above)
    import multiprocessing  # noqa: PLC0415  (see above)

    multiprocessing.freeze_support()  # a painter's process of the frozen program starts here too
    gc.disable()  # nothing of a thousand modules is garbage; `cli.commands` enables it again
    from packdesk.app.leaving import leave  # noqa: PLC0415  (the frozen program starts here)
    from packdesk.cli.main import run  # noqa: PLC0415

    code = run()
    leave(code)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
