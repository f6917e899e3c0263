"""What the server runs."""

import os
import sys
import threading

from django.core.wsgi import get_wsgi_application

from nkhr.environment import Refused

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nkhr.settings")
try:
    django = get_wsgi_application()
except Refused as refusal:
    raise SystemExit(str(refusal)) from None

# These need the applications to be loaded.
from django.conf import settings

from advocacy.hits import fold
from advocacy.tasks import worker
from nkhr.store.layer import Store

# A request that needs twenty microseconds waits for the fold to let go of the interpreter: a
# tenth of what Python grants by itself. Less costs more in changes of threads than it saves.
sys.setswitchinterval(0.0005)  # seconds

# A developer who changes a template wants to see it at once.
application = django if settings.DEBUG else Store(django, capacity=settings.STORE_BYTES)

# Hits are folded into the database, and what need not be done at once is done, beside the requests;
# the processes settle who does it.
for name, run_forever in (("fold", fold.run_forever), ("tasks", worker.run_forever)):
    threading.Thread(target=run_forever, args=(threading.Event(),), name=name, daemon=True).start()
