"""What botocore sends and reads for the operations given on standard input as JSON.

In:  [{"service", "protocol", "operation", "parameters"}], where the protocol counts if the model offers several
Out: [{"request": {...}, "answer": {"headers", "body", "values"}}] where the answer is made from the service model
     and its values are what botocore's own parser finds in it, by path.
"""
import base64
import json
import sys
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import escape

from botocore.awsrequest import HeadersDict
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


def upper_first(name):
    return name[0].upper() + name[1:]


def named_as_in_the_model(shape, value):
    if shape.type_name == "structure":
        members = {upper_first(name): (name, member) for name, member in shape.members.items()}
        known = [(members[key], each) for key, each in value.items() if key in members]
        return {name: named_as_in_the_model(member, each) for (name, member), each in known}
    if shape.type_name == "list":
        return [named_as_in_the_model(shape.member, each) for each in value]
    if shape.type_name == "map":
        return {key: named_as_in_the_model(shape.value, each) for key, each in value.items()}
    return base64.b64decode(value) if shape.type_name == "blob" else value


class Sample:
    """Fills every member of a shape with values that differ from one another."""

    def __init__(self):
        self.count = 0

    def of(self, shape, inside=()):
        self.count += 1
        kind = shape.type_name
        if kind == "structure":
            return {name: self.of(member, inside + (shape.name,)) for name, member in shape.members.items() if member.name not in inside}
        if kind == "list":
            return [self.of(shape.member, inside), self.of(shape.member, inside)]
        if kind == "map":
            return {f"key {self.count}": self.of(shape.value, inside)}
        if kind == "string":
            return shape.enum[self.count % len(shape.enum)] if shape.enum else f"text <{self.count}> & more"
        if kind == "timestamp":
            return (START + timedelta(seconds=self.count)).strftime("%Y-%m-%dT%H:%M:%SZ")
        if kind == "boolean":
            return self.count % 2 == 0
        if kind == "blob":
            return b"blob %d" % self.count
        return self.count + 0.5 if kind == "double" else self.count


def xml(name, shape, value):
    if shape.type_name == "structure":
        inner = "".join(xml_member(member_name, shape.members[member_name], each) for member_name, each in value.items())
    elif isinstance(value, bool):
        inner = "true" if value else "false"
    else:
        inner = escape(str(value))
    return f"<{name}>{inner}</{name}>"


def xml_member(member_name, shape, value):
    name = shape.serialization.get("name", member_name)
    if shape.type_name != "list":
        return xml(name, shape, value)
    items = "".join(xml(shape.member.serialization.get("name", "member"), shape.member, each) for each in value)
    return f"<{name}>{items}</{name}>"


def json_ready(shape, value):
    if shape.type_name == "structure":
        return {shape.members[name].serialization.get("name", name): json_ready(shape.members[name], each) for name, each in value.items()}
    if shape.type_name == "list":
        return [json_ready(shape.member, each) for each in value]
    if shape.type_name == "map":
        return {key: json_ready(shape.value, each) for key, each in value.items()}
    if shape.type_name == "timestamp":
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()
    return value


def answer(protocol, operation):
    shape = operation.output_shape
    sample = Sample().of(shape) if shape else {}
    headers = {"x-amzn-requestid": "the-request"}
    name = operation.name
    if protocol == "ec2":
        members = "".join(xml_member(key, shape.members[key], value) for key, value in sample.items())
        return headers, f"<{name}Response><requestId>the-request</requestId>{members}</{name}Response>".encode()
    if protocol == "query":
        result = shape.serialization["resultWrapper"] if shape else f"{name}Result"
        members = "".join(xml_member(key, shape.members[key], value) for key, value in sample.items())
        metadata = "<ResponseMetadata><RequestId>the-request</RequestId></ResponseMetadata>"
        return headers, f"<{name}Response><{result}>{members}</{result}>{metadata}</{name}Response>".encode()
    if protocol == "json":
        return headers, json.dumps(json_ready(shape, sample)).encode()
    for key, member in shape.members.items():
        if member.serialization.get("location") == "header":
            headers[member.serialization["name"].lower()] = sample[key]
    return headers, sample[shape.serialization["payload"]]


def flat(value, path, found):
    if isinstance(value, dict):
        for key, each in value.items():
            flat(each, f"{path}.{upper_first(key)}" if path else upper_first(key), found)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            flat(each, f"{path}[{index}]", found)
    elif isinstance(value, bool):
        found[path] = "true" if value else "false"
    elif isinstance(value, datetime):
        found[path] = value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    elif isinstance(value, bytes):
        found[path] = base64.b64encode(value).decode()
    else:
        found[path] = str(value)
    return found


def wire(case, loader):
    model = ServiceModel(loader.load_service_model(case["service"], "service-2"), case["service"])
    operation = model.operation_model(case["operation"])
    protocol = case["protocol"] if case["protocol"] in model.metadata.get("protocols", []) else model.metadata["protocol"]
    parameters = named_as_in_the_model(operation.input_shape, case["parameters"])
    request = create_serializer(protocol, include_validation=False).serialize_to_request(parameters, operation)
    body = request["body"]
    headers, content = answer(protocol, operation)
    parsed = create_parser(protocol).parse({"status_code": 200, "headers": HeadersDict(headers), "body": content}, operation.output_shape)
    parsed.pop("ResponseMetadata", None)
    if protocol == "rest-json":
        parsed[operation.output_shape.serialization["payload"]] = content
    return {
        "request": {
            "method": request["method"],
            "path": request["url_path"],
            "query": request["query_string"] or {},
            "headers": {key: value for key, value in request["headers"].items() if key.lower().startswith("x-amz")},
            "form": body if isinstance(body, dict) else None,
            "body": base64.b64encode(body).decode() if isinstance(body, bytes) else None,
        },
        "answer": {"headers": headers, "body": base64.b64encode(content).decode(), "values": flat(parsed, "", {})},
    }


if __name__ == "__main__":
    loader = Loader()
    json.dump([wire(case, loader) for case in json.load(sys.stdin)], sys.stdout)
