"""`python -m tests.evaluation notes`, `... measures`, `... screens`, `... outside`."""

import sys

from tests.evaluation import measures, notes_report, outside, screens

REPORTS = {
    "measures": measures.run,
    "notes": notes_report.run,
    "outside": outside.run,
    "screens": screens.run,
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in REPORTS:
        print(f"python -m tests.evaluation {{{','.join(REPORTS)}}}", file=sys.stderr)
        sys.exit(2)
    sys.exit(REPORTS[sys.argv[1]](sys.argv[2:]))
