"""The settings of the site of a day: its clock may be set some hours ahead, so that none is waited for."""

import os
from datetime import UTC, datetime, timedelta

import time_machine

from tests.site.served import *  # noqa: F403

if hours := os.environ.get("HOURS_LATER"):
    time_machine.travel(datetime.now(UTC) + timedelta(hours=float(hours)), tick=True).start()
