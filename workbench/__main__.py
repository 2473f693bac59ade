"""Starts the program. Nothing is imported above: a worker process reads this file again."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    from workbench.cli.main import main
    from workbench.cli.windows import LateWindows

    def _read() -> object:
        from workbench import app

        return app

    sys.exit(main(window=LateWindows(_read)))
