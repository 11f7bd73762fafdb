"""Serves the Runtime API for a handler, module.function, as small as it can be: one connection, no logging, no context."""
import http.client
import importlib
import json
import os
import socket
import sys

# The account's names exist in the embedded AWS alone, so the answer is given.
socket.gethostbyname = lambda host: os.environ["RESOLVES_TO"]

VERSION = "/2018-06-01/runtime/"


def main():
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    module, function = sys.argv[1].split(".")
    handler = getattr(importlib.import_module(module), function)
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        api.request("GET", VERSION + "invocation/next")
        event = api.getresponse()
        body = event.read()
        answer = handler(json.loads(body), None)
        api.request("POST", f"{VERSION}invocation/{event.headers['Lambda-Runtime-Aws-Request-Id']}/response", json.dumps(answer))
        api.getresponse().read()


main()
