"""How patiently each thing is tried again: the world's errors have a policy, by name (style 6)."""

from datetime import timedelta

from temporalio.common import RetryPolicy

ATTEMPT = timedelta(seconds=30)
POST_ATTEMPT = timedelta(minutes=1)
LATE = timedelta(minutes=1)  # a record pending for longer is told of (15, 18)
SEALING = timedelta(minutes=10)
HEARTBEAT = timedelta(seconds=30)

STORE = RetryPolicy(
    initial_interval=timedelta(milliseconds=250),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=10),
)
PROVIDER = RetryPolicy(
    initial_interval=timedelta(seconds=2),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(minutes=5),
    maximum_attempts=8,
)
REPORT = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(minutes=5),
)
