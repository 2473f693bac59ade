"""The command line: the same verbs as the window, for IT support, data teams and tests.

Data goes to stdout, one sentence to stderr. Exit: 0 done, 1 refused or a check found something, 2 usage
or an unknown or ambiguous CRN, 3 a bug.
"""
