"""Starts the program. Nothing is imported above: a worker process reads this file again."""

import gc
import sys

# What the window needs first of the rooms below it.
_BELOW = ("opening", "owing", "unfinished", "choices")


def window() -> object:
    """The window, read from disk; what that makes all stays, so that no garbage is looked for in it, now or later."""
    from importlib import import_module

    gc.disable()
    # The toolkit reads the source of every module that is imported after it, and keeps it.
    for name in _BELOW:
        import_module(f"workbench.casework.{name}")
    from workbench import app

    gc.freeze()
    return app


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    from workbench.cli.main import main
    from workbench.cli.windows import LateWindows

    sys.exit(main(window=LateWindows(window)))
