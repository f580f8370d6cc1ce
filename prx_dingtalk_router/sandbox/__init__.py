"""DingTalk and PRX on loopback, true to the wire: for `run --sandbox`, `simulate`, tests and benchmarks."""
