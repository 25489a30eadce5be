"""The `desk_*` tables: state of its own, backed up and never rebuilt (decision 22)."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from readmodel.instant import UtcDateTime
from readmodel.tables import CASE_ID, CODE, DAY, DIGEST, ID, METADATA, SERIAL, needed

desk_message = Table(
    "desk_message",
    METADATA,
    Column("id", ID, primary_key=True),
    needed("case_id", CASE_ID),
    needed("version", Integer),
    needed("authority", CODE),
    needed("to_kind", CODE),
    needed("to_id", ID),
    needed("purpose", CODE),
    needed("about", CODE),
    needed("safety", Boolean),
    needed("not_to", JSON),
    needed("state", CODE),
    needed("created_at", UtcDateTime),
    needed("changed_at", UtcDateTime),
    Column("why", CODE),
    Index("desk_message_state", "state", "changed_at"),
    Index("desk_message_case", "case_id"),
)
desk_unsealed = Table(
    "desk_unsealed",
    METADATA,
    Column("id", SERIAL, primary_key=True),
    needed("series", CODE),
    needed("case_id", CASE_ID),
    needed("number", Integer),
    needed("digest", DIGEST),
    Index("desk_unsealed_place", "series", "case_id", "number", unique=True),
)
desk_case_key = Table(
    "desk_case_key",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    Column("wrapped", LargeBinary),  # none: destroyed, and never made again
)
desk_epoch = Table(
    "desk_epoch",
    METADATA,
    Column("name", CODE, primary_key=True),
    needed("number", Integer),
)
desk_claim = Table(
    "desk_claim",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    needed("authority", CODE),
    needed("reference", CODE),
    needed("by_id", ID),
    needed("claimed_at", UtcDateTime),
    Column("started_at", UtcDateTime),  # its run
    Column("begun_at", UtcDateTime),  # when its first entry was found in the journal
    Column("swept_at", UtcDateTime),  # when it was given up, since no run ever took it up
    Index("desk_claim_reference", "reference", unique=True),
    Index("desk_claim_unsettled", "begun_at", "swept_at", "claimed_at"),
)
desk_receipt = Table(
    "desk_receipt",
    METADATA,
    Column("command_id", ID, primary_key=True),
    needed("case_id", CASE_ID),
    needed("payload", CODE),
    needed("received_at", UtcDateTime),
    Index("desk_receipt_at", "received_at"),
)
desk_attempts_left_out = Table(
    "desk_attempts_left_out",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    Column("hour", UtcDateTime, primary_key=True),
    needed("number", Integer),
)
desk_agency = Table(
    "desk_agency",
    METADATA,
    Column("id", CODE, primary_key=True),
    needed("name", Text),
    Column("approver", CODE),  # who is asked where a practitioner there has no line manager
    Column("mail_domains", JSON),  # where its people's work mailboxes are; none: any
)
desk_person = Table(
    "desk_person",
    METADATA,
    Column("id", CODE, primary_key=True),
    needed("name", Text),
    needed("agency", CODE),
    needed("roles", JSON),
    Column("line_manager", CODE),
    Column("deputy", CODE),
    needed("active", Boolean),
    Column("second_agency", CODE),
    Column("capacity", Integer),  # how many families they can lead for at once
    Index("desk_person_agency", "agency"),
)
desk_contact = Table(
    "desk_contact",
    METADATA,
    Column("person", CODE, primary_key=True),
    Column("channel", CODE, primary_key=True),
    needed("address", Text),
    Column("quiet_from", CODE),  # local times, HH:MM; both or neither
    Column("quiet_until", CODE),
)
desk_absence = Table(
    "desk_absence",
    METADATA,
    Column("person", CODE, primary_key=True),
    Column("since", DAY, primary_key=True),
    needed("until", DAY),  # the last day away
)
desk_closure = Table(
    "desk_closure",
    METADATA,
    Column("agency", CODE, primary_key=True),
    Column("since", DAY, primary_key=True),
    needed("until", DAY),  # the last day closed
)
desk_link = Table(
    "desk_link",
    METADATA,
    Column("digest", DIGEST, primary_key=True),  # of the token, which is nowhere kept
    needed("case_id", CASE_ID),
    needed("about", CODE),
    needed("person", CODE),
    needed("purpose", CODE),
    needed("message_id", ID),
    needed("created_at", UtcDateTime),
    needed("expires_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("answer", CODE),
    Column("name_typed", LargeBinary),  # under the case's key
    Index("desk_link_about", "case_id", "about"),
)
desk_duty = Table(
    "desk_duty",
    METADATA,
    Column("desk", CODE, primary_key=True),
    needed("person", CODE),
)
desk_seen = Table(
    "desk_seen",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    needed("version", Integer),
    needed("head", DIGEST),
    needed("edition", Integer),
    needed("build", ID),
    needed("seen_at", UtcDateTime),
    Column("unrecorded", Integer, nullable=False, server_default="0"),
)
desk_incident = Table(
    "desk_incident",
    METADATA,
    Column("id", ID, primary_key=True),
    needed("kind", CODE),
    needed("case_id", CASE_ID),
    needed("version", Integer),
    needed("detail", JSON),
    needed("at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column("settled_by", ID),
    Column("settled_because", Text),
    Index("desk_incident_open", "settled_at", "kind"),
    Index("desk_incident_case", "case_id", "kind"),
)
desk_child = Table(
    "desk_child",
    METADATA,
    Column("authority", CODE, primary_key=True),
    Column("id", ID, primary_key=True),
    needed("body", LargeBinary),  # the identity, under a key of its own
    needed("by_id", ID),
    needed("at", UtcDateTime),
)
desk_child_token = Table(
    "desk_child_token",
    METADATA,
    Column("authority", CODE, primary_key=True),
    Column("token", DIGEST, primary_key=True),
    Column("child", ID, primary_key=True),
    Index("desk_child_token_of", "authority", "child"),
)
desk_child_case = Table(
    "desk_child_case",
    METADATA,
    Column("authority", CODE, primary_key=True),
    Column("child", ID, primary_key=True),
    Column("case_id", CASE_ID, primary_key=True),
    Index("desk_child_case_of", "case_id"),
)
desk_child_answer = Table(
    "desk_child_answer",
    METADATA,
    Column("case_id", CASE_ID, primary_key=True),
    Column("child", ID, primary_key=True),
    Column("match", ID, primary_key=True),
    needed("authority", CODE),
    needed("answer", CODE),
    needed("agrees", JSON),
    Column("reason", LargeBinary),  # why it is another child, under this child's key
    needed("by_id", ID),
    needed("at", UtcDateTime),
)
desk_child_look = Table(
    "desk_child_look",
    METADATA,
    Column("id", SERIAL, primary_key=True),
    needed("authority", CODE),
    needed("by_id", ID),
    needed("at", UtcDateTime),
    needed("purpose", CODE),
    needed("asked", JSON),  # which fields were given, never what they held
    needed("found", JSON),
    Index("desk_child_look_at", "authority", "at"),
)
