"""The OpenAPI document as text: what `docs/openapi.json` holds, made without opening anything."""

import json
import sys
from typing import Any, cast

from api.app import make_api
from api.given import Given


def described() -> str:
    """Return the document; nothing in it depends on a store, a pack or an engine."""
    nothing = cast("Any", None)
    app = make_api(Given(nothing, nothing, nothing, nothing))
    return json.dumps(app.openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(described())
