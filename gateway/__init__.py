"""The only way in to a running case: looks facts up, submits, asks again, and keeps what it heard."""
