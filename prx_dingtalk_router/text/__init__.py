"""What the language knows about text, without knowing rules: folding, words, mentions."""
