"""The command's reference, docs/cli.md: made from the commands themselves, fresh by test."""

import re
import sys
from typing import Final

from cli.main import EPILOGUE, app

HEAD: Final = "<!-- Made by `python -m cli.reference > docs/cli.md`; a test keeps it fresh. -->\n\n"
HOW_IT_WAS_RUN: Final = re.compile(r"^(baton[a-z ]*?) -m \S+", re.MULTILINE)


def text() -> str:
    """Return the whole reference as Markdown, the same however Python was started."""
    made = HOW_IT_WAS_RUN.sub(r"\1", app.generate_docs())
    return f"{HEAD}{made.strip()}\n\n{EPILOGUE}\n"


if __name__ == "__main__":
    sys.stdout.write(text())
