"""What a backup, a restore or a look at either cannot do, as a sentence for whoever asked for it."""


class Refused(Exception):
    """Nothing was changed; the message says why."""


class Damaged(Refused):
    """The archive is not what it was when it was made."""
