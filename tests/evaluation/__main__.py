"""`python -m tests.evaluation notes`, `python -m tests.evaluation measures`."""

import sys

from tests.evaluation import measures, notes_report

REPORTS = {"measures": measures.run, "notes": notes_report.run}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in REPORTS:
        print(f"python -m tests.evaluation {{{','.join(REPORTS)}}}", file=sys.stderr)
        sys.exit(2)
    sys.exit(REPORTS[sys.argv[1]](sys.argv[2:]))
