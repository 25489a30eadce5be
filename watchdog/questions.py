"""What the database is asked, in SQL that SQLite and PostgreSQL read alike; it changes nothing.

Each question of `FINDINGS` answers with the cases it finds and what about them, as a code.
"""

from sqlalchemy import bindparam, text

from watchdog.finding import Code

# Running deadlines only are shown on a page, and the clock settles each within seconds. A page that
# is older than the journal proves nothing about the clock: that is PROJECTION_BEHIND.
_NOT_FIRED = """
SELECT v.case_id, v.next_step AS about FROM view_case v
WHERE v.next_due < :two_minutes_ago AND NOT EXISTS
  (SELECT 1 FROM record_entry e WHERE e.case_id = v.case_id AND e.version > v.version)"""

_JOURNAL_BEHIND = """
SELECT s.case_id, 'seen' AS about FROM desk_seen s
WHERE s.version > COALESCE(
  (SELECT MAX(e.version) FROM record_entry e WHERE e.case_id = s.case_id), 0)"""

_PROJECTION_BEHIND = """
SELECT v.case_id, 'older' AS about FROM view_case v
WHERE EXISTS (SELECT 1 FROM record_entry e WHERE e.case_id = v.case_id AND e.version > v.version)
UNION ALL
SELECT c.case_id, 'absent' AS about FROM desk_claim c
WHERE NOT EXISTS (SELECT 1 FROM view_case v WHERE v.case_id = c.case_id)
  AND NOT EXISTS (SELECT 1 FROM record_erasure x WHERE x.case_id = c.case_id)
  AND EXISTS (SELECT 1 FROM record_entry e WHERE e.case_id = c.case_id)"""

_DIVERGED = """
SELECT i.case_id, 'incident' AS about FROM desk_incident i
WHERE i.kind = 'diverged' AND i.settled_at IS NULL
UNION
SELECT s.case_id, 'head' AS about FROM desk_seen s
JOIN record_entry e ON e.case_id = s.case_id AND e.version = s.version
WHERE e.digest <> s.head"""

_NOBODY_RESPONSIBLE = """
SELECT v.case_id, v.stage AS about FROM view_case v
WHERE v.stage NOT IN ('none', 'closed') AND v.responsible IS NULL"""

_NO_RUNNING_DEADLINE = """
SELECT v.case_id, v.stage AS about FROM view_case v
WHERE v.stage NOT IN ('none', 'closed') AND (v.next_due IS NULL OR NOT EXISTS
  (SELECT 1 FROM view_deadline d WHERE d.case_id = v.case_id AND d.state = 'running'))"""

FINDINGS = {
    Code.DEADLINE_NOT_FIRED: text(_NOT_FIRED),
    Code.JOURNAL_BEHIND: text(_JOURNAL_BEHIND),
    Code.PROJECTION_BEHIND: text(_PROJECTION_BEHIND),
    Code.DIVERGED: text(_DIVERGED),
    Code.NOBODY_RESPONSIBLE: text(_NOBODY_RESPONSIBLE),
    Code.NO_RUNNING_DEADLINE: text(_NO_RUNNING_DEADLINE),
}

# A closed case may still owe something: then it needs its run as much as an open one.
LIVE = text("""
SELECT v.case_id, v.episode FROM view_case v
WHERE v.stage NOT IN ('none', 'closed') OR v.next_due IS NOT NULL""")

# A case never heard is late from the day of its claim on; the instants of a rehearsal are not ours.
# One that is closed and owes something is to be heard as an open one is.
LATE = text("""
SELECT v.case_id FROM view_case v
LEFT JOIN desk_seen s ON s.case_id = v.case_id
LEFT JOIN desk_claim c ON c.case_id = v.case_id
WHERE (v.stage NOT IN ('none', 'closed') OR v.next_due IS NOT NULL)
  AND COALESCE(s.seen_at, c.claimed_at, v.opened_at) < :a_pulse_ago""")

UNRECORDED = text("""
SELECT c.case_id FROM desk_claim c
WHERE c.claimed_at < :ten_minutes_ago AND NOT EXISTS
  (SELECT 1 FROM record_entry e WHERE e.case_id = c.case_id)
  AND NOT EXISTS (SELECT 1 FROM view_case v WHERE v.case_id = c.case_id)""")

# Episode 0: claimed, and nothing shown yet.
KNOWN = text("""
SELECT k.case_id, MAX(k.episode) AS episode FROM
  (SELECT c.case_id, 0 AS episode FROM desk_claim c WHERE c.case_id IN :cases
   UNION ALL
   SELECT v.case_id, v.episode FROM view_case v WHERE v.case_id IN :cases) k
GROUP BY k.case_id""").bindparams(bindparam("cases", expanding=True))
