"""Runs AWS CLI commands in one process, as its own entry point does, and answers what each came to.

Reads [{"name", "arguments", "environment"}, ...] and writes {name: {"code", "output", "error"}}.
A "{name}" in an argument stands for what the command of that name has printed.
"""
import contextlib
import io
import json
import os
import sys

from awscli.clidriver import create_clidriver


def run(arguments, environment):
    output, error = io.TextIOWrapper(io.BytesIO(), write_through=True), io.StringIO()
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(error):
            code = create_clidriver().main(arguments)
    except SystemExit as end:
        code = end.code
    finally:
        os.environ.clear()
        os.environ.update(before)
    return {"code": code, "output": output.buffer.getvalue().decode(), "error": error.getvalue().strip()}


def main():
    ran = {}
    for command in json.load(sys.stdin):
        arguments = command["arguments"]
        for name, result in ran.items():
            arguments = [argument.replace("{" + name + "}", result["output"].strip()) for argument in arguments]
        ran[command["name"]] = run(arguments, command["environment"])
    json.dump(ran, sys.stdout)


main()
