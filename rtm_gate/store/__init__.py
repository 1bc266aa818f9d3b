"""What the gate keeps: one model on SQLite and PostgreSQL."""
