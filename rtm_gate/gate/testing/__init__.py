"""What a policy's tests and recorded cases say of it: did it do what it should, if not why, and what did none of them reach."""
