"""How plain documents become bytes: one text, and letters of every language at their own length."""

from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.converter import (
    CompositePayloadConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

from statemodel.plain import canonical


class PlainJson(JSONPlainPayloadConverter):
    """JSON in UTF-8: escaped to ASCII a Chinese letter takes six bytes instead of three.

    What is no plain document, or holds half a character, goes the default's way.
    """

    def to_payload(self, value: Any) -> Payload | None:
        try:
            data = canonical(value)
        except (TypeError, ValueError):
            return super().to_payload(value)
        return Payload(metadata={"encoding": self.encoding.encode()}, data=data)


class Payloads(CompositePayloadConverter):
    """The default converters in their order, with our JSON in place of theirs."""

    def __init__(self) -> None:
        *others, _ = DefaultPayloadConverter.default_encoding_payload_converters
        super().__init__(*others, PlainJson())
