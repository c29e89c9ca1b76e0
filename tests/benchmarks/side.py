"""One side of ``tests.benchmarks.compare``: run as a file in the folder of a version, it serves that one.

Prints the port and the acts as one line of JSON; then, for each number of an act read from its input, does
what has to be done before that act and answers with a line. Ends with its input.
"""

import json
import sys
from pathlib import Path

sys.path[0] = str(Path.cwd())  # the version's own code, not the one beside this file

from tests.benchmarks import measure  # noqa: E402
from tests.benchmarks.acts_to_measure import acts  # noqa: E402

measure.prepare()
found = acts()
with measure.web() as (port, _):
    told = [
        {
            "name": act.name,
            "clients": act.clients,
            "expected": sorted(act.expected),
            "calls": [call for calls, _floor in act.rounds for call in calls],
        }
        for act in found
    ]
    sys.stdout.write(json.dumps({"port": port, "acts": told}) + "\n")
    sys.stdout.flush()
    for line in sys.stdin:
        found[int(line)].before()
        sys.stdout.write("done\n")
        sys.stdout.flush()
