"""What is wrong with a policy, as people and as programs read it."""
