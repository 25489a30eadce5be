"""Asked twice, answered once: recent command ids with what they carried (decision 6)."""

from statemodel.case import Case, Receipt
from statemodel.command import AnyCommand
from statemodel.evolve import payload_hash
from statemodel.refusal import Authority, Refused, Strength, Unmet

OTHER_PAYLOAD = Unmet("same_id_other_content", ("R298",), Authority.BATON, Strength.SENSE)


def recall(case: Case, command_id: str, command: AnyCommand) -> Receipt | Refused | None:
    """Return the receipt of an earlier acceptance, a refusal if the content differs, or None."""
    receipt = next((held for held in case.ledger if held.command_id == command_id), None)
    if receipt is None:
        return None
    same = receipt.payload == payload_hash(command)
    return receipt if same else Refused((OTHER_PAYLOAD.about(version=str(receipt.version)),))
