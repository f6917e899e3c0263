"""From the bytes somebody chose to the file readers get: judged, stripped, measured, drawn small.

Nothing here knows the database. The parsing itself runs in a process of its own (`worker`).
"""

RESULT = "result.json"  # what the worker leaves behind, in the directory it was given
