"""When a case says that it is alive: once a day, at a time of day of its own (decision 18)."""

import hashlib
from datetime import datetime, timedelta

DAY = timedelta(days=1)


def next_pulse(case_id: str, now: datetime) -> datetime:
    """Return the next instant (UTC) of the case's daily slot, hashed from its id."""
    seconds = int.from_bytes(hashlib.sha256(case_id.encode()).digest()[:4], "big") % 86_400
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    slot = midnight + timedelta(seconds=seconds)
    return slot if slot > now else slot + DAY
