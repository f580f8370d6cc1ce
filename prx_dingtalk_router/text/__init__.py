"""What the language knows about text, without knowing rules: folding and the way back from it, words, mentions."""
