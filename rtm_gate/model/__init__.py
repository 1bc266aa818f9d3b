"""The nouns every room shares. Nothing here reads a file, a clock or the network."""
