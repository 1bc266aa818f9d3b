"""How the tables came to be, one file a step. Written by Alembic, run when a store is opened."""
