"""The workbench for probation practice: the case follows from its entries."""

__version__ = "0.1.0"
