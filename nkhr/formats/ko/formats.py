"""The clock of 24 hours, as on the pages: Django puts 오전 and 오후 behind the time."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y년 n월 j일 H:i"
