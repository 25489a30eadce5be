"""The only way in to a running case: looks facts up, submits, asks again, keeps what it heard."""
