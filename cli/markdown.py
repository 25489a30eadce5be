"""Markdown as GitHub draws it: tables with anything in their cells, and links to headings."""

import re
from collections.abc import Iterable


def table(headings: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Return a table, one line a row, whatever stands in its cells."""
    named = list(headings)
    rows = [named, ["---"] * len(named), *([cell(one) for one in line] for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def cell(text: str) -> str:
    """Return text that neither ends its cell nor begins a tag."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def link(heading: str, page: str = "") -> str:
    """Return a link to a heading, which GitHub names by its words."""
    return f"[{heading}]({page}#{anchor(heading)})"


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
