"""The reports room: a case already cut to one audience comes in, finished files come out.

Released case → context → Jinja template → content tree → PDF, Word or HTML, all in a worker process that
holds no key and no path to a store. The finished bytes are searched for withheld values before anybody
may have them. Nothing here decides what a reader may see: that was decided before.
"""
