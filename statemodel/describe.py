"""One description of each command: fields, rules and example, for forms, API, docs and glossary."""

from dataclasses import MISSING, dataclass, fields
from typing import Any, get_type_hints

from statemodel.command import LINE, AnyCommand, Automatic
from statemodel.table import TABLE


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field as a form shows it; `type` is the Python type, `limit` characters."""

    name: str
    says: str
    type: Any
    required: bool
    example: Any
    limit: int


@dataclass(frozen=True, slots=True)
class Description:
    """A command as people meet it."""

    kind: str
    says: str
    thing: str | None
    automatic: bool
    fields: tuple[FieldWords, ...]
    rules: tuple[str, ...]

    @property
    def example(self) -> dict[str, Any]:
        """A smallest valid form, in plain values."""
        return {field.name: field.example for field in self.fields if field.required}


def describe(command: type[AnyCommand]) -> Description:
    """Return the one description that every edge and page uses (decision 34)."""
    hints = get_type_hints(command)
    rules = (rule for row in TABLE if row.command is command for rule in row.rules)
    return Description(
        kind=command.kind,
        says=(command.__doc__ or "").strip(),
        thing=command.thing,
        automatic=issubclass(command, Automatic),
        fields=tuple(
            FieldWords(
                name=field.name,
                says=field.metadata.get("says", ""),
                type=hints[field.name],
                required=field.default is MISSING and field.default_factory is MISSING,
                example=field.metadata.get("example"),
                limit=field.metadata.get("limit", LINE),
            )
            for field in fields(command)
        ),
        rules=tuple(dict.fromkeys(rules)),
    )
