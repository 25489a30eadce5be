"""What people look at, and the record behind it: journal, pages and desks in one database."""
