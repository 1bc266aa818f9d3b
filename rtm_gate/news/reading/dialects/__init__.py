"""What official alerts say beside their words, one file a dialect."""
