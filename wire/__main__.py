"""`python -m wire` prints docs/wire.json; `python -m wire write` writes it, if nothing breaks."""

import json
import sys
from pathlib import Path

from wire.listing import breaks, listing

PLACE = Path(__file__).parents[1] / "docs" / "wire.json"


def text() -> str:
    """Return the list as the file holds it."""
    return json.dumps(listing(), indent=1, ensure_ascii=False) + "\n"


def write(place: Path) -> int:
    """Write the list, unless it breaks what the file promised: then say so and return 1."""
    if place.exists():
        broken = breaks(json.loads(place.read_text("utf-8")), listing())
        sys.stderr.writelines(f"{line}\n" for line in broken)
        if broken:
            return 1
    place.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        sys.exit(write(PLACE))
    sys.stdout.write(text())
