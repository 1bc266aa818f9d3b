"""What words mean: hits of the lexicon, their harmless senses, and how sure the literal one is."""
