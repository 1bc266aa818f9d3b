"""What else a text shows: names, places, claims, purposes, tone, tongue, and what its tags are about."""
