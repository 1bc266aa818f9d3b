"""The people's side: the record of what was decided, and who decided it."""
