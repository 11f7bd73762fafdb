"""Feeds recorded answers to botocore's parsers and holds each element to botocore's model.

usage: check_answers.py ANSWERS.json   [{"service", "operation", "status", "headers", "body"}, ...]
Prints one line for each thing that is wrong; exits 1 if there is any.
"""
import json
import logging
import sys
import warnings
import xml.etree.ElementTree as ElementTree

from botocore.parsers import create_parser
from botocore.session import get_session

NAMES = {"elasticloadbalancing": "elbv2", "monitoring": "cloudwatch", "tagging": "resourcegroupstaggingapi"}


class Complaints(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def local(element):
    return element.tag.split("}")[-1]


def check(element, shape, path):
    """Yields what botocore would pass over in silence: names, enumerated values and numbers that are not in the model."""
    if shape.type_name == "structure":
        members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for child in element:
            if local(child) not in members:
                yield f"{path}: unknown element {local(child)}"
            else:
                yield from check(child, members[local(child)], f"{path}/{local(child)}")
    elif shape.type_name == "list":
        item = shape.member.serialization.get("name", "member")
        for child in element:
            if local(child) not in (item, "item"):
                yield f"{path}: list entry {local(child)}, not {item}"
            yield from check(child, shape.member, f"{path}/{local(child)}")
    elif shape.type_name == "map":
        for child in element:
            if local(child) != "entry":
                yield f"{path}: map entry {local(child)}"
    elif len(element):
        yield f"{path}: elements where {shape.type_name} is expected"
    elif shape.type_name == "boolean" and element.text not in ("true", "false"):
        yield f"{path}: {element.text} is no boolean"
    elif shape.type_name == "string" and getattr(shape, "enum", None) and element.text not in shape.enum:
        if (element.text or "").lower() not in [value.lower() for value in shape.enum]:
            yield f"{path}: {element.text} is none of {shape.enum}"


def check_json(value, shape, path):
    """The same for JSON; a document that the operation streams is its own business."""
    if shape.type_name == "structure":
        if not isinstance(value, dict):
            yield f"{path}: {value!r} is no structure"
            return
        members = {member.serialization.get("name", name): member for name, member in shape.members.items() if "location" not in member.serialization}
        for name, child in value.items():
            if name not in members:
                yield f"{path}: unknown member {name}"
            else:
                yield from check_json(child, members[name], f"{path}/{name}")
    elif shape.type_name == "list":
        for child in value:
            yield from check_json(child, shape.member, f"{path}/member")
    elif shape.type_name == "map":
        for key, child in value.items():
            yield from check_json(key, shape.key, f"{path}/key")
            yield from check_json(child, shape.value, f"{path}/{key}")
    elif shape.type_name in ("integer", "long") and (not isinstance(value, int) or isinstance(value, bool)):
        yield f"{path}: {value!r} is no whole number"
    elif shape.type_name == "boolean" and not isinstance(value, bool):
        yield f"{path}: {value!r} is no boolean"
    elif shape.type_name == "string" and not isinstance(value, str):
        yield f"{path}: {value!r} is no string"
    elif shape.type_name == "string" and getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path}: {value} is none of {shape.enum}"


def check_body(answer, operation):
    shape = operation.output_shape
    if "payload" in shape.serialization:
        return
    if answer["headers"]["content-type"].startswith("application/"):
        yield from check_json(json.loads(answer["body"] or "{}"), shape, "")
    else:
        yield from check(content(ElementTree.fromstring(answer["body"]), operation), shape, "")


def content(root, operation):
    wrapper = operation.output_shape.serialization.get("resultWrapper")
    if wrapper is None:
        for child in list(root):
            if local(child) in ("requestId", "ResponseMetadata"):
                root.remove(child)
        return root
    return next(child for child in root if local(child) == wrapper)


def protocol_of(answer, model):
    """A model may offer several: the answer says in which of them it is."""
    spoken = "query" if "xml" in answer["headers"]["content-type"] else "json"
    return spoken if spoken in model.metadata.get("protocols", []) else model.metadata["protocol"]


def problems(answer, session, complaints):
    model = session.get_service_model(NAMES.get(answer["service"], answer["service"]))
    operation = model.operation_model(answer["operation"]) if answer["operation"] in model.operation_names else None
    complaints.lines.clear()
    raw = {"status_code": answer["status"], "headers": answer["headers"], "body": answer["body"].encode()}
    parsed = create_parser(protocol_of(answer, model)).parse(raw, operation.output_shape if operation else None)
    yield from complaints.lines
    if answer["status"] >= 300:
        if not parsed.get("Error", {}).get("Code"):
            yield "an error without a code"
        return
    if "RequestId" not in parsed.get("ResponseMetadata", {}):
        yield "no request id"
    if operation.output_shape is not None:
        yield from check_body(answer, operation)


def main():
    warnings.simplefilter("error")
    complaints = Complaints()
    logging.getLogger("botocore").addHandler(complaints)
    session = get_session()
    with open(sys.argv[1], encoding="utf-8") as file:
        answers = json.load(file)
    wrong = [f"{answer['service']}:{answer['operation']} {problem}" for answer in answers for problem in problems(answer, session, complaints)]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
