"""How gunicorn serves Rostrum, in script/server and in script/bench alike."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
loglevel = "warning"
control_socket_disable = True
secure_scheme_headers = {}  # whose X-Forwarded-Proto counts is TRUSTED_PROXIES's to say, see config/proxies.py


def when_ready(server):
    print(f"http://localhost:{server.address[0][1]}", flush=True)
