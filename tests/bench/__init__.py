"""The benchmark: the API against a peer on the same database, and against what one can write by hand.

`make bench` runs it. A workload asks the three systems for the same data, takes care that they give it, and times them
in turns. Nothing here is a test of time: figures depend on the machine, ratios within one run are what counts.
"""
