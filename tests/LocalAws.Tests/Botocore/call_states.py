"""Calls Step Functions through a door with botocore's own client, and holds each answer to botocore's model.

usage: call_states.py ENDPOINT REGION MACHINE_ARN     (credentials from the environment)
Prints the operations that were answered; exits 1, with a line for each, if anything was wrong.
"""
import json
import logging
import sys
import warnings

from botocore.exceptions import ClientError
from botocore.session import get_session

wrong, answered, bodies = [], [], []


class Complaints(logging.Handler):
    def emit(self, record):
        wrong.append(record.getMessage())


def unknown(value, shape, path):
    if shape.type_name == "structure":
        for name, each in value.items():
            if name in shape.members:
                yield from unknown(each, shape.members[name], f"{path}/{name}")
            else:
                yield f"{path}: unknown member {name}"
    elif shape.type_name == "list":
        for each in value:
            yield from unknown(each, shape.member, path)
    elif shape.type_name == "string" and not isinstance(value, str):
        yield f"{path}: {value!r} is no string"
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path}: {value} is none of {shape.enum}"


def main(endpoint, region, machine):
    warnings.simplefilter("error")
    logging.getLogger("botocore").addHandler(Complaints(logging.WARNING))
    session = get_session()
    client = session.create_client("stepfunctions", region_name=region, endpoint_url=endpoint)
    client.meta.events.register("response-received.*.*", lambda response_dict, **_: bodies.append(response_dict["body"]))

    def call(operation, **parameters):
        answer = client._make_api_call(operation, parameters)
        answered.append(operation)
        shape = client.meta.service_model.operation_model(operation).output_shape
        wrong.extend(f"{operation}{line}" for line in unknown(json.loads(bodies[-1]), shape, ""))
        return answer

    def refused(code, operation, **parameters):
        try:
            client._make_api_call(operation, parameters)
            wrong.append(f"{operation} was not refused")
        except ClientError as error:
            if error.response["Error"]["Code"] != code:
                wrong.append(f"{operation}: {error}")

    call("ListStateMachines", maxResults=1)
    call("DescribeStateMachine", stateMachineArn=machine)
    running = call("StartExecution", stateMachineArn=machine, name="one", input='{"wait": 100000}')["executionArn"]
    call("DescribeExecution", executionArn=running)
    call("StopExecution", executionArn=running, error="E", cause="c")
    call("DescribeExecution", executionArn=running)
    done = call("StartExecution", stateMachineArn=machine, input='{"wait": 0}')["executionArn"]
    while call("DescribeExecution", executionArn=done)["status"] == "RUNNING":
        pass
    call("GetExecutionHistory", executionArn=done, maxResults=3)
    call("GetExecutionHistory", executionArn=done, reverseOrder=True, includeExecutionData=False)
    call("ListExecutions", stateMachineArn=machine, statusFilter="SUCCEEDED")
    refused("StateMachineDoesNotExist", "DescribeStateMachine", stateMachineArn=machine + "x")
    refused("InvalidArn", "DescribeExecution", executionArn="x")
    refused("UnknownOperationException", "ListActivities")
    print("\n".join(wrong or sorted(set(answered))))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
