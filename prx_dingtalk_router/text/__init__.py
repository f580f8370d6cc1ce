"""What the language knows about text and time, without knowing rules: folding, words, expressions, hours."""
