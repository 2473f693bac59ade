"""Starts the program. Nothing is imported above: a worker process reads this file again."""

import gc
import sys


def window() -> object:
    """The window, read from disk; what that makes all stays, so that no garbage is looked for meanwhile."""
    gc.disable()
    from workbench import app

    return app


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    from workbench.cli.main import main
    from workbench.cli.windows import LateWindows

    sys.exit(main(window=LateWindows(window)))
