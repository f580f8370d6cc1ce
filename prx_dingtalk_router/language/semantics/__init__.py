"""The one meaning of conditions, below lints and matching."""
