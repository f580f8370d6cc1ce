"""The command ``prx-router``: one file a command, thin."""
