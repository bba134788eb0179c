"""Runs the parts named on the command line, or all of them; ``script/bench`` calls it."""

import sys

from script.benchmarks import (
    alerts,
    apply,
    badges,
    desk,
    door,
    door_offline,
    export,
    forms,
    lists,
    mail,
    page,
    reader,
    weight,
)
from script.benchmarks.site import Site

# part: what it measures, whether on a running site
PARTS = {
    "page": (page.measure, True),
    "weight": (weight.measure, True),
    "forms": (forms.measure, True),
    "apply": (apply.measure, True),
    "door": (door.measure, True),
    "door-offline": (door_offline.measure, True),
    "reader": (reader.measure, False),
    "desk": (desk.measure, False),
    "lists": (lists.measure, False),
    "mail": (mail.measure, False),
    "alerts": (alerts.measure, False),
    "export": (export.measure, False),
    "badges": (badges.measure, False),
}


def main(names):
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"There is no part {', '.join(unknown)}; the parts are: {', '.join(PARTS)}.")
    chosen = [PARTS[name] for name in names or PARTS]
    for measure, on_site in chosen:
        if not on_site:
            measure()
    if any(on_site for _, on_site in chosen):
        with Site() as site:
            for measure, on_site in chosen:
                if on_site:
                    measure(site)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
