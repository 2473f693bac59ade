"""The window: screens over the verbs of casework. Presenters give frozen states, views draw them."""

# The toolkit reads the source of every module that is imported after it, and keeps it: the rooms below come first.
from workbench.casework import opening as opening
from workbench.casework import owing as owing
from workbench.casework import reading as reading
from workbench.casework import sitting as sitting
