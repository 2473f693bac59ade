"""Starts the program. Nothing is imported above: a worker process reads this file again."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    from workbench.cli.main import main

    sys.exit(main())
