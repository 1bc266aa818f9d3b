"""What is written: a field folded, cut into tokens and tags, and the phrases of the lexicon in it."""
