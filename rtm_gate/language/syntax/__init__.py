"""Text to nodes: what an author wrote, as a tree. Nothing is resolved or checked here."""
