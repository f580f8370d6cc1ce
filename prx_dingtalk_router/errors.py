"""Everything this package raises on purpose, as one tree.

RouterError                     something a person must know; carries a catalogue text
├── UsageError                  a command was used wrongly, or a file cannot be read
├── SettingsError               the configuration cannot be used
├── RulesError                  the rules cannot be loaded
├── MessageError                a bot callback cannot be read
├── TemplateError               a template cannot be used
│   └── RenderError             a sound template failed on this message
├── StreamError                 Stream Mode went wrong
│   ├── LocalStreamError        this side broke the protocol: a defect, reconnecting does not help
│   └── RemoteStreamError       the other side, or the way to it, failed: reconnecting may help
│       ├── RegistrationError   the gateway gave no connection
│       └── CredentialsRefused  the gateway refused the credentials for good
├── DeliveryError               a step could not be carried out
├── JournalError                the journal cannot be used
│   └── JournalUnavailable      it keeps nothing now, which may pass: somebody's lock, a full disk
├── ReloadError                 a reload failed by itself, whatever the files hold
└── SandboxError                the sandbox cannot start or was asked for something it does not know
"""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.catalogue import Text


class RouterError(Exception):
    """Base of all errors that people may see.

    Args:
        key: key of the sentence in the catalogue.
        **params: what its fields are filled with; never a secret.
    """

    exit_code = 2

    def __init__(self, key: str, /, **params: object) -> None:
        super().__init__(key)
        self.text = Text(key, params)

    def __str__(self) -> str:
        return self.text.render()


class UsageError(RouterError):
    """A command was used wrongly, or a file it needs cannot be read."""


class SettingsError(RouterError):
    """The configuration cannot be used; ``problems`` has a sentence for each thing that is wrong."""

    def __init__(self, key: str, /, *, problems: Sequence[Text] = (), **params: object) -> None:
        super().__init__(key, **params)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([self.text.render(), *(f"  - {problem.render()}" for problem in self.problems)])


class RulesError(RouterError):
    """The rules cannot be loaded; the diagnostics that say why come with the checked set."""

    exit_code = 1


class MessageError(RouterError):
    """A bot callback cannot be read (interfaces.md section 5: answered with 400)."""


class TemplateError(RouterError):
    """A template cannot be used."""


class RenderError(TemplateError):
    """A sound template failed on this message, or gave nothing: a failed step, never a crash."""


class StreamError(RouterError):
    """Stream Mode went wrong."""

    exit_code = 3


class LocalStreamError(StreamError):
    """This side broke the protocol: a defect of ours or of the bot; reconnecting does not help."""


class RemoteStreamError(StreamError):
    """The other side, or the way to it, failed; reconnecting may help."""


class RegistrationError(RemoteStreamError):
    """The gateway gave no connection."""


class CredentialsRefused(RemoteStreamError):  # noqa: N818 - reads as what happened, like ConnectionRefusedError
    """The gateway refused the credentials for longer than ``give_up_after``."""


class DeliveryError(RouterError):
    """A step could not be carried out."""


class JournalError(RouterError):
    """The journal cannot be used."""

    exit_code = 3


class JournalUnavailable(JournalError):  # noqa: N818 - reads as what happened
    """The journal keeps nothing now, which may pass without a restart: another program's lock, a full disk."""


class ReloadError(RouterError):
    """A reload failed by itself, whatever the files hold; what runs goes on. ``trace`` is that of a defect."""

    def __init__(self, key: str, /, *, trace: str = "", **params: object) -> None:
        super().__init__(key, **params)
        self.trace = trace


class SandboxError(RouterError):
    """The sandbox cannot start, or was asked for something it does not know."""
