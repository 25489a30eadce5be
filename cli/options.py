"""The options every command shares: where the data is, and in which form to answer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

Form = Literal["table", "json", "csv"]
Data = Annotated[
    Path | None, Parameter(help="The data folder (default: BATON_DATA, ./baton-data).")
]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Of commands that answer with a list or a document."""

    data: Data = None
    output: Annotated[Form, Parameter(name=["--output", "-o"], help="How to answer.")] = "table"


DEFAULT = Options()
