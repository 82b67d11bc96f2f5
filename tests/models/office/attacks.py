"""What somebody tries who signs in with their own login and any program they like.

`attempts/*.sql`: each begins with `-- try: name` or `-- count: name`; its statements run in one
transaction, separated by `-- then`. `{own}`, `{other}` and so on are keys learned somewhere, a
brace itself is written twice.

Success is: a marked text comes back as a row, a notice or an error; or, for attempts that count,
a first value that is neither nothing nor zero; or anything at all has changed that is not theirs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from supervisor.models.office.decisions import DECISIONS, Seen

FOLDER = Path(__file__).parent / "attempts"
OF_BRANCHES = tuple(
    name for name, decision in DECISIONS.items() if decision.seen in {Seen.BRANCH, Seen.NAMED}
)
_HEAD = re.compile(r"^-- (try|count): (.+)$", re.MULTILINE)
_ON_EACH = """
-- try: select {table}
SELECT * FROM public.{table} WHERE branch_id = {{other}}
-- try: copy {table}
COPY public.{table} TO STDOUT
-- count: count {table}
SELECT count(*) FROM public.{table} WHERE branch_id = {{other}}
-- try: update {table}
UPDATE public.{table} SET branch_id = {{own}} WHERE branch_id = {{other}}
-- try: delete {table}
DELETE FROM public.{table} WHERE branch_id = {{other}}
-- try: plant {table}
INSERT INTO public.{table} SELECT (jsonb_populate_record(
    t, '{{{{"branch_id": {{other}}, "id": 9999999}}}}')).*
FROM public.{table} t WHERE branch_id = {{own}} LIMIT 1
-- try: leak {table} by an error
SELECT * FROM public.{table} t WHERE CAST(t::text || ' ' AS integer) = 1 AND branch_id = {{other}}
"""


@dataclass(frozen=True, slots=True)
class Attack:
    """Statements of one transaction. `counts`: any value but nothing and zero is a success."""

    name: str
    steps: tuple[str, ...]
    counts: bool


def read(said: str) -> Iterator[Attack]:
    """The attempts of a text."""
    heads = list(_HEAD.finditer(said))
    ends = [head.start() for head in heads[1:]] + [len(said)]
    for head, end in zip(heads, ends, strict=True):
        steps = said[head.end() : end].split("\n-- then\n")
        yield Attack(head[2], tuple(step.strip() for step in steps), head[1] == "count")


def of(*names: str) -> tuple[Attack, ...]:
    """The attempts of these files."""
    return tuple(
        attack
        for name in names
        for attack in read((FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    )


def all_of_them() -> tuple[Attack, ...]:
    """Everything a supervisor's login is tried with."""
    on_each = "".join(_ON_EACH.format(table=table) for table in OF_BRANCHES)
    return (*read(on_each), *of("reads", "private_items", "changes"))
