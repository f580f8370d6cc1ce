"""Routes DingTalk bot messages by rules to PRX agents, canned replies or nowhere."""

__version__ = "0.1.0"

__all__ = ["__version__"]
